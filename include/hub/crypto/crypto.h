#pragma once
// The layer `crypto` is the only one that includes OpenSSL: random octets, hashes, sealing, passwords, signing keys,
// JWT and JWKS. It knows no organizations and opens no database; OpenSSL's errors leave it as hub::Error without
// detail.
