#include "support/oauth_hub.h"

// Client authentication and the client credentials grant, in both dialects.
namespace hub::testing {
namespace {

const char* const hub_path = "/oauth/access_token";
const char* const standard_path = "/oauth/token";

TEST_CASE("client credentials give the answer of the hub contract") {
  OauthHub hub;
  const Answer answer = hub.client_token(hub.org("shop.items.r") + "," + hub.org("zaikio.organization.r"));
  CAPTURE(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.content_type == "application/json; charset=utf-8");
  CHECK(answer.header("Cache-Control") == "no-store");
  const Json body = answer.json();
  CHECK(body["token_type"] == "bearer");
  CHECK(body["scope"] == "shop.items.r,zaikio.organization.r");
  CHECK(body["audiences"] == Json::array({"shop"}));
  CHECK(body["expires_in"].is_number_integer());
  CHECK(body["expires_in"] == 3600);
  CHECK(body["bearer"] == Json({{"id", hub.acme()}, {"type", "Organization"}}));
  for (const char* absent : {"refresh_token", "bearer_on_behalf_of", "expires_at", "id_token", "token", "errors"}) {
    CAPTURE(absent);
    CHECK_FALSE(body.contains(absent));
  }
  const Json claims = hub.claims_of(body["access_token"]);
  CHECK(claims["iss"] == "ZAI");
  CHECK(claims["sub"] == "Organization/" + hub.acme());
  CHECK(claims["aud"] == Json::array({"shop/main"}));
  CHECK(claims["scope"] == Json::array({"shop.items.r", "zaikio.organization.r"}));
}

TEST_CASE("client credentials of the standard route give the answer of RFC 6749 with an RFC 9068 token") {
  OauthHub hub;
  const Answer answer = hub.client_token(hub.org("shop.items.r") + " " + hub.org("shop.orders.r"), standard_path);
  CAPTURE(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.content_type == "application/json; charset=utf-8");
  CHECK(answer.header("Cache-Control") == "no-store");
  const Json body = answer.json();
  CHECK(body["token_type"] == "Bearer");
  CHECK(body["scope"] == "shop.items.r shop.orders.r");
  CHECK(body["expires_in"] == 3600);
  CHECK(body.size() == 4);
  CHECK((*must(crypto::decode_jwt(body["access_token"].get<std::string>())).header)["typ"] == "at+jwt");
  const Json claims = hub.claims_of(body["access_token"]);
  CHECK(claims["iss"] == "http://127.0.0.1:4000");
  for (const char* claim : {"exp", "aud", "sub", "client_id", "iat", "jti"}) CHECK(claims.contains(claim));
  CHECK(claims["client_id"] == hub.client_id());
}

TEST_CASE("spaces and commas between scopes give the same token") {
  OauthHub hub;
  const std::string one = hub.org("shop.items.r"), two = hub.org("shop.orders.r");
  for (const std::string separator : {",", " ", ", ", "  "}) {
    CHECK(hub.client_token(one + separator + two).text("scope") == "shop.items.r,shop.orders.r");
    CHECK(hub.client_token(one + separator + two, standard_path).text("scope") == "shop.items.r shop.orders.r");
  }
}

TEST_CASE("a token without any scope says so with an empty text") {
  OauthHub hub;
  const Answer answer = hub.client_token(hub.org(TokenHub::no_scope));
  REQUIRE(answer.status == 200);
  CHECK(answer.json()["scope"] == "");
  CHECK(hub.claims_of(answer.json()["access_token"])["scope"] == Json::array());
}

TEST_CASE("a client acts on behalf of a person for an organization") {
  OauthHub hub;
  const std::string person = hub.person_id(OauthHub::jane).text();
  const std::string bearer = "Per/" + person + ">Org/" + hub.acme() + ".";
  const Answer answer = hub.client_token(bearer + "shop.items.r");
  CAPTURE(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.json()["bearer"]["id"] == hub.acme());
  CHECK(answer.json()["bearer_on_behalf_of"] ==
        Json({{"id", person}, {"type", "Person"}, {"roles", Json::array({"owner"})}}));
  CHECK(hub.claims_of(answer.json()["access_token"])["sub"] == "Person/" + person + ">Organization/" + hub.acme());
}

TEST_CASE("scope errors carry the contract's identifier in both shapes") {
  OauthHub hub;
  hub.organization("zeta");
  const std::string zeta = "Org/" + hub.org_id("zeta") + ".";
  const struct {
    std::string scope;
    const char* identifier;
  } rows[] = {
      {"Org/x.y", "malformed_scope"},
      {hub.org("shop.items.r") + ",Per/1.shop.items.r", "different_bearer_types"},
      {hub.org("shop.items.r") + "," + zeta + "shop.items.r", "different_bearer_ids"},
      {hub.org("zaikio.sites.r"), "scope_is_not_included_in_desired_scopes"},
      {zeta + "shop.items.r", "bearer_does_not_exist"},
      {"Org/00000000-0000-4000-8000-000000000000.shop.items.r", "bearer_does_not_exist"},
      {hub.org("shop.items.rw"), "ungranted_scope"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.scope);
    const Answer answer = hub.client_token(row.scope);
    CAPTURE(answer.body);
    CHECK(answer.status == 400);
    CHECK(answer.text("error") == "invalid_scope");
    CHECK(answer.text("error_description") == row.identifier);
    CHECK(answer.json()["errors"]["scopes"] == Json::array({row.identifier}));
    const Answer standard = hub.client_token(row.scope, standard_path);
    CHECK(standard.status == 400);
    CHECK(standard.text("error") == "invalid_scope");
    CHECK_FALSE(standard.json().contains("errors"));
  }
  CHECK(hub.client_token("").text("error") == "invalid_request");
}

TEST_CASE("a client says who it is by Basic or by parameters and in one way at a time") {
  OauthHub hub;
  const std::string id = hub.client_id(), secret = hub.secret(), scope = hub.org("shop.items.r");
  const auto ask = [&](const char* path, Fields more, const std::string& authorization = "") {
    more.push_back({"grant_type", "client_credentials"});
    more.push_back({"scope", scope});
    return form(path, more, authorization);
  };
  const std::string encoded = basic_header(percent_encode(id), "%" + hex(secret.substr(0, 1)) + secret.substr(1));
  Ask twice = ask(hub_path, {}, hub.basic());
  twice.headers.push_back({"authorization", hub.basic()});
  const Fields both{{"client_id", id}, {"client_secret", secret}};
  std::vector<Expected> table;
  for (const char* path : {hub_path, standard_path}) {
    table.insert(
        table.end(),
        {{"Basic", ask(path, {}, hub.basic()), 200},
         {"Basic, encoded", ask(path, {}, encoded), 200},
         {"Basic in small letters", ask(path, {}, "basic " + hub.basic().substr(6)), 200},
         {"parameters", ask(path, both), 200},
         {"Basic and its client_id", ask(path, {{"client_id", id}}, hub.basic()), 200},
         {"Basic and an empty secret", ask(path, {{"client_secret", ""}}, hub.basic()), 200},
         {"Basic and another client_id",
          ask(path, {{"client_id", hub.public_id()}}, hub.basic()),
          400,
          {R"("invalid_request")"}},
         {"Basic and another secret", ask(path, {{"client_secret", "x"}}, hub.basic()), 400, {R"("invalid_request")"}},
         {"nothing", ask(path, {}), 401, {R"("invalid_client")"}},
         {"a wrong secret", ask(path, {{"client_id", id}, {"client_secret", "x"}}), 401, {R"("invalid_client")"}},
         {"no secret", ask(path, {{"client_id", id}}), 401, {R"("invalid_client")"}},
         {"an empty secret", ask(path, {{"client_id", id}, {"client_secret", ""}}), 401, {R"("invalid_client")"}},
         {"an unknown client",
          ask(path, {{"client_id", "x"}, {"client_secret", secret}}),
          401,
          {R"("invalid_client")"}},
         {"a secret without an id", ask(path, {{"client_secret", secret}}), 400, {R"("invalid_request")"}},
         {"a public client with a secret",
          ask(path, {{"client_id", hub.public_id()}, {"client_secret", "x"}}),
          401,
          {R"("invalid_client")"}},
         {"a public client", ask(path, {{"client_id", hub.public_id()}}), 400, {R"("unauthorized_client")"}},
         {"a bearer token", ask(path, {}, "Bearer x"), 401, {R"("invalid_client")"}},
         {"broken Basic", ask(path, {}, "Basic !"), 401, {R"("invalid_client")"}},
         {"an overlong secret", ask(path, {}, basic_header(id, std::string(300, 'x'))), 401, {R"("invalid_client")"}}});
  }
  table.push_back({"both ways alike, hub", ask(hub_path, both, hub.basic()), 200});
  table.push_back({"both ways alike, standard", ask(standard_path, both, hub.basic()), 400, {R"("invalid_request")"}});
  table.push_back({"two headers", twice, 400, {R"("invalid_request")"}});
  for (Expected& row : table) {
    if (row.status != 200) row.lacks = {secret, "access_token"};
  }
  check(hub, table);
}

TEST_CASE("CA-03 a refused client gets the same answer whatever was wrong") {
  OauthHub hub;
  const core::CredentialAnswer gone = hub.other_client("gone");
  must(hub.run(hub.as_operator(), &core::revoke_credential, {gone.id}));
  const auto tried = [&](const std::string& id, const std::string& secret) {
    const Answer answer = hub.send(form(hub_path, {{"grant_type", "client_credentials"}}, basic_header(id, secret)));
    CHECK(answer.status == 401);
    CHECK(answer.header("WWW-Authenticate").starts_with("Basic realm="));
    return answer.body;
  };
  const std::string wrong = tried(hub.client_id(), "wrong");
  CHECK(tried("00000000-0000-4000-8000-000000000000", "wrong") == wrong);
  CHECK(tried("no id at all", hub.secret()) == wrong);
  CHECK(tried(gone.client_id, gone.client_secret->reveal()) == wrong);
  CHECK(tried(hub.client_id(), hub.secret() + "x") == wrong);
}

TEST_CASE("a request for a token is refused by its form before anything else") {
  OauthHub hub;
  const std::string scope = "&scope=" + percent_encode(hub.org("shop.items.r"));
  const auto with = [&](Ask ask) {
    ask.headers.push_back({"authorization", hub.basic()});
    return ask;
  };
  const auto typed = [&](const char* path, const char* type, const std::string& body) {
    return with({.target = path, .body = body, .headers = {{"content-type", type}}});
  };
  std::vector<Expected> table{
      {"no grant type means a code here", with({.target = hub_path}), 400, {R"("invalid_request")", "code"}},
      {"no grant type, standard", with({.target = standard_path}), 400, {R"("invalid_request")", "grant_type"}},
      {"a query is read", with({.target = std::string(hub_path) + "?grant_type=client_credentials" + scope}), 200},
  };
  for (const char* path : {hub_path, standard_path}) {
    const std::string at = path;
    table.insert(
        table.end(),
        {{"an unknown grant",
          typed(path, "application/x-www-form-urlencoded", "grant_type=password"),
          400,
          {R"("unsupported_grant_type")"}},
         {"implicit", typed(path, "", "grant_type=implicit"), 400, {R"("unsupported_grant_type")"}},
         {"a name twice",
          typed(path, "", "grant_type=refresh_token&grant_type=refresh_token"),
          400,
          {R"("invalid_request")"}},
         {"broken json", typed(path, "application/json", "{"), 400, {R"("invalid_request")"}},
         {"json of a wrong type",
          typed(path, "application/json", R"({"grant_type":1})"),
          400,
          {R"("invalid_request")"}},
         {"another media type",
          typed(path, "text/plain", "grant_type=client_credentials"),
          415,
          {R"("invalid_request")"}},
         {"a secret in the query", {.target = at + "?client_secret=hush"}, 400, {R"("invalid_request")"}, {"hush"}},
         {"a code in the query", with({.target = at + "?code=hush"}), 400, {R"("invalid_request")"}, {"hush"}},
         {"a refresh token in the query", with({.target = at + "?refresh_token=hush"}), 400, {}, {"hush"}},
         {"an unknown device code",
          with(form(path, {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, {"device_code", "x"}})),
          400,
          {R"("invalid_grant")"}},
         {"a device code that is missing",
          with(form(path, {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}})),
          400,
          {R"("invalid_request")"}},
         {"unknown parameters are ignored",
          typed(path, "", "grant_type=client_credentials&nonsense[a]=1&lang=de" + scope), 200}});
  }
  check(hub, table);
}

TEST_CASE("a form and JSON and a path with json ask for the same") {
  OauthHub hub;
  const std::string scope = hub.org("shop.items.r");
  const Fields fields{{"grant_type", "client_credentials"}, {"scope", scope}};
  const Json body = {{"grant_type", "client_credentials"}, {"scope", scope}, {"current_organization_id", nullptr}};
  check(hub, {{"form", form(hub_path, fields, hub.basic()), 200, {"access_token"}},
              {"json", json(hub_path, body, hub.basic()), 200, {"access_token"}},
              {"form at .json", form("/oauth/access_token.json", fields, hub.basic()), 200, {"access_token"}},
              {"json at .json", json("/oauth/access_token.json", body, hub.basic()), 200, {"access_token"}},
              {"json, standard", json(standard_path, body, hub.basic()), 200, {"access_token"}}});
}

TEST_CASE("a third-party key gets tokens of its organization and of no other") {
  OauthHub hub;
  const core::KeyAnswer key = must(hub.list(hub.as_operator(), &core::list_authorization_keys,
                                            {.app = "shop", .by = "acme", .show_secrets = true}))
                                  .at(0);
  const std::string basic = basic_header(key.client_id, key.client_secret->reveal());
  const auto ask = [&](const std::string& scope) {
    return hub.send(form(hub_path, {{"grant_type", "client_credentials"}, {"scope", scope}}, basic));
  };
  CHECK(ask(hub.org("shop.items.r")).status == 200);
  hub.organization("zeta");
  hub.install("shop", "org:zeta", {"shop.items.r"});
  const Answer foreign = ask("Org/" + hub.org_id("zeta") + ".shop.items.r");
  CHECK(foreign.status == 400);
  CHECK(foreign.text("error_description") == "bearer_does_not_exist");
}

}  // namespace
}  // namespace hub::testing
