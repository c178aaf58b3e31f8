#include <doctest/doctest.h>

#include "hub/crypto/hash.h"
#include "support/nexus_hub.h"

// OpenID Connect on the standard route (OpenID Connect Core 1.0 sections 2, 3.1.3 and 5.3; claims ST-02 and TK-04).
namespace hub::testing {
namespace {

class OpenidHub : public NexusHub {
 public:
  OpenidHub() {
    must(run(as_operator(), &core::update_person,
             {.person = jane,
              .first_name = std::string("Jane"),
              .last_name = std::string("Doe"),
              .locale = std::string("de"),
              .time_zone = std::string("Europe/Berlin")}));
  }
  std::string openid_code(const std::string& scope, core::CreateCode request = {}) {
    request.dialect = "standard";
    if (!request.subject) request.subject = std::string("person:") + jane;
    request.scopes = {scope};
    return code(request);
  }
  Json signed_in(const std::string& scope, core::CreateCode request = {}) {
    const Answer answer =
        redeemed(openid_code(scope, std::move(request)), {{"redirect_uri", redirect}}, "/oauth/token");
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    return answer.json();
  }
  Json verified_claims(const std::string& token) {
    const crypto::DecodedJwt jwt = must(crypto::decode_jwt(token));
    REQUIRE(crypto::check_signature(jwt, published()) == crypto::SignatureProblem::none);
    return *jwt.claims;
  }
  // A token of the hub's dialect.
  core::Issued of_jane(const Texts& scopes) {
    clock().advance(std::chrono::milliseconds(1));
    return must(core::issue_token(
        hub(), as_operator(),
        {.app = "shop", .credential = client_id(), .subject = std::string("person:") + jane, .scopes = scopes}));
  }
  std::string jane_id() { return person_id(jane).text(); }
  Answer userinfo(const std::string& token, Method method = Method::get) {
    return send(ask(method, "/oauth/userinfo", token.empty() ? "" : "Bearer " + token));
  }
};

TEST_CASE("openid: an ID token says who signed in when and for which answer") {
  OpenidHub hub;
  core::CreateCode request;
  request.nonce = "n-0S6_WzA2Mj";
  const Json answer = hub.signed_in("openid profile email shop.items.r", request);
  CHECK(answer["scope"] == "openid profile email shop.items.r");
  const std::string id_token = answer["id_token"].get<std::string>();
  const std::string access_token = answer["access_token"].get<std::string>();
  const Json header = *must(crypto::decode_jwt(id_token)).header;
  CHECK(header["typ"] == "JWT");
  const Json claims = hub.verified_claims(id_token), access = hub.verified_claims(access_token);
  CHECK(claims["iss"] == "http://127.0.0.1:4000");
  CHECK(claims["sub"] == hub.jane_id());
  CHECK(claims["aud"] == hub.client_id());
  CHECK(claims["nonce"] == "n-0S6_WzA2Mj");
  CHECK(claims["iat"] == access["iat"]);
  CHECK(claims["exp"].get<int>() == claims["iat"].get<int>() + 3600);
  CHECK(claims["auth_time"].get<int>() <= claims["iat"].get<int>());
  CHECK(claims["at_hash"] == base64url(crypto::sha256(access_token).substr(0, 16)));
  CHECK(claims["name"] == "Jane Doe");
  CHECK(claims["given_name"] == "Jane");
  CHECK(claims["family_name"] == "Doe");
  CHECK(claims["locale"] == "de");
  CHECK(claims["zoneinfo"] == "Europe/Berlin");
  CHECK(claims["email"] == OauthHub::jane);
  CHECK(claims["email_verified"] == true);
  CHECK(access["scope"] == "openid profile email shop.items.r");
  CHECK(access["sub"] == "Person/" + hub.jane_id());
}

TEST_CASE("openid: a scope opens its own claims and no others") {
  OpenidHub hub;
  const Json only = hub.verified_claims(hub.signed_in("openid")["id_token"].get<std::string>());
  for (const char* name : {"name", "given_name", "locale", "zoneinfo", "email", "email_verified", "nonce"}) {
    CAPTURE(name);
    CHECK_FALSE(only.contains(name));
  }
  const Json email = hub.verified_claims(hub.signed_in("openid email")["id_token"].get<std::string>());
  CHECK(email["email"] == OauthHub::jane);
  CHECK_FALSE(email.contains("name"));
  // Without openid there is no ID token, whatever else is asked.
  CHECK_FALSE(hub.signed_in("email shop.items.r").contains("id_token"));
}

TEST_CASE("openid: a refreshed token keeps who signed in and when but answers no request") {
  OpenidHub hub;
  core::CreateCode request;
  request.nonce = "once";
  const Json first = hub.signed_in("openid email offline_access", request);
  const Json before = hub.verified_claims(first["id_token"].get<std::string>());
  hub.clock().advance(minute);
  const Answer again = hub.send(form("/oauth/token",
                                     {{"grant_type", "refresh_token"},
                                      {"refresh_token", first["refresh_token"].get<std::string>()},
                                      {"scope", "openid email offline_access"}},
                                     hub.basic()));
  REQUIRE_MESSAGE(again.status == 200, again.body);
  CHECK(again.text("scope") == "openid email offline_access");
  const Json after = hub.verified_claims(again.text("id_token"));
  CHECK(after["sub"] == before["sub"]);
  CHECK(after["aud"] == before["aud"]);
  CHECK(after["auth_time"] == before["auth_time"]);
  CHECK(after["iat"].get<int>() == before["iat"].get<int>() + 60);
  CHECK(after["at_hash"] == base64url(crypto::sha256(again.text("access_token")).substr(0, 16)));
  CHECK_FALSE(after.contains("nonce"));
}

TEST_CASE("openid: an organization's token comes with the ID token of the admin who consented") {
  OpenidHub hub;
  const Call jane = hub.as(OauthHub::jane);
  core::CreateCode request{.app = "shop",
                           .credential = "main",
                           .dialect = "standard",
                           .subject = "org:acme",
                           .scopes = {"openid", "shop.items.r"}};
  const auto made = must(hub.run(jane, &core::create_code, request));
  const Answer answer =
      hub.redeemed(made.object->code->reveal(), {{"redirect_uri", OauthHub::redirect}}, "/oauth/token");
  REQUIRE_MESSAGE(answer.status == 200, answer.body);
  CHECK(hub.verified_claims(answer.text("id_token"))["sub"] == hub.jane_id());
  CHECK(hub.verified_claims(answer.text("access_token"))["sub"] == "Organization/" + hub.acme());
  CHECK(hub.userinfo(answer.text("access_token")).status == 403);
}

TEST_CASE("openid: the hub's own dialect knows no scopes of it") {
  OpenidHub hub;
  core::CreateCode request{
      .app = "shop", .credential = "main", .subject = std::string("person:") + OauthHub::jane, .scopes = {"openid"}};
  CHECK(code_of(hub.run(hub.as_operator(), &core::create_code, request)) == "malformed_scope");
  request.scopes = {"shop.items.r"};
  const Answer answer = hub.redeemed(hub.code(request));
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.json().contains("id_token"));
}

TEST_CASE("openid: userinfo tells the same subject and the claims of the scopes by GET and POST") {
  OpenidHub hub;
  const Json tokens = hub.signed_in("openid profile");
  const std::string token = tokens["access_token"].get<std::string>();
  for (const Method method : {Method::get, Method::post}) {
    const Answer answer = hub.userinfo(token, method);
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    CHECK(answer.header("Cache-Control") == "no-store");
    const Json info = answer.json();
    CHECK(info["sub"] == hub.verified_claims(tokens["id_token"].get<std::string>())["sub"]);
    CHECK(info["name"] == "Jane Doe");
    CHECK(info["zoneinfo"] == "Europe/Berlin");
    CHECK_FALSE(info.contains("email"));
  }
  // A token of the hub's dialect that may read the person.
  const core::Issued reader = hub.of_jane({"zaikio.person.r"});
  CHECK(hub.userinfo(reader.access_token->reveal()).json() ==
        Json{{"sub", hub.jane_id()}, {"name", "Jane Doe"}, {"email", OauthHub::jane}, {"email_verified", true}});
}

TEST_CASE("openid: userinfo refuses in the words of bearer tokens") {
  OpenidHub hub;
  const Answer missing = hub.userinfo("");
  CHECK(missing.status == 401);
  CHECK(missing.header("WWW-Authenticate") == R"(Bearer realm="hub")");
  const Answer poor = hub.userinfo(hub.of_jane({"shop.items.r"}).access_token->reveal());
  CHECK(poor.status == 403);
  CHECK(poor.header("WWW-Authenticate").find("insufficient_scope") != std::string::npos);
  const Json tokens = hub.signed_in("openid email");
  const std::string token = tokens["access_token"].get<std::string>();
  const auto refused = [&](const std::string& text) {
    const Answer answer = hub.userinfo(text);
    CHECK(answer.header("WWW-Authenticate").find("invalid_token") != std::string::npos);
    return answer.status;
  };
  CHECK(refused("a.b.c") == 401);
  CHECK(refused(hub.owner().substr(7)) == 401);
  // An ID token is no access token, nor is any of its relatives (claim TK-04).
  const std::string id_token = tokens["id_token"].get<std::string>();
  CHECK(refused(id_token) == 401);
  CHECK(refused(tokens["refresh_token"].get<std::string>()) == 401);
  CHECK(hub.introspected(id_token) == Json{{"active", false}});
  CHECK(hub.send(get("/api/v1/access_token", "Bearer " + id_token)).status == 403);
  CHECK(hub.introspected(token)["scope"] == "openid email");
  // What was revoked tells nothing any more (claim TK-08).
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = hub.verified_claims(token)["jti"].get<std::string>()}));
  CHECK(refused(token) == 401);
  hub.clock().advance(2 * hour);
  CHECK(refused(hub.signed_in("openid")["id_token"].get<std::string>()) == 401);
}

TEST_CASE("openid: metadata names what there is") {
  OpenidHub hub;
  const Json metadata = hub.send(get("/.well-known/openid-configuration")).json();
  CHECK(metadata["userinfo_endpoint"] == "http://127.0.0.1:4000/oauth/userinfo");
  CHECK(metadata["authorization_response_iss_parameter_supported"] == true);
  CHECK(metadata["request_uri_parameter_supported"] == false);
  for (const char* scope : {"openid", "profile", "email"}) {
    CHECK(std::ranges::count(metadata["scopes_supported"], Json(scope)) == 1);
  }
  const Json told = hub.verified_claims(hub.signed_in("openid profile email")["id_token"].get<std::string>());
  for (const auto& [name, value] : told.items()) {
    CAPTURE(name);
    CHECK(std::ranges::count(metadata["claims_supported"], Json(name)) == 1);
  }
  const Json header = *must(crypto::decode_jwt(hub.signed_in("openid")["id_token"].get<std::string>())).header;
  CHECK(std::ranges::count(metadata["id_token_signing_alg_values_supported"], header["alg"]) == 1);
}

}  // namespace
}  // namespace hub::testing
