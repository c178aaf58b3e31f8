#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/json.h"
#include "hub/base/random.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"

namespace hub::crypto {

enum class Algorithm { rs256, es256, eddsa };  // RFC 7518 section 3, RFC 8037; nothing else is ever accepted

std::string_view name(Algorithm algorithm);  // "RS256", "ES256", "EdDSA"
std::optional<Algorithm> parse_algorithm(std::string_view name);

// A public key of a key set. Immutable; safe to use from several threads.
class VerifyingKey {
 public:
  // From one member of "keys" (RFC 7517). RSA 2048-8192 bits, P-256, Ed25519; invalid_request otherwise. A `kid` in the
  // JWK must have at most 64 characters and is taken as it is; without one it is computed.
  static Result<VerifyingKey> from_jwk(const Json& jwk);

  const std::string& kid() const;
  Algorithm algorithm() const;
  Json jwk() const;  // kty, n, e | crv, x, y | crv, x, then kid, use, alg
  std::string pem() const;  // SubjectPublicKeyInfo (RFC 5280 section 4.1)
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  friend class SigningKey;
  struct Parsed;
  explicit VerifyingKey(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

// A private key, parsed once (parsing costs as much as a signature). Immutable; safe to use from several threads: each
// keeps its own prepared signing context.
class SigningKey {
 public:
  static SigningKey generate(Algorithm algorithm);        // RSA 2048, P-256 or Ed25519
  static Result<SigningKey> from_pem(const Secret& pem);  // PKCS#8 or traditional, unencrypted; invalid_request

  Secret to_pem() const;  // PKCS#8
  // RSA: hex SHA-256 of the DER of SEQUENCE{n,e} (zaikio-hub.md section 4.2); EC and Ed25519: hex SHA-256 of the RFC
  // 7638 input. 64 characters.
  const std::string& kid() const;
  Algorithm algorithm() const;
  VerifyingKey verifying_key() const;
  Bytes sign(std::string_view message) const;  // RS256: PKCS#1 v1.5; ES256: r||s, 64 octets; EdDSA: 64

 private:
  struct Parsed;
  explicit SigningKey(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

}  // namespace hub::crypto
