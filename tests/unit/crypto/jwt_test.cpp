#include "hub/crypto/jwt.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/crypto/hash.h"

using namespace hub;
using crypto::Algorithm;
using crypto::check_signature;
using crypto::decode_jwt;
using crypto::KeySet;
using crypto::SignatureProblem;
using crypto::SigningKey;
using crypto::VerifyingKey;

namespace {

const Json some_claims = {{"iss", "ZAI"}, {"sub", "Person/1>Organization/2"}, {"aud", {"shop"}}, {"exp", 1800000000}};

std::string token_of(const std::string& header, const std::string& claims, const Bytes& signature) {
  return base64url(header) + '.' + base64url(claims) + '.' + base64url(signature);
}

// A token with any header, signed properly.
std::string signed_with(const SigningKey& key, const Json& header) {
  const std::string part = base64url(to_line(header)) + '.' + base64url(to_line(some_claims));
  return part + '.' + base64url(key.sign(part));
}

SignatureProblem check(const std::string& token, const KeySet& keys) {
  const auto decoded = decode_jwt(token);
  REQUIRE(decoded);
  return check_signature(*decoded, keys);
}

KeySet set_of(std::initializer_list<const SigningKey*> keys) {
  KeySet set;
  for (const SigningKey* key : keys) set.add(key->verifying_key());
  return set;
}

const SigningKey& rsa_key() {
  static const SigningKey key = SigningKey::generate(Algorithm::rs256);
  return key;
}
const SigningKey& p256_key() {
  static const SigningKey key = SigningKey::generate(Algorithm::es256);
  return key;
}

}  // namespace

TEST_CASE("a signed token has the header of the contract and the claims in their order") {
  const SigningKey& key = rsa_key();
  const std::string token = crypto::sign_jwt(key, some_claims);
  const auto parts = split(token, '.');
  REQUIRE(parts.size() == 3);
  Bytes header;
  Bytes claims;
  REQUIRE(decode_base64url(parts[0], header));
  REQUIRE(decode_base64url(parts[1], claims));
  CHECK(header == R"({"kid":")" + key.kid() + R"(","alg":"RS256"})");
  CHECK(claims == R"({"iss":"ZAI","sub":"Person/1>Organization/2","aud":["shop"],"exp":1800000000})");
}

TEST_CASE("a token of each algorithm is decoded and verified") {
  for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
    CAPTURE(name(algorithm));
    const SigningKey key = SigningKey::generate(algorithm);
    const std::string token = crypto::sign_jwt(key, some_claims);
    const auto decoded = decode_jwt(token);
    REQUIRE(decoded);
    CHECK(*decoded->claims == some_claims);
    CHECK((*decoded->header)["alg"] == std::string(name(algorithm)));
    CHECK(token.starts_with(decoded->signed_part));
    CHECK(decoded->signed_part.data() == token.data());
    CHECK(check_signature(*decoded, set_of({&rsa_key(), &key})) == SignatureProblem::none);
    CHECK(check_signature(*decoded, set_of({&rsa_key()})) == SignatureProblem::unknown_key);
    CHECK(check_signature(*decoded, KeySet()) == SignatureProblem::unknown_key);
  }
}

TEST_CASE("the RS256 example of RFC 7515 verifies") {
  const auto keys = KeySet::parse(
      R"({"keys":[{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfH)"
      R"(Qp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LO)"
      R"(L-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_)"
      R"(I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}]})");
  REQUIRE(keys);
  const std::string token =
      "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
      "VlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"
      "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO"
      "--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_Io"
      "ypGlUPQGe77Rw";
  CHECK(check(token, *keys) == SignatureProblem::none);
}

TEST_CASE("a token that was changed anywhere does not verify") {
  const SigningKey& key = p256_key();
  const KeySet keys = set_of({&key});
  const std::string token = crypto::sign_jwt(key, some_claims);
  for (std::size_t i = 0; i < token.size(); ++i) {
    CAPTURE(i);
    std::string altered = token;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    const auto decoded = decode_jwt(altered);
    if (decoded) CHECK(check_signature(*decoded, keys) != SignatureProblem::none);
    const auto truncated = decode_jwt(std::string_view(token).substr(0, i));
    if (truncated) CHECK(check_signature(*truncated, keys) != SignatureProblem::none);
  }
  for (const char* more : {"A", "AA", "AAAA"}) {
    const auto extended = decode_jwt(token + more);
    if (extended) CHECK(check_signature(*extended, keys) == SignatureProblem::bad_signature);
  }
}

TEST_CASE("what is not three canonical parts with two clean objects is malformed") {
  const std::string header = base64url(R"({"alg":"RS256"})");  // 15 octets, no spare bits
  const std::string claims = base64url(R"({"a":1})");          // 7 octets, four spare bits
  const std::string good = header + '.' + claims + ".AAAA";
  REQUIRE(decode_jwt(good));
  const std::string texts[] = {
      "",
      ".",
      "..",
      "token",
      header + '.' + claims,
      good + ".AAAA",
      good + '.',
      '.' + good,
      '.' + claims + ".AAAA",
      header + "..AAAA",
      header + "=." + claims + ".AAAA",
      header + '.' + claims + "=.AAAA",
      header + '.' + claims + "==.AAAA",
      good + '=',
      good + "A",  // one digit is no octet
      ' ' + good,
      good + '\n',
      header + ". " + claims + ".AAAA",
      header + '.' + claims.substr(0, claims.size() - 1) + "R.AAAA",  // spare bits
      header + '.' + claims + ".AB",                                  // spare bits
      header + '.' + claims + ".AA+A",
      header + '.' + claims + ".AA/A",
      header + '.' + base64url("[1]") + ".AAAA",
      header + '.' + base64url("1") + ".AAAA",
      header + '.' + base64url("null") + ".AAAA",
      header + '.' + base64url(R"({"a":1,"a":2})") + ".AAAA",
      header + '.' +
          base64url(R"({"a":1} )"
                    "x") +
          ".AAAA",
      header + '.' + base64url("{\"a\":\"\xff\"}") + ".AAAA",
      base64url(R"({"alg":"RS256","alg":"none"})") + '.' + claims + ".AAAA",
      base64url(R"("RS256")") + '.' + claims + ".AAAA",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    const auto decoded = decode_jwt(text);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == codes::malformed_token);
  }
}

TEST_CASE("tokens are looked at up to 16 KiB") {
  const std::string header = base64url(R"({"alg":"RS256"})");
  const auto sized = [&](std::size_t claims) {
    return header + '.' + base64url(R"({"a":")" + std::string(claims, 'x') + R"("})") + '.';
  };
  CHECK(decode_jwt(sized(12000)));
  const auto decoded = decode_jwt(sized(13000));
  REQUIRE_FALSE(decoded);
  CHECK(decoded.error().code == codes::malformed_token);
}

TEST_CASE("algorithms other than the key's own are refused") {
  const SigningKey& key = rsa_key();
  const KeySet keys = set_of({&key, &p256_key()});
  const std::string claims = to_line(some_claims);
  for (const char* algorithm :
       {"none", "None", "NONE", "nOnE", "HS256", "HS512", "PS256", "RS512", "ES384", "rs256", ""}) {
    CAPTURE(algorithm);
    CHECK(check(signed_with(key, {{"kid", key.kid()}, {"alg", algorithm}}), keys) == SignatureProblem::wrong_algorithm);
    CHECK(check(token_of(to_line({{"kid", key.kid()}, {"alg", algorithm}}), claims, ""), keys) ==
          SignatureProblem::wrong_algorithm);
    CHECK(check(token_of(to_line({{"alg", algorithm}}), claims, ""), keys) == SignatureProblem::wrong_algorithm);
  }
  CHECK(check(signed_with(key, {{"kid", key.kid()}}), keys) == SignatureProblem::wrong_algorithm);
  CHECK(check(signed_with(key, {{"kid", key.kid()}, {"alg", {"RS256"}}}), keys) == SignatureProblem::wrong_algorithm);
  CHECK(check(signed_with(key, {{"kid", key.kid()}, {"alg", nullptr}}), keys) == SignatureProblem::wrong_algorithm);
  // the algorithm of another key of the set
  CHECK(check(signed_with(p256_key(), {{"kid", key.kid()}, {"alg", "ES256"}}), keys) ==
        SignatureProblem::wrong_algorithm);
  CHECK(check(signed_with(key, {{"kid", key.kid()}, {"alg", "ES256"}}), keys) == SignatureProblem::wrong_algorithm);
}

TEST_CASE("an HMAC keyed with the public key is refused") {
  const SigningKey& key = rsa_key();
  const std::string part =
      base64url(to_line({{"kid", key.kid()}, {"alg", "HS256"}})) + '.' + base64url(to_line(some_claims));
  const Bytes mac = crypto::hmac_sha256(to_line(key.verifying_key().jwk()), part);
  CHECK(check(part + '.' + base64url(mac), set_of({&key})) == SignatureProblem::wrong_algorithm);
}

TEST_CASE("a kid names a key exactly or none") {
  const SigningKey& key = p256_key();
  const KeySet keys = set_of({&key});
  const Json kids[] = {"", key.kid() + "0", key.kid().substr(1),      std::string(65, 'a'), std::string(5000, 'a'),
                       7,  nullptr,         Json::array({key.kid()}), "' OR 1=1",           "../../etc/passwd"};
  for (const Json& kid : kids) {
    CAPTURE(to_line(kid));
    CHECK(check(signed_with(key, {{"kid", kid}, {"alg", "ES256"}}), keys) == SignatureProblem::unknown_key);
  }
}

TEST_CASE("a kid of more than 64 characters is not even looked up") {
  const SigningKey& key = p256_key();
  CHECK(check(signed_with(key, {{"kid", std::string(65, 'k')}, {"alg", "ES256"}}), set_of({&key})) ==
        SignatureProblem::unknown_key);
}

TEST_CASE("a token without kid is tried with every key of its algorithm") {
  const SigningKey& key = p256_key();
  const SigningKey other = SigningKey::generate(Algorithm::es256);
  const std::string token = signed_with(key, {{"alg", "ES256"}});
  CHECK(check(token, set_of({&rsa_key(), &other, &key})) == SignatureProblem::none);
  CHECK(check(token, set_of({&rsa_key(), &other})) == SignatureProblem::bad_signature);
  CHECK(check(token, set_of({&rsa_key()})) == SignatureProblem::unknown_key);
}

TEST_CASE("crit is refused and keys in the header are not followed") {
  const SigningKey& key = p256_key();
  const SigningKey attacker = SigningKey::generate(Algorithm::es256);
  const KeySet keys = set_of({&key});
  CHECK(check(signed_with(key, {{"kid", key.kid()}, {"alg", "ES256"}, {"crit", {"exp"}}}), keys) ==
        SignatureProblem::unsupported_header);
  CHECK(check(signed_with(key, {{"kid", key.kid()}, {"alg", "ES256"}, {"crit", Json::array()}}), keys) ==
        SignatureProblem::unsupported_header);
  const Json embedded[] = {{{"jwk", attacker.verifying_key().jwk()}},
                           {{"jku", "http://127.0.0.1:9/keys"}},
                           {{"x5u", "http://127.0.0.1:9/chain"}},
                           {{"x5c", {"MIIB"}}}};
  for (const Json& extra : embedded) {
    Json header = {{"kid", attacker.kid()}, {"alg", "ES256"}};
    header.update(extra);
    CHECK(check(signed_with(attacker, header), keys) == SignatureProblem::unknown_key);
    header["kid"] = key.kid();
    CHECK(check(signed_with(attacker, header), keys) == SignatureProblem::bad_signature);
    CHECK(check(signed_with(key, header), keys) == SignatureProblem::none);
  }
}

TEST_CASE("a published key set is read back") {
  const KeySet keys = set_of({&rsa_key(), &p256_key()});
  const std::string text = to_line(keys.jwks());
  CHECK(text.starts_with(R"({"keys":[{"kty":"RSA","n":")"));
  const auto again = KeySet::parse(text);
  REQUIRE(again);
  CHECK(again->keys().size() == 2);
  REQUIRE(again->find(p256_key().kid()) != nullptr);
  CHECK(again->find(p256_key().kid())->algorithm() == Algorithm::es256);
  CHECK(again->find("") == nullptr);
  CHECK(check(crypto::sign_jwt(rsa_key(), some_claims), *again) == SignatureProblem::none);
  CHECK(to_line(KeySet().jwks()) == R"({"keys":[]})");
}

TEST_CASE("keys of other types and uses in a set are passed over") {
  Json encrypting = rsa_key().verifying_key().jwk();
  encrypting["use"] = "enc";
  Json set = {{"keys",
               {{{"kty", "oct"}, {"k", "AAAA"}},
                {{"kty", "XYZ"}},
                {{"kty", "EC"}, {"crv", "secp256k1"}, {"x", "AA"}, {"y", "AA"}},
                encrypting,
                "text"}}};
  const auto none = KeySet::parse(to_line(set));
  REQUIRE_FALSE(none);
  CHECK(none.error().code == codes::invalid_request);
  set["keys"].push_back(p256_key().verifying_key().jwk());
  const auto one = KeySet::parse(to_line(set));
  REQUIRE(one);
  CHECK(one->keys().size() == 1);
}

TEST_CASE("what is no key set is refused") {
  for (const char* text : {"[]", "{}", R"({"keys":{}})", R"({"keys":[]})", R"("keys")", "null", R"({"keys":null})"}) {
    CAPTURE(text);
    const auto keys = KeySet::parse(text);
    REQUIRE_FALSE(keys);
    CHECK(keys.error().code == codes::invalid_request);
  }
  const auto keys = KeySet::parse("{");
  REQUIRE_FALSE(keys);
  CHECK(keys.error().code == codes::malformed_json);
}
