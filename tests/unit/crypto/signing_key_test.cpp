#include "hub/crypto/signing_key.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "hub/base/codes.h"
#include "hub/crypto/hash.h"
#include "unit/crypto/test_keys.h"

using namespace hub;
using crypto::Algorithm;
using crypto::SigningKey;
using crypto::VerifyingKey;

namespace {

constexpr Algorithm all_algorithms[] = {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa};

std::string der_length(std::size_t size) {
  if (size < 128) return std::string(1, static_cast<char>(size));
  if (size < 256) return {'\x81', static_cast<char>(size)};
  return {'\x82', static_cast<char>(size >> 8), static_cast<char>(size & 255)};
}

std::string der_integer(const Json& base64url_number) {
  Bytes number;
  REQUIRE(decode_base64url(base64url_number.get<std::string>(), number));
  if (static_cast<unsigned char>(number.front()) >= 128) number.insert(0, 1, '\0');
  return '\x02' + der_length(number.size()) + number;
}

SigningKey from_pem(const std::string& pem) {
  auto key = SigningKey::from_pem(Secret(pem));
  REQUIRE(key);
  return *std::move(key);
}

Bytes octets(const std::string& base64url_text) {
  Bytes out;
  REQUIRE(decode_base64url(base64url_text, out));
  return out;
}

// RFC 7515 appendix A.3.
const Json rfc7515_p256 = {{"kty", "EC"},
                           {"crv", "P-256"},
                           {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
                           {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}};
// RFC 8037 appendix A.2.
const Json rfc8037_ed25519 = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};

}  // namespace

TEST_CASE("a key of each algorithm signs what its public half verifies") {
  for (const Algorithm algorithm : all_algorithms) {
    CAPTURE(name(algorithm));
    const SigningKey key = SigningKey::generate(algorithm);
    const VerifyingKey public_half = key.verifying_key();
    CHECK(key.algorithm() == algorithm);
    CHECK(public_half.algorithm() == algorithm);
    CHECK(key.kid() == public_half.kid());
    const Bytes signature = key.sign("message");
    CHECK(signature.size() == (algorithm == Algorithm::rs256 ? 256 : 64));
    CHECK(public_half.verify("message", signature));
    CHECK_FALSE(public_half.verify("messagf", signature));
    CHECK_FALSE(public_half.verify("message", key.sign("another")));
    CHECK_FALSE(SigningKey::generate(algorithm).verifying_key().verify("message", signature));
    CHECK(public_half.verify("", key.sign("")));
  }
}

TEST_CASE("a signature that is altered or of another length is refused") {
  for (const Algorithm algorithm : all_algorithms) {
    CAPTURE(name(algorithm));
    const SigningKey key = SigningKey::generate(algorithm);
    const VerifyingKey public_half = key.verifying_key();
    const Bytes signature = key.sign("message");
    for (const std::size_t at : {std::size_t{0}, signature.size() / 2, signature.size() - 1}) {
      Bytes altered = signature;
      altered[at] = static_cast<char>(altered[at] ^ 1);
      CHECK_FALSE(public_half.verify("message", altered));
    }
    CHECK_FALSE(public_half.verify("message", ""));
    CHECK_FALSE(public_half.verify("message", signature.substr(1)));
    CHECK_FALSE(public_half.verify("message", signature.substr(0, signature.size() - 1)));
    CHECK_FALSE(public_half.verify("message", signature + '\0'));
    CHECK_FALSE(public_half.verify("message", '\0' + signature));
    CHECK_FALSE(public_half.verify("message", Bytes(signature.size(), '\0')));
  }
}

TEST_CASE("every ES256 signature has 64 octets although its numbers vary in length") {
  const SigningKey key = SigningKey::generate(Algorithm::es256);
  const VerifyingKey public_half = key.verifying_key();
  for (int i = 0; i < 600; ++i) {  // one in 128 has a number of 31 octets
    const Bytes signature = key.sign(std::to_string(i));
    REQUIRE(signature.size() == 64);
    REQUIRE(public_half.verify(std::to_string(i), signature));
  }
}

TEST_CASE("the kid of an RSA key is the digest of its PKCS 1 public key") {
  const SigningKey key = SigningKey::generate(Algorithm::rs256);
  const Json jwk = key.verifying_key().jwk();
  const std::string numbers = der_integer(jwk["n"]) + der_integer(jwk["e"]);
  CHECK(key.kid() == hex(crypto::sha256('\x30' + der_length(numbers.size()) + numbers)));
  CHECK(from_pem(testing::rsa_traditional_pem).kid() ==
        "a8a5d93a9b8c56aa398bcbc44d1106bdac83ce6ef92e3be622e93402e76e8244");
}

TEST_CASE("the kid of other keys is the thumbprint of RFC 7638 in hex") {
  const auto ed25519 = VerifyingKey::from_jwk(rfc8037_ed25519);
  REQUIRE(ed25519);
  CHECK(ed25519->kid() == hex(octets("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")));  // RFC 8037 appendix A.3
  const auto p256 = VerifyingKey::from_jwk(rfc7515_p256);
  REQUIRE(p256);
  CHECK(p256->kid() ==
        hex(crypto::sha256(R"({"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                           R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})")));
}

TEST_CASE("the example signatures of the RFCs verify") {
  const auto p256 = VerifyingKey::from_jwk(rfc7515_p256);
  REQUIRE(p256);
  CHECK(p256->verify(
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cn"
      "VlfQ",
      octets("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")));

  const SigningKey ed25519 = from_pem(testing::rfc8037_pem);
  const std::string message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  const Bytes expected =
      octets("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  CHECK(ed25519.sign(message) == expected);
  CHECK(ed25519.verifying_key().verify(message, expected));
}

TEST_CASE("a key survives PEM with its kid") {
  for (const Algorithm algorithm : all_algorithms) {
    const SigningKey key = SigningKey::generate(algorithm);
    const Secret pem = key.to_pem();
    CHECK(pem.reveal().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    const SigningKey again = from_pem(pem.reveal());
    CHECK(again.kid() == key.kid());
    CHECK(again.algorithm() == algorithm);
    CHECK(key.verifying_key().verify("message", again.sign("message")));
  }
}

TEST_CASE("traditional PEM is read") {
  CHECK(from_pem(testing::rsa_traditional_pem).algorithm() == Algorithm::rs256);
  const SigningKey traditional = from_pem(testing::ec_traditional_pem);
  CHECK(traditional.algorithm() == Algorithm::es256);
  CHECK(traditional.kid() == from_pem(testing::ec_pkcs8_pem).kid());
}

TEST_CASE("a PEM that is no usable private key is refused") {
  const std::string pem = testing::ec_pkcs8_pem;
  std::string broken = pem;
  broken[60] = broken[60] == 'A' ? 'B' : 'A';
  const std::string texts[] = {"",
                               "no key",
                               pem.substr(0, pem.size() / 2),
                               broken,
                               testing::rsa_1024_pem,
                               testing::p384_pem,
                               testing::x25519_pem,
                               testing::encrypted_pkcs8_pem,
                               testing::encrypted_without_password_pem,
                               testing::encrypted_traditional_pem,
                               testing::halves_of_two_keys_pem};
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 60));
    const auto key = SigningKey::from_pem(Secret(text));
    REQUIRE_FALSE(key);
    CHECK(key.error().code == codes::invalid_request);
  }
}

TEST_CASE("a JWK has its members in the agreed order and can be read back") {
  const std::pair<Algorithm, std::vector<std::string>> cases[] = {
      {Algorithm::rs256, {"kty", "n", "e", "kid", "use", "alg"}},
      {Algorithm::es256, {"kty", "crv", "x", "y", "kid", "use", "alg"}},
      {Algorithm::eddsa, {"kty", "crv", "x", "kid", "use", "alg"}}};
  for (const auto& [algorithm, members] : cases) {
    const SigningKey key = SigningKey::generate(algorithm);
    const Json jwk = key.verifying_key().jwk();
    std::vector<std::string> names;
    for (const auto& [member, value] : jwk.items()) names.push_back(member);
    CHECK(names == members);
    CHECK(jwk["use"] == "sig");
    CHECK(jwk["alg"] == std::string(name(algorithm)));
    const auto again = VerifyingKey::from_jwk(jwk);
    REQUIRE(again);
    CHECK(again->jwk() == jwk);
    CHECK(again->verify("message", key.sign("message")));
    Json nameless = jwk;
    nameless.erase("kid");
    const auto computed = VerifyingKey::from_jwk(nameless);
    REQUIRE(computed);
    CHECK(computed->kid() == key.kid());
  }
}

TEST_CASE("the kid of a JWK is taken as it is up to 64 characters") {
  Json jwk = rfc8037_ed25519;
  for (const std::string& kid : {std::string("k"), std::string(64, 'k')}) {
    jwk["kid"] = kid;
    const auto key = VerifyingKey::from_jwk(jwk);
    REQUIRE(key);
    CHECK(key->kid() == kid);
  }
  for (const Json& kid : {Json(""), Json(std::string(65, 'k')), Json(7), Json(nullptr)}) {
    jwk["kid"] = kid;
    CHECK_FALSE(VerifyingKey::from_jwk(jwk));
  }
}

TEST_CASE("a JWK that cannot verify the three algorithms is refused") {
  const Json rsa = from_pem(testing::rsa_traditional_pem).verifying_key().jwk();
  const auto with = [](Json jwk, const char* member, const Json& value) {
    jwk[member] = value;
    return jwk;
  };
  Bytes even;
  REQUIRE(decode_base64url(rsa["n"].get<std::string>(), even));
  even.back() = static_cast<char>(even.back() & ~1);
  const Json cases[] = {
      Json::array(),
      Json("key"),
      Json::object(),
      {{"kty", "oct"}, {"k", "AAAA"}},
      with(rsa, "kty", "EC"),
      with(rsa, "kty", 1),
      with(rsa, "n", base64url(std::string(128, '\xff'))),   // 1024 bits
      with(rsa, "n", base64url(std::string(1025, '\xff'))),  // 8200 bits
      with(rsa, "n", base64url(even)),
      with(rsa, "n", ""),
      with(rsa, "n", rsa["n"].get<std::string>() + "="),
      with(rsa, "e", "AQ"),    // 1
      with(rsa, "e", "AQAA"),  // even
      with(rsa, "e", ""),
      with(rsa, "alg", "RS512"),
      with(rsa, "alg", "PS256"),
      with(rsa, "alg", nullptr),
      with(rsa, "use", "enc"),
      with(rsa, "key_ops", Json::array({"encrypt"})),
      with(rsa, "key_ops", "verify"),
      with(rfc7515_p256, "crv", "P-384"),
      with(rfc7515_p256, "alg", "ES384"),
      with(rfc7515_p256, "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a4"),  // not on the curve
      with(rfc7515_p256, "x", base64url("short")),
      with(rfc8037_ed25519, "crv", "X25519"),
      with(rfc8037_ed25519, "x", base64url(std::string(33, 'x'))),
      with(rfc8037_ed25519, "alg", "RS256"),
  };
  for (const Json& jwk : cases) {
    CAPTURE(to_line(jwk));
    const auto key = VerifyingKey::from_jwk(jwk);
    REQUIRE_FALSE(key);
    CHECK(key.error().code == codes::invalid_request);
  }
  CHECK(VerifyingKey::from_jwk(with(rsa, "key_ops", Json::array({"verify"}))));
}

TEST_CASE("names of algorithms are exact") {
  for (const Algorithm algorithm : all_algorithms) CHECK(crypto::parse_algorithm(name(algorithm)) == algorithm);
  for (const char* text :
       {"", "none", "None", "HS256", "rs256", "RS256 ", "RS384", "ES384", "PS256", "eddsa", "Ed25519"}) {
    CAPTURE(text);
    CHECK_FALSE(crypto::parse_algorithm(text));
  }
}

TEST_CASE("more keys than a thread keeps prepared do not get mixed up") {
  std::vector<SigningKey> keys;
  for (int i = 0; i < 12; ++i) keys.push_back(SigningKey::generate(i % 2 == 0 ? Algorithm::es256 : Algorithm::eddsa));
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Bytes signature = keys[i].sign("message");
      CHECK(keys[i].verifying_key().verify("message", signature));
      CHECK_FALSE(keys[(i + 2) % keys.size()].verifying_key().verify("message", signature));
    }
  }
}

TEST_CASE("a key made where another was destroyed signs with itself") {
  Bytes before;
  for (int i = 0; i < 20; ++i) {
    const SigningKey key = SigningKey::generate(Algorithm::eddsa);
    const Bytes signature = key.sign("message");
    CHECK(signature != before);
    CHECK(key.verifying_key().verify("message", signature));
    before = signature;
  }
}

TEST_CASE("several threads sign and verify with the same keys") {
  std::vector<SigningKey> keys;
  for (const Algorithm algorithm : all_algorithms) keys.push_back(SigningKey::generate(algorithm));
  std::vector<VerifyingKey> public_halves;
  for (const SigningKey& key : keys) public_halves.push_back(key.verifying_key());
  std::vector<int> verified(4, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < verified.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        for (std::size_t k = 0; k < keys.size(); ++k) {
          const std::string message = std::to_string(t) + '/' + std::to_string(i);
          verified[t] += public_halves[k].verify(message, keys[k].sign(message)) ? 1 : 0;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(verified == std::vector<int>(4, 120));
}
