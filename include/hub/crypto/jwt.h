#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/base/result.h"
#include "hub/crypto/signing_key.h"

namespace hub::crypto {

// Compact JWS (RFC 7515) with the header {"kid","alg"} of zaikio-hub.md section 4.1 over the claims as they are.
// `type` comes before them as "typ" where it is given: "at+jwt" (RFC 9068 section 2.1).
std::string sign_jwt(const SigningKey& key, const Json& claims, std::string_view type = "");

// A token taken apart, nothing checked but its form: three canonical base64url parts, header and claims JSON objects
// without duplicate members, at most limits::token_bytes. malformed_token otherwise.
struct DecodedJwt {
  std::shared_ptr<const Json> header;  // never null; pointers, because this header sees Json only declared
  std::shared_ptr<const Json> claims;
  std::string_view signed_part;  // points into the text given to decode_jwt
  std::string signature;         // octets
};
Result<DecodedJwt> decode_jwt(std::string_view token);

// A set of public keys (RFC 7517), found by exact `kid`.
class KeySet {
 public:
  static Result<KeySet> parse(
      std::string_view jwks_json);  // keys of other types or uses are passed over; none left is invalid_request
  void add(VerifyingKey key);
  const VerifyingKey* find(std::string_view kid) const;
  const std::vector<VerifyingKey>& keys() const { return keys_; }
  Json jwks() const;  // {"keys":[...]}

 private:
  std::vector<VerifyingKey> keys_;
};

// Why a signature was refused, in words that may be shown.
enum class SignatureProblem { none, unknown_key, wrong_algorithm, bad_signature, unsupported_header };

// Checks the signature with the key named by `kid` and only with that key's own algorithm (RFC 8725 section 3.1; claims
// TK-01, TK-02). Header members jwk, jku, x5u, x5c and crit are never followed; crit is unsupported_header. A token
// without `kid` is checked against every key of the set that has its `alg`.
SignatureProblem check_signature(const DecodedJwt& token, const KeySet& keys);

}  // namespace hub::crypto
