#include "hub/crypto/jwt.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/base/limits.h"

namespace hub::crypto {
namespace {

constexpr std::size_t kid_bytes_most = 64;

Error malformed(const std::string& problem) {
  return {codes::malformed_token, "This is not a JSON Web Token: " + problem + "."};
}

// One of the two JSON parts of a token.
Result<std::shared_ptr<const Json>> decode_object(std::string_view part, const std::string& which) {
  Bytes text;
  if (!decode_base64url(part, text)) return malformed(which + " is not canonical base64url");
  auto value = parse_json(text);
  if (!value || !value->is_object()) return malformed(which + " is not a clean JSON object");
  return std::shared_ptr<const Json>(std::make_shared<Json>(*std::move(value)));
}

}  // namespace

std::string sign_jwt(const SigningKey& key, const Json& claims, std::string_view type) {
  std::string header = "{";  // no member can hold a character that needs escaping
  if (!type.empty()) header.append(R"("typ":")").append(type).append(R"(",)");
  header += R"("kid":")";
  header.append(key.kid()).append(R"(","alg":")").append(name(key.algorithm())).append(R"("})");
  std::string token = base64url(header) + '.' + base64url(to_line(claims));
  const std::string signature = base64url(key.sign(token));
  token.append(".").append(signature);
  return token;
}

Result<DecodedJwt> decode_jwt(std::string_view token) {
  if (token.size() > limits::token_bytes) return malformed("it is longer than any token of this hub");
  const std::size_t first = token.find('.');
  const std::size_t last = token.rfind('.');
  if (first == last || token.find('.', first + 1) != last) return malformed("it does not have three parts");

  DecodedJwt decoded;
  decoded.signed_part = token.substr(0, last);
  auto header = decode_object(token.substr(0, first), "its header");
  if (!header) return header.error();
  auto claims = decode_object(token.substr(first + 1, last - first - 1), "its set of claims");
  if (!claims) return claims.error();
  if (!decode_base64url(token.substr(last + 1), decoded.signature)) {
    return malformed("its signature is not canonical base64url");
  }
  decoded.header = *std::move(header);
  decoded.claims = *std::move(claims);
  return decoded;
}

Result<KeySet> KeySet::parse(std::string_view jwks_json) {
  const auto document = parse_json(jwks_json);
  if (!document) return document.error();
  const auto keys = document->is_object() ? document->find("keys") : document->end();
  if (keys == document->end() || !keys->is_array()) {
    return Error{codes::invalid_request, "The key set is not a JSON object with a list `keys`.",
                 "see RFC 7517 section 5", "keys"};
  }
  KeySet set;
  for (const Json& jwk : *keys) {
    auto key = VerifyingKey::from_jwk(jwk);
    if (key) set.add(*std::move(key));
  }
  if (set.keys_.empty()) {
    return Error{
        codes::invalid_request, "The key set has no key that can verify RS256, ES256 or EdDSA signatures.", {}, "keys"};
  }
  return set;
}

void KeySet::add(VerifyingKey key) { keys_.push_back(std::move(key)); }

const VerifyingKey* KeySet::find(std::string_view kid) const {
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [&](const VerifyingKey& key) { return key.kid() == kid; });
  return found == keys_.end() ? nullptr : &*found;
}

Json KeySet::jwks() const {
  Json list = Json::array();
  for (const VerifyingKey& key : keys_) list.push_back(key.jwk());
  Json set = Json::object();
  set["keys"] = std::move(list);
  return set;
}

SignatureProblem check_signature(const DecodedJwt& token, const KeySet& keys) {
  const Json& header = *token.header;
  if (header.contains("crit")) return SignatureProblem::unsupported_header;
  const auto stated = header.find("alg");
  const std::string* text = stated == header.end() ? nullptr : stated->get_ptr<const std::string*>();
  const auto algorithm = text == nullptr ? std::nullopt : parse_algorithm(*text);
  if (!algorithm) return SignatureProblem::wrong_algorithm;

  const auto verifies = [&](const VerifyingKey& key) { return key.verify(token.signed_part, token.signature); };
  const auto named = header.find("kid");
  if (named == header.end()) {
    auto problem = SignatureProblem::unknown_key;
    for (const VerifyingKey& key : keys.keys()) {
      if (key.algorithm() != *algorithm) continue;
      if (verifies(key)) return SignatureProblem::none;
      problem = SignatureProblem::bad_signature;
    }
    return problem;
  }
  const std::string* kid = named->get_ptr<const std::string*>();
  const VerifyingKey* key = kid == nullptr || kid->size() > kid_bytes_most ? nullptr : keys.find(*kid);
  if (key == nullptr) return SignatureProblem::unknown_key;
  if (key->algorithm() != *algorithm) return SignatureProblem::wrong_algorithm;
  return verifies(*key) ? SignatureProblem::none : SignatureProblem::bad_signature;
}

}  // namespace hub::crypto
