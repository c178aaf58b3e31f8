#include "hub/core/inspect.h"

#include <doctest/doctest.h>

#include "hub/base/bytes.h"
#include "hub/crypto/hash.h"
#include "support/token_hub.h"

// Tokens looked at and checked: decisions-week-one.md 28, claims TK-01 to TK-05.

using namespace hub;
using namespace hub::testing;
using core::VerifyOptions;

namespace {

constexpr std::int64_t now_s = 1'800'000'000;

// A signer of its own, so that every claim can be chosen.
struct Signer {
  crypto::SigningKey key = crypto::SigningKey::generate(crypto::Algorithm::es256);
  crypto::KeySet keys;

  Signer() { keys.add(key.verifying_key()); }

  static Json claims() {
    return Json{{"iss", "ZAI"},
                {"sub", "Person/p1>Organization/o1"},
                {"aud", Json::array({"shop/ci"})},
                {"jti", "01931a3e-0c5c-7a55-b4f4-6f1d4b1b8a11"},
                {"nbf", now_s - 10},
                {"exp", now_s + 10},
                {"scope", Json::array({"zaikio.person.rw", "shop.items.r"})},
                {"roles", 3}};
  }
  static Json with(const char* name, const Json& value) {
    Json all = claims();
    all[name] = value;
    return all;
  }
  std::string token(const Json& all) const { return crypto::sign_jwt(key, all); }
  int status(const Json& all, const VerifyOptions& options = {}) {
    return core::verify_token(token(all), keys, options, from_unix_seconds(now_s), nullptr, answer);
  }
  int status_of(const std::string& text, const core::RevokedAt& revoked_at = nullptr) {
    return core::verify_token(text, keys, {}, from_unix_seconds(now_s), revoked_at, answer);
  }
  std::string reason() const { return answer.value("reason", ""); }

  Json answer;
};

std::string forged(const Json& header, const Json& claims, const std::string& signature) {
  return base64url(to_line(header)) + "." + base64url(to_line(claims)) + "." + base64url(signature);
}

}  // namespace

TEST_CASE("A good token is valid and the answer says what was looked at") {
  Signer signer;
  CHECK(signer.status(Signer::claims()) == 0);
  CHECK(signer.answer["valid"] == true);
  CHECK(signer.answer["signature"] == "ok");
  CHECK(signer.answer["claims"] == Signer::claims());
  CHECK(signer.answer["checked"] == Json::array({"signature", "exp", "nbf", "iss"}));
  CHECK_FALSE(signer.answer.contains("reason"));
}

TEST_CASE("Of several faults the signature is told first then revocation then expiry then the claims") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const core::Issued issued = hub.issued("org:acme", {});
  const VerifyOptions wrong{.audience = "other"};
  CHECK(hub.verified_status(issued, wrong) == 14);
  hub.clock().advance(hour);
  CHECK(hub.verified_status(issued, wrong) == 11);
  hub.clock().advance(-30 * minute);
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = hub.jti(issued)}));
  CHECK(hub.verified_status(issued, wrong) == 12);
  hub.clock().advance(hour);
  CHECK(hub.verified_status(issued, wrong) == 12);
  const std::string kid = hub.decoded(issued).header["kid"].get<std::string>();
  must(hub.run(hub.as_operator(), &core::prepare_replacement, &core::revoke_key, {kid, kid}));
  CHECK(hub.verified_status(issued, wrong) == 13);
}

TEST_CASE("Expiry is exact and leeway widens it on both sides") {
  Signer signer;
  CHECK(signer.status(Signer::with("exp", now_s)) == 11);
  CHECK(signer.answer["expired_at"] == to_rfc3339(from_unix_seconds(now_s)));
  CHECK(signer.status(Signer::with("exp", now_s + 1)) == 0);
  CHECK(signer.status(Signer::with("exp", now_s - 59), {.leeway = minute}) == 0);
  CHECK(signer.status(Signer::with("exp", now_s - 60), {.leeway = minute}) == 11);
  CHECK(signer.status(Signer::with("nbf", now_s)) == 0);
  CHECK(signer.status(Signer::with("nbf", now_s + 1)) == 14);
  CHECK(signer.reason() == "not_yet_valid");
  CHECK(signer.status(Signer::with("nbf", now_s + 60), {.leeway = minute}) == 0);
  CHECK(signer.status(Signer::with("nbf", now_s + 61), {.leeway = minute}) == 14);
}

TEST_CASE("Times that are no times or beyond all bounds do not pass") {
  Signer signer;
  Json none = Signer::claims();
  none.erase("exp");
  CHECK(signer.status(none) == 14);
  CHECK(signer.reason() == "no_expiry");
  for (const Json& value : {Json("soon"), Json(1.5), Json(nullptr), Json(true), Json::array({now_s + 10})}) {
    CHECK(signer.status(Signer::with("exp", value)) == 14);
    CHECK(signer.status(Signer::with("nbf", value)) == 14);
  }
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  CHECK(signer.status(Signer::with("nbf", most)) == 14);
  CHECK(signer.status(Signer::with("nbf", most / 2 + 1)) == 14);
  CHECK(signer.status(Signer::with("exp", most)) == 0);
  CHECK(signer.status(Signer::with("exp", std::numeric_limits<std::int64_t>::min()), {.leeway = 36500 * day}) == 11);
  Json open = Signer::claims();
  open.erase("nbf");
  CHECK(signer.status(open) == 0);
}

TEST_CASE("The audience of an app takes all of its credentials and that of a credential only itself") {
  Signer signer;
  CHECK(signer.status(Signer::claims(), {.audience = "shop"}) == 0);
  CHECK(signer.status(Signer::claims(), {.audience = "shop/ci"}) == 0);
  for (const std::string& other : Texts{"sho", "shop/", "shop/c", "shop/cii", "shop/ci/x", "Shop", "", "other"}) {
    CHECK(signer.status(Signer::claims(), {.audience = other}) == 14);
  }
  CHECK(signer.status(Signer::with("aud", "shop"), {.audience = "shop"}) == 0);
  CHECK(signer.status(Signer::with("aud", "shop"), {.audience = "shop/ci"}) == 14);
  CHECK(signer.status(Signer::with("aud", "shops"), {.audience = "shop"}) == 14);
  CHECK(signer.status(Signer::with("aud", Json::array({"a", 1, "shop"})), {.audience = "shop"}) == 0);
  for (const Json& value : {Json::array(), Json(nullptr), Json(1), Json::object({{"shop", 1}})}) {
    CHECK(signer.status(Signer::with("aud", value), {.audience = "shop"}) == 14);
  }
  CHECK(signer.reason() == "wrong_audience");
}

TEST_CASE("All scopes asked for must be in the token and rw covers r and w in either spelling") {
  Signer signer;
  const auto status = [&](const Texts& scopes) { return signer.status(Signer::claims(), {.scopes = scopes}); };
  CHECK(status({"shop.items.r"}) == 0);
  CHECK(status({"zaikio.person.r", "zaikio.person.w"}) == 0);
  CHECK(status({"zaikio.person.rw,shop.items.r"}) == 0);
  CHECK(status({"directory.person.r"}) == 0);
  CHECK(status({"shop.items.w"}) == 14);
  CHECK(status({"shop.items.rw"}) == 14);
  CHECK(status({"shop.items.r", "shop.other.r"}) == 14);
  CHECK(status({"shop.items"}) == 14);
  CHECK(signer.reason() == "missing_scope");
  CHECK(signer.status(Signer::with("scope", "a.b shop.items.r"), {.scopes = {"shop.items.r"}}) == 0);
  CHECK(signer.status(Signer::with("scope", "directory.person.r"), {.scopes = {"zaikio.person.r"}}) == 0);
  CHECK(signer.status(Signer::with("scope", 1), {.scopes = {"shop.items.r"}}) == 14);
}

TEST_CASE("The subject can be asked for in every spelling") {
  Signer signer;
  for (const std::string& subject :
       Texts{"Person/p1>Organization/o1", "Per/p1>Org/o1", "Per:p1>Org:o1", "Person-p1>Organization-o1"}) {
    CHECK(signer.status(Signer::claims(), {.subject = subject}) == 0);
  }
  for (const std::string& subject : Texts{"Person/p1", "Organization/o1", "Org/o1>Per/p1", "p1", "", ">", "Per/p1>",
                                          "Per/p1>Org/o1>", ">Per/p1>Org/o1"}) {
    CHECK(signer.status(Signer::claims(), {.subject = subject}) == 14);
  }
  CHECK(signer.reason() == "wrong_subject");
  for (const std::string& subject : Texts{"Organization/o1", "Org/o1", "Org:o1", "Organization-o1"}) {
    CHECK(signer.status(Signer::with("sub", "Organization/o1"), {.subject = subject}) == 0);
  }
  Json none = Signer::claims();
  none.erase("sub");
  CHECK(signer.status(none, {.subject = ""}) == 14);
}

TEST_CASE("The issuer is that of the contract unless another or none is asked for") {
  Signer signer;
  CHECK(signer.status(Signer::with("iss", "https://else.test")) == 14);
  CHECK(signer.reason() == "wrong_issuer");
  CHECK(signer.status(Signer::with("iss", "https://else.test"), {.issuer = "https://else.test"}) == 0);
  CHECK(signer.status(Signer::with("iss", "https://else.test"), {.issuer = ""}) == 0);
  CHECK(signer.status(Signer::with("iss", Json::array({"ZAI"}))) == 14);
}

TEST_CASE("Keys are chosen by kid and used with their own algorithm alone") {
  Signer signer;
  const std::string kid = signer.key.kid();
  const Json claims = Signer::claims();
  const crypto::VerifyingKey key = signer.key.verifying_key();
  CHECK(signer.status_of(forged({{"kid", kid}, {"alg", "none"}}, claims, "")) == 13);
  CHECK(signer.reason() == "wrong_algorithm");
  CHECK(signer.status_of(forged({{"kid", kid}, {"alg", "NONE"}}, claims, "")) == 13);
  for (const std::string& public_text : {key.pem(), to_line(key.jwk())}) {
    const Json header{{"kid", kid}, {"alg", "HS256"}};
    const std::string part = base64url(to_line(header)) + "." + base64url(to_line(claims));
    CHECK(signer.status_of(part + "." + base64url(crypto::hmac_sha256(public_text, part))) == 13);
    CHECK(signer.reason() == "wrong_algorithm");
  }
  const Signer stranger;
  CHECK(signer.status_of(stranger.token(claims)) == 13);
  CHECK(signer.reason() == "unknown_key");
  const Json embedded{{"kid", kid}, {"alg", "ES256"}, {"jwk", stranger.key.verifying_key().jwk()}};
  const std::string part = base64url(to_line(embedded)) + "." + base64url(to_line(claims));
  CHECK(signer.status_of(part + "." + base64url(stranger.key.sign(part))) == 13);
  CHECK(signer.reason() == "bad_signature");
  CHECK(signer.status_of(forged({{"kid", kid}, {"alg", "ES256"}, {"crit", Json::array({"x"})}}, claims, "s")) == 13);
  CHECK_FALSE(signer.answer.contains("claims"));
}

TEST_CASE("What is no token or was touched is refused") {
  Signer signer;
  const std::string good = signer.token(Signer::claims());
  std::string touched = good;
  touched[good.find('.') + 5] = touched[good.find('.') + 5] == 'A' ? 'B' : 'A';
  for (const std::string& bad : {std::string(), std::string("x"), std::string(".."), good.substr(0, good.size() - 1),
                                 good + "=", good + "A", good + ".x", touched, std::string(20000, 'a')}) {
    CHECK(signer.status_of(bad) == 13);
    CHECK(signer.answer["valid"] == false);
  }
}

TEST_CASE("A token of a foreign hub is checked with its key set and no store") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const std::string token = hub.issued("org:acme", {}).access_token->reveal();
  const crypto::KeySet keys = must(core::parse_key_set(to_line(hub.published().jwks())));
  Json answer;
  CHECK(core::verify_token(token, keys, {}, hub.clock().now(), nullptr, answer) == 0);
  CHECK(answer["checked"] == Json::array({"signature", "exp", "nbf", "iss"}));
  TokenHub other;
  CHECK(must(core::verify_against_store(other.hub(), other.as_operator(),
                                        must(core::keys_of(other.hub(), other.as_operator())), token, {}, answer)) ==
        13);
  CHECK(answer["reason"] == "unknown_key");
  CHECK(code_of(core::parse_key_set("{}")) == "invalid_request");
  CHECK(code_of(core::parse_key_set("nonsense")) == "malformed_json");
}

TEST_CASE("Inspecting checks nothing and shows header and claims and readable times and roles") {
  Signer signer;
  Json answer;
  must(core::inspect_token(signer.token(Signer::claims()), answer));
  CHECK(answer["header"]["alg"] == "ES256");
  CHECK(answer["claims"] == Signer::claims());
  CHECK(answer["signature"] == "not_checked");
  CHECK(answer["times"]["exp"] == "2027-01-15T08:00:10Z");
  CHECK(answer["roles"] == Json::array({"owner", "admin"}));
  must(core::inspect_token(forged({{"alg", "none"}}, {{"exp", -5}, {"nbf", 1e300}, {"roles", -1}}, ""), answer));
  CHECK(answer["times"].empty());
  CHECK_FALSE(answer.contains("roles"));
  const auto refused = core::inspect_token("secret-text", answer);
  CHECK(code_of(refused) == "malformed_token");
  CHECK(refused.error().message.find("secret-text") == std::string::npos);
}
