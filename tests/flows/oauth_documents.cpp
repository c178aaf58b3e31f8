#include "dispatch.h"
#include "hub/core/key.h"
#include "oauth/oauth_error.h"
#include "support/oauth_hub.h"

// Key sets, metadata, and how errors look in each dialect.
namespace hub::testing {
namespace {

const char* const jwks = "/.well-known/jwks.json";

Texts kids(OauthHub& hub, const char* path = jwks) {
  Texts out;
  const Json set = hub.send(get(path)).json();
  for (const Json& key : set["keys"]) out.push_back(key["kid"]);
  return out;
}

TEST_CASE("the key set follows rotation and revocation at the next request") {
  OauthHub hub;
  const Texts first = kids(hub);
  REQUIRE(first.size() == 1);
  const Answer before = hub.send(get(jwks));
  // Another process.
  const std::unique_ptr<core::Hub> other = hub.reopened();
  const core::RotateKey rotation{.alg = "ES256"};
  const core::PreparedKey prepared = must(core::prepare_key(*other, rotation));
  must(other->write(hub.as_operator(), [&](core::Work& work) { return core::rotate_key(work, rotation, prepared); }));
  const Texts second = kids(hub);
  CHECK(second == Texts{first[0], prepared.key.kid()});
  CHECK(hub.send(get(jwks)).header("ETag") != before.header("ETag"));

  const core::RevokeKey revocation{.kid = first[0], .confirm = first[0]};
  const core::PreparedKey replacement = must(core::prepare_replacement(*other, revocation));
  must(other->write(hub.as_operator(),
                    [&](core::Work& work) { return core::revoke_key(work, revocation, replacement); }));
  CHECK_FALSE(has(kids(hub), first[0]));
}

TEST_CASE("the key set is the same at all its paths and may be kept for minutes") {
  OauthHub hub;
  const Answer answer = hub.send(get(jwks));
  CHECK(answer.status == 200);
  CHECK(answer.content_type == "application/json; charset=utf-8");
  CHECK(answer.header("Cache-Control") == "public, max-age=300");
  CHECK(answer.header("Access-Control-Allow-Origin") == "*");
  CHECK(hub.send(get("/api/v1/jwt_public_keys")).body == answer.body);
  CHECK(hub.send(get("/api/v1/jwt_public_keys.json")).body == answer.body);
  CHECK(must(crypto::KeySet::parse(answer.body)).keys().size() == 1);
  CHECK(answer.body.find("\"d\"") == std::string::npos);

  Ask conditional = get(jwks);
  conditional.headers = {{"if-none-match", answer.header("ETag")}};
  const Answer unchanged = hub.send(conditional);
  CHECK(unchanged.status == 304);
  CHECK(unchanged.body.empty());
  CHECK(unchanged.header("ETag") == answer.header("ETag"));
  conditional.headers.front().value = "\"other\"";
  CHECK(hub.send(conditional).status == 200);
}

TEST_CASE("metadata names the issuer to the letter and only what is served") {
  OauthHub hub;
  for (const char* path : {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"}) {
    CAPTURE(path);
    const Answer answer = hub.send(get(path));
    REQUIRE(answer.status == 200);
    CHECK(answer.header("Cache-Control") == "public, max-age=300");
    const Json metadata = answer.json();
    CHECK(metadata["issuer"] == "http://127.0.0.1:4000");
    CHECK(metadata["token_endpoint"] == "http://127.0.0.1:4000/oauth/token");
    CHECK(metadata["jwks_uri"] == "http://127.0.0.1:4000/.well-known/jwks.json");
    CHECK(metadata["code_challenge_methods_supported"] == Json::array({"S256"}));
    CHECK(metadata["response_types_supported"] == Json::array({"code"}));
    for (const char* endpoint : {"token_endpoint", "revocation_endpoint", "introspection_endpoint", "userinfo_endpoint",
                                 "device_authorization_endpoint"}) {
      const std::string target =
          metadata[endpoint].get<std::string>().substr(std::string("http://127.0.0.1:4000").size());
      CHECK(hub.send({.target = target}).status != 404);
    }
    for (const Json& grant : metadata["grant_types_supported"]) {
      const Answer tried = hub.send(form("/oauth/token", {{"grant_type", grant.get<std::string>()}}, hub.basic()));
      CHECK(tried.text("error") != "unsupported_grant_type");
    }
    for (const char* absent : {"registration_endpoint", "end_session_endpoint"}) {
      CAPTURE(absent);
      CHECK_FALSE(metadata.contains(absent));
    }
  }
  http::Services elsewhere{.hub = hub.hub(), .issuer = "https://hub.example.test"};
  const Answer moved = hub.send(elsewhere, get("/.well-known/openid-configuration"));
  CHECK(moved.text("issuer") == "https://hub.example.test");
  CHECK(moved.text("token_endpoint") == "https://hub.example.test/oauth/token");
}

TEST_CASE("WB-09 a Host header changes no document") {
  OauthHub hub;
  Ask ask = get("/.well-known/openid-configuration");
  ask.headers = {{"host", "evil.test"}, {"x-forwarded-host", "evil.test"}, {"x-forwarded-proto", "https"}};
  CHECK(hub.send(ask).body.find("evil") == std::string::npos);
}

TEST_CASE("HT-07 only POST reaches the token routes") {
  OauthHub hub;
  for (const char* path :
       {"/oauth/access_token", "/oauth/access_token.json", "/oauth/token", "/oauth/delegate", "/oauth/access-token",
        "/oauth/service-account-token", "/oauth/revoke", "/oauth/introspect"}) {
    CAPTURE(path);
    for (const Method method : {Method::get, Method::head, Method::put, Method::patch, Method::delete_}) {
      const Answer answer = hub.send({.target = path, .method = method});
      CHECK(answer.status == 405);
      CHECK(answer.header("Allow") == "POST");
    }
  }
}

TEST_CASE("HT-07 no error of a token route is stored") {
  OauthHub hub;
  for (const char* path : {"/oauth/access_token", "/oauth/token", "/oauth/delegate", "/oauth/access-token",
                           "/oauth/service-account-token", "/oauth/revoke", "/oauth/introspect"}) {
    CAPTURE(path);
    const Ask wrong{.target = path, .body = "<x/>", .headers = {{"content-type", "text/xml"}}};
    for (const Ask& ask : {wrong, form(path, {}, hub.basic()), form(path, {}), get(path)}) {
      const Answer answer = hub.send(ask);
      CHECK(answer.status >= 400);
      CHECK(answer.header("Cache-Control") == "no-store");
    }
  }
}

TEST_CASE("HT-01 the body of a token route has 16 KiB at most however its path is written") {
  OauthHub hub;
  for (const char* path : {"/oauth/access_token", "/oauth/access_token.json", "/oauth/%61ccess_token", "/%6fauth/token",
                           "/oauth/token/", "/oauth/access%2Dtoken", "/oauth/%72evoke"}) {
    CAPTURE(path);
    CHECK(http::body_limit(path) == 16 * 1024);
    CHECK(hub.send({.target = path}).status != 404);
  }
  for (const char* path : {"/api/v1/connections", "/profiles", "/admin/v1/orgs"}) {
    CHECK(http::body_limit(path) == 1024 * 1024);
  }
}

TEST_CASE("browsers learn what is wrong at the hub's API even where no route was found") {
  OauthHub hub;
  const auto refused = [](const char* path) {
    return Answer{http::refuse_framing({.path = path}, 413, {codes::too_large, "The body is too large."})};
  };
  const std::pair<Answer, int> rows[] = {{hub.send(get("/api/v1/nothing")), 404},
                                         {hub.send(get("/api/v1/%zz")), 400},
                                         {refused("/api/v1/nothing"), 413},
                                         {refused("/api/v1/connections"), 413}};
  for (const auto& [answer, status] : rows) {
    CAPTURE(status);
    CHECK(answer.status == status);
    CHECK(answer.json()["errors"].is_array());
    CHECK(answer.header("Access-Control-Allow-Origin") == "*");
    CHECK(answer.header("Vary") == "Origin");
  }
  for (const char* path : {"/profiles", "/oauth/introspect", "/admin/v1/orgs"}) {
    CHECK(refused(path).header("Access-Control-Allow-Origin").empty());
  }
}

TEST_CASE("browsers of any origin may use the routes the contract names") {
  OauthHub hub;
  for (const char* path : {"/oauth/access_token", "/oauth/access_token.json", "/oauth/token", "/oauth/delegate"}) {
    CAPTURE(path);
    Ask preflight{.target = path, .headers = {{"origin", "https://app.test"}}, .method = Method::options};
    const Answer answer = hub.send(preflight);
    CHECK(answer.status == 204);
    CHECK(answer.header("Access-Control-Allow-Origin") == "*");
    CHECK(answer.header("Access-Control-Allow-Headers") == "Authorization, Content-Type, Accept");
    CHECK(answer.header("Access-Control-Allow-Credentials").empty());
    CHECK(hub.send({.target = path}).header("Access-Control-Allow-Origin") == "*");
  }
  CHECK(hub.send({.target = "/oauth/introspect", .method = Method::options}).status == 405);
}

TEST_CASE("the hub dialect answers as XML or text to those who accept nothing else") {
  OauthHub hub;
  const auto asked = [&](const char* accept, const std::string& scope,
                         const std::string& path = "/oauth/access_token") {
    Ask ask = form(path, {{"grant_type", "client_credentials"}, {"scope", scope}}, hub.basic());
    ask.headers.push_back({"accept", accept});
    return hub.send(ask);
  };
  const std::string scope = hub.org("shop.items.r") + "," + hub.org("shop.orders.r");
  const Answer xml = asked("text/xml", scope);
  CAPTURE(xml.body);
  CHECK(xml.status == 200);
  CHECK(xml.content_type.starts_with("text/xml"));
  CHECK(xml.body.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAuth><access_token>"));
  for (const char* part : {"<token_type>bearer</token_type>", "<scope>shop.items.r,shop.orders.r</scope>",
                           "<audiences>shop</audiences>", "<expires_in>3600</expires_in>"}) {
    CAPTURE(part);
    CHECK(xml.body.find(part) != std::string::npos);
  }
  CHECK(xml.body.find("<bearer><id>" + hub.acme() + "</id><type>Organization</type></bearer>") != std::string::npos);

  const Answer text = asked("text/plain", scope);
  CHECK(text.content_type.starts_with("text/plain"));
  CHECK(text.body.starts_with("access_token=ey"));
  CHECK(text.body.ends_with("&token_type=bearer"));

  CHECK(asked("text/xml", "x").body.find("<OAuth><error>invalid_scope</error><error_description>malformed_scope<") !=
        std::string::npos);
  CHECK(asked("text/plain", "x").body == "invalid_scope\nmalformed_scope");
  CHECK(asked("text/xml", "x", "/oauth/access_token.json").content_type.starts_with("application/json"));
  CHECK(asked("text/xml", "x", "/oauth/token").content_type.starts_with("application/json"));
}

TEST_CASE("errors have the status and name of the contract") {
  const struct {
    Code code;
    int status;
    const char* name;
  } rows[] = {
      {codes::invalid_request, 400, "invalid_request"},
      {codes::malformed_json, 400, "invalid_request"},
      {codes::unsupported_media_type, 415, "invalid_request"},
      {codes::too_large, 413, "invalid_request"},
      {codes::invalid_grant, 400, "invalid_grant"},
      {codes::not_found, 400, "invalid_grant"},
      {codes::wrong_state, 400, "invalid_grant"},
      {codes::invalid_client, 401, "invalid_client"},
      {codes::invalid_token, 401, "invalid_token"},
      {codes::token_expired, 401, "invalid_token"},
      {codes::unauthorized_client, 400, "unauthorized_client"},
      {codes::unsupported_grant_type, 400, "unsupported_grant_type"},
      {codes::access_denied, 403, "access_denied"},
      {codes::authorization_pending, 400, "authorization_pending"},
      {codes::slow_down, 400, "slow_down"},
      {codes::rate_limited, 429, "slow_down"},
      {codes::store_busy, 503, "temporarily_unavailable"},
      {codes::store_read_only, 503, "temporarily_unavailable"},
      {codes::disk_full, 503, "temporarily_unavailable"},
      {codes::overloaded, 503, "temporarily_unavailable"},
      {codes::internal, 500, "server_error"},
      {codes::ungranted_scope, 400, "invalid_scope"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.code.name);
    for (const http::Dialect* dialect : {&http::oauth_dialect(), &http::oauth_standard_dialect()}) {
      const Answer answer{dialect->refuse({}, 0, {row.code, "It is \"so\" \\ \xc3\xa9."})};
      CHECK(answer.status == row.status);
      CHECK(answer.text("error") == row.name);
      CHECK(answer.header("Cache-Control") == "no-store");
      CHECK((answer.header("Retry-After") == "1") == (row.status == 503));
      CHECK(answer.header("WWW-Authenticate").empty() == (row.status != 401));
      if (row.status != 400) CHECK(answer.text("error_description") == "It is 'so' ? ??.");
    }
  }
  CHECK(Answer{http::oauth_dialect().refuse({}, 404, {codes::not_found, "No."})}.text("error") == "not_found");
  CHECK(Answer{http::oauth_dialect().refuse({}, 431, {codes::too_large, "No."})}.status == 431);
}

TEST_CASE("a store that takes no writes answers 503 while reads go on") {
  OauthHub hub;
  const std::string access = hub.client_token(hub.org("shop.items.r")).text("access_token");
  const std::string scope = hub.org("shop.items.r");
  const core::HubLocation location{hub.directory().file("hub.db"), hub.directory().file("hub.db.key")};
  core::Hub frozen(must(store::open_sqlite(location.store_path, {.read_only = true})), location, hub.clock(),
                   hub.random());
  http::Services services{.hub = frozen, .issuer = "http://127.0.0.1:4000"};
  for (const char* path : {"/oauth/access_token", "/oauth/token"}) {
    const Answer refused =
        hub.send(services, form(path, {{"grant_type", "client_credentials"}, {"scope", scope}}, hub.basic()));
    CAPTURE(refused.body);
    CHECK(refused.status == 503);
    CHECK(refused.text("error") == "temporarily_unavailable");
    CHECK_FALSE(refused.header("Retry-After").empty());
  }
  CHECK(hub.send(services, get(jwks)).status == 200);
  const Answer introspected = hub.send(services, form("/oauth/introspect", {{"token", access}}, hub.basic()));
  CHECK(introspected.json()["active"] == true);
}

}  // namespace
}  // namespace hub::testing
