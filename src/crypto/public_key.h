#pragma once
#include <optional>
#include <string>

#include "hub/base/bytes.h"
#include "hub/base/json.h"
#include "hub/base/result.h"
#include "hub/crypto/signing_key.h"
#include "openssl.h"

namespace hub::crypto {

// What a JWK says about a key: RSA n and e, big-endian without leading zeros; P-256 x and y, 32 octets each; Ed25519 x.
struct PublicNumbers {
  Algorithm algorithm = Algorithm::rs256;
  Bytes first;
  Bytes second;
};

struct PublicKey {
  PublicNumbers numbers;
  std::string kid;
  OwnedKey key;
};

// The numbers of a public or private key; none if it is not RSA of 2048-8192 bits, P-256 or Ed25519.
std::optional<PublicNumbers> public_numbers(const EVP_PKEY& key);
// The key that holds nothing but these numbers, with its computed kid; none if they are not those of a key.
std::optional<PublicKey> make_public_key(const PublicNumbers& numbers);

Result<PublicKey> read_jwk(const Json& jwk);  // as VerifyingKey::from_jwk
Json write_jwk(const PublicNumbers& numbers, const std::string& kid);

}  // namespace hub::crypto
