#include <doctest/doctest.h>

#include "support/nexus_hub.h"

// The REST routes of the hub dialect (zaikio-hub.md section 5).
namespace hub::testing {
namespace {

// What an organization can grant.
Texts organization_scopes() {
  return {"zaikio.connections_and_subscriptions.r", "zaikio.apps.rw", "zaikio.organization.r",
          "zaikio.organization_members.rw",         "zaikio.sites.r", "zaikio.machines.r",
          "zaikio.business_relationships.r",        "shop.items.r"};
}

class RestHub : public NexusHub {
 public:
  RestHub() {
    Texts desired = organization_scopes();
    desired.push_back("zaikio.person.r");
    desire("shop", desired);
    install("shop", "org:vendor", organization_scopes());
    const auto connection = must(run(as_operator(), &core::show_connection, {"shop/org:acme"}));
    must(run(as_operator(), &core::update_connection, {.connection = connection.id, .scopes = organization_scopes()}));
  }
  core::Issued token_for(const std::string& subject, const Texts& wanted,
                         const std::optional<std::string>& acting = std::nullopt) {
    clock().advance(std::chrono::milliseconds(1));
    return must(core::issue_token(
        hub(), as_operator(),
        {.app = "shop", .credential = client_id(), .subject = subject, .acting = acting, .scopes = wanted}));
  }
  // A header with a token for these scopes.
  std::string bearer(const std::string& subject, const Texts& wanted,
                     const std::optional<std::string>& acting = std::nullopt) {
    return "Bearer " + token_for(subject, wanted, acting).access_token->reveal();
  }
  std::string vendor_bearer(const Texts& wanted = {"zaikio.connections_and_subscriptions.r", "zaikio.apps.rw"}) {
    return bearer("org:vendor", wanted);
  }
  // The status and the first of the errors.
  std::string refused(const Ask& asked) {
    const Answer answer = send(asked);
    if (answer.body.empty() || answer.status < 300) return std::to_string(answer.status);
    const Json errors = answer.json()["errors"];
    return std::to_string(answer.status) + " " +
           (errors.is_array() ? errors[0].get<std::string>() : errors.begin().key());
  }
};

TEST_CASE("hub api: the connections of an app come in pages with links") {
  RestHub hub;
  const Answer all = hub.send(get("/api/v1/connections", hub.basic()));
  REQUIRE(all.status == 200);
  CHECK(all.content_type == "application/json; charset=utf-8");
  CHECK(all.json().size() == 3);
  CHECK(all.header("Current-Page") == "1");
  CHECK(all.header("Total-Count") == "3");
  CHECK(all.header("Total-Pages") == "1");
  CHECK(all.header("Link") ==
        "<http://127.0.0.1:4000/api/v1/connections?page=1>; rel=\"first\", "
        "<http://127.0.0.1:4000/api/v1/connections?page=1>; rel=\"last\"");
  const std::string acme_only = "/api/v1/connections?filters%5Bconnectable_id%5D=Organization-" + hub.acme();
  const Json row = hub.send(get(acme_only, hub.basic())).json()[0];
  CHECK(row.size() == 8);
  CHECK(row["connectable_type"] == "Organization");
  CHECK(row["connectable_id"] == hub.acme());
  CHECK(row["app_name"] == "shop");
  CHECK(row["created_at"].get<std::string>().ends_with("Z"));
  CHECK(row["created_at"].get<std::string>().size() == 24);
  const Answer second = hub.send(get("/api/v1/connections.json?per_page=1&x=%20y&page=2", hub.basic()));
  CHECK(second.json().size() == 1);
  const std::string base = "<http://127.0.0.1:4000/api/v1/connections.json?per_page=1&x=%20y&page=";
  CHECK(second.header("Link") == base + "1>; rel=\"first\", " + base + "1>; rel=\"prev\", " + base +
                                     "3>; rel=\"next\", " + base + "3>; rel=\"last\"");
  const Answer past = hub.send(get("/api/v1/connections?page=9", hub.basic()));
  CHECK(past.status == 200);
  CHECK(past.body == "[]");
  for (const std::string bad : {"page=0", "page=x", "page=-1", "per_page=0", "per_page=101", "page=1.5"}) {
    CAPTURE(bad);
    const Answer answer = hub.send(get("/api/v1/connections?" + bad, hub.basic()));
    CHECK(answer.status == 400);
    CHECK(answer.json()["errors"].is_array());
  }
  CHECK(hub.send(get(acme_only, hub.basic())).header("Total-Count") == "1");
  CHECK(hub.send(get("/api/v1/connections?filters[connectable_id]=Org-1", hub.basic())).body == "[]");
}

TEST_CASE("hub api: one connection by its composite id and pending scopes") {
  RestHub hub;
  const std::string one = "/api/v1/connections/Organization-" + hub.acme();
  hub.desire("shop", {"zaikio.organization.r", "shop.orders.r"});
  const Json row = hub.send(get(one, hub.basic())).json();
  CHECK(row["granted_oauth_scopes"] == Json::array({"zaikio.organization.r"}));
  CHECK(row["requested_oauth_scopes"] == Json::array({"shop.orders.r"}));
  CHECK(row["requested_oauth_scopes_waiting_for_approval"] == Json::array({"shop.orders.r"}));
  CHECK(hub.refused(get("/api/v1/connections/Person-" + hub.acme(), hub.basic())) == "404 not_found");
  CHECK(hub.refused(get("/api/v1/connections/anything", hub.basic())) == "404 not_found");
  CHECK(hub.refused(get(one, hub.tool())) == "404 not_found");
  const std::string jane = hub.person_id(OauthHub::jane).text();
  CHECK(hub.send(get("/api/v1/connections/Person-" + jane + ".json", hub.basic())).json()["connectable_id"] == jane);
}

TEST_CASE("hub api: a vendor's bearer reaches all its apps and nobody else's") {
  RestHub hub;
  hub.app("second");
  hub.install("second", "org:acme", {});
  hub.install("tool", "org:vendor", {});
  const Answer all = hub.send(get("/api/v1/connections", hub.vendor_bearer()));
  CHECK(all.json().size() == 4);
  CHECK(all.body.find("\"tool\"") == std::string::npos);
  const std::string of_acme = "/api/v1/connections?filters[connectable_id]=Organization-" + hub.acme() + "&per_page=1";
  for (const std::string page : {"1", "2", "3"}) {
    CAPTURE(page);
    const Answer one = hub.send(get(of_acme + "&page=" + page, hub.vendor_bearer()));
    CHECK(one.header("Total-Count") == "2");
    CHECK(one.json().size() == (page == "3" ? 0 : 1));
    if (page != "3") CHECK(one.json()[0]["app_name"] == (page == "1" ? "shop" : "second"));
  }
  const std::string acme = hub.bearer("org:acme", {"zaikio.connections_and_subscriptions.r", "zaikio.apps.rw"});
  CHECK(hub.send(get("/api/v1/connections", acme)).json().size() == 1);
  const Answer apps = hub.send(get("/api/v1/apps", hub.vendor_bearer()));
  CHECK(apps.header("Total-Count") == "3");
  CHECK(apps.json()[0].size() == 5);
  CHECK(hub.refused(get("/api/v1/apps/tool", hub.vendor_bearer())) == "404 not_found");
  CHECK(hub.refused(get("/api/v1/apps/" + hub.shown("tool").id, hub.vendor_bearer())) == "404 not_found");
  CHECK(hub.send(get("/api/v1/apps/" + hub.shown("shop").id, hub.vendor_bearer())).text("name") == "shop");
}

TEST_CASE("hub api: refusals follow the order token then validity then subject then scope then object") {
  RestHub hub;
  const std::string person = hub.bearer(std::string("person:") + OauthHub::jane, {"zaikio.person.r"});
  const std::string on_behalf = hub.bearer("org:acme", {"zaikio.organization.r"}, OauthHub::jane);
  const std::string poor = hub.bearer("org:acme", {"shop.items.r"});
  const core::Issued ended = hub.token_for("org:acme", {"zaikio.organization.r"});
  const std::string dead = "Bearer " + ended.access_token->reveal();
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = hub.jti(ended)}));
  struct Row {
    const char* target;
    std::string authorization, told;
  };
  const std::vector<Row> table{
      {"/api/v1/organization", "", "401 no_jwt_passed"},
      {"/api/v1/organization", "Bearer", "401 no_jwt_passed"},
      {"/api/v1/organization", hub.basic(), "401 no_jwt_passed"},
      {"/api/v1/organization", "Bearer x", "403 invalid_jwt"},
      {"/api/v1/organization", "Bearer a.b.c", "403 invalid_jwt"},
      {"/api/v1/organization", hub.owner(), "403 invalid_jwt"},
      {"/api/v1/organization", dead, "403 invalid_jwt"},
      {"/api/v1/organization", person, "403 unpermitted_subject"},
      {"/api/v1/organization", poor, "403 unpermitted_scope"},
      {"/api/v1/organization/memberships/nothing", poor, "403 unpermitted_scope"},
      {"/api/v1/organization", on_behalf, "200"},
      {"/api/v1/connections", "", "401 unauthorized"},
      {"/api/v1/connections", basic_header(hub.client_id(), "wrong"), "401 unauthorized"},
      {"/api/v1/connections", basic_header(hub.public_id(), ""), "401 unauthorized"},
      {"/api/v1/connections", hub.key_of("shop", "acme"), "401 unauthorized"},
      {"/api/v1/connections", poor, "403 unpermitted_scope"},
      {"/api/v1/app", poor, "401 unauthorized"},
      {"/api/v1/app", basic_header("%" + std::string("30") + hub.client_id().substr(1), hub.secret()), "200"},
      {"/api/v1/machines", person, "404 not_found"},
      {"/api/v1/specialists/1/availabilities", person, "404 not_found"},
      {"/api/v1/subscriptions", hub.basic(), "404 not_found"},
  };
  for (const Row& row : table) {
    CAPTURE(row.target);
    CAPTURE(row.authorization.substr(0, 20));
    CHECK(hub.refused(get(row.target, row.authorization)) == row.told);
  }
  CHECK(hub.send(get("/api/v1/connections")).header("WWW-Authenticate").starts_with("Basic"));
  const std::string late = hub.bearer("org:acme", {"zaikio.organization.r"});
  hub.clock().advance(hour);
  CHECK(hub.refused(get("/api/v1/organization", late)) == "403 jwt_expired");
  CHECK(hub.refused(ask(Method::post, "/api/v1/organization", late)) == "405 method_not_allowed");
}

TEST_CASE("hub api: the organization has all keys of the contract and shows whether it is connected") {
  RestHub hub;
  const Json body = hub.send(get("/api/v1/organization", hub.bearer("org:acme", {"zaikio.organization.r"}))).json();
  const Texts keys{"id",
                   "name",
                   "slug",
                   "connected",
                   "kinds",
                   "sections",
                   "country_code",
                   "granted_oauth_scopes",
                   "requested_oauth_scopes",
                   "requested_oauth_scopes_waiting_for_approval",
                   "brand_color",
                   "currency",
                   "test_account_owner_id",
                   "created_at",
                   "updated_at",
                   "logo_url",
                   "kind",
                   "subscription"};
  CHECK(body.size() == keys.size());
  for (const std::string& key : keys) CHECK(body.contains(key));
  CHECK(body["id"] == hub.acme());
  CHECK(body["connected"] == true);
  CHECK(body["kind"] == "other");
  CHECK(body["sections"] == Json::object());  // its kind, other, has none
  const std::string bearer =
      hub.bearer("org:acme", {"zaikio.organization.r", "zaikio.sites.r", "zaikio.business_relationships.r"});
  for (const char* path : {"sites", "organization/addons", "organization/business_relationships"}) {
    CHECK(hub.send(get(std::string("/api/v1/") + path, bearer)).body == "[]");
    CHECK(hub.refused(get(std::string("/api/v1/") + path + "/1", bearer)) == "404 not_found");
  }
}

TEST_CASE("hub api: memberships are listed and their roles changed by the organization but never the owner's") {
  RestHub hub;
  const std::string bearer = hub.bearer("org:acme", {"zaikio.organization_members.rw"});
  const std::string path = "/api/v1/organization/memberships";
  const Json rows = hub.send(get(path, bearer)).json();
  REQUIRE(rows.size() == 3);  // the contact is none
  CHECK(rows[0]["person"].size() == 22);
  CHECK(rows[0]["person"]["full_name"] == "owner@acme.test");
  CHECK(rows[0]["person"]["email"] == "owner@acme.test");
  CHECK(rows[0]["person"]["time_zone"] == "Etc/UTC");
  CHECK(rows[0]["person"]["connected"] == true);
  const auto one = [&](const std::string& email) { return path + "/" + hub.membership(email).id; };
  CHECK(hub.send(get(one("member@acme.test"), bearer)).json()["roles"] == Json::array({"member"}));
  CHECK(hub.refused(get(one("contact@acme.test"), bearer)) == "404 not_found");
  CHECK(hub.refused(get(path + "/" + hub.membership("admin@vendor.test", "vendor").id, bearer)) == "404 not_found");
  const auto patch = [&](const std::string& email, const Json& body) {
    return hub.refused(ask(Method::patch, one(email), bearer, body));
  };
  const Json roles = {{"roles", {"purchaser", "admin"}}};
  CHECK(patch("member@acme.test", {{"membership", roles}}) == "200");
  CHECK(hub.membership("member@acme.test").roles == Texts{"admin", "purchaser"});
  CHECK(patch("member@acme.test", {{"zaikio_hub_membership", roles}}) == "200");
  CHECK(patch("member@acme.test", roles) == "200");
  CHECK(patch("member@acme.test", Json::object()) == "200");
  CHECK(patch("member@acme.test", {{"membership", {{"roles", {"emperor"}}}}}) == "422 roles");
  CHECK(patch("member@acme.test", {{"membership", {{"roles", {"owner"}}}}}) == "422 roles");
  CHECK(patch("member@acme.test", {{"membership", {{"roles", Json::array()}}}}) == "422 roles");
  CHECK(patch("member@acme.test", {{"membership", {{"roles", "admin"}}}}) == "422 roles");
  CHECK(patch("owner@acme.test", {{"membership", {{"roles", {"admin"}}}}}) == "422 roles");
  Ask broken = ask(Method::put, one("member@acme.test"), bearer, roles);
  CHECK(hub.send(broken).status == 200);
  broken.body = "{";
  CHECK(hub.refused(broken) == "400 membership");
  CHECK(hub.refused(ask(Method::delete_, one("owner@acme.test"), bearer, Json::object())) == "403 forbidden");
  CHECK(hub.refused(ask(Method::delete_, one("admin@acme.test"), bearer, Json::object())) == "204");
  CHECK(hub.refused(ask(Method::patch, one("member@acme.test"), hub.bearer("org:acme", {"shop.items.r"}), roles)) ==
        "403 unpermitted_scope");
}

TEST_CASE("hub api: roles in both languages and the revocation list need nobody") {
  RestHub hub;
  const Json english = hub.send(get("/api/v1/roles")).json();
  REQUIRE(english.size() == 9);
  CHECK(english[0] == Json({{"id", "owner"}, {"name", "Owner"}}));
  CHECK(hub.send(get("/api/v1/roles.json?lang=de")).json()[2]["name"] == "Mitglied");
  Ask german = get("/api/v1/roles");
  german.headers.push_back({"accept-language", "fr, de-AT;q=0.8, en"});
  CHECK(hub.send(german).json()[0]["name"] == "Eigentümer");
  CHECK(hub.send(get("/api/v1/revoked_access_tokens.json")).body == R"({"revoked_token_ids":[]})");
}

TEST_CASE("hub api: a presented token is shown and revoked and stays revoked") {
  RestHub hub;
  const core::Issued token = hub.token_for("org:acme", {"zaikio.organization.r"});
  const std::string bearer = "Bearer " + token.access_token->reveal(), path = "/api/v1/revoked_access_tokens";
  const Json shown = hub.send(get("/api/v1/access_token", bearer)).json();
  CHECK(shown["id"] == hub.jti(token));
  CHECK(shown["bearer"] == Json({{"id", hub.acme()}, {"type", "Organization"}}));
  CHECK(shown["scope"] == Json::array({"zaikio.organization.r"}));
  CHECK(shown["app"]["name"] == "shop");
  CHECK(shown["app"]["vendor"]["slug"] == "vendor");
  const Answer revoked = hub.send(ask(Method::post, path, bearer, Json::object()));
  CHECK(revoked.status == 201);
  CHECK(revoked.json() == Json({{"access_token_id", hub.jti(token)}}));
  CHECK(hub.send(ask(Method::post, path, bearer)).status == 201);
  CHECK(hub.send(get(path)).json()["revoked_token_ids"] == Json::array({hub.jti(token)}));
  CHECK(hub.refused(get("/api/v1/access_token", bearer)) == "403 invalid_jwt");
  const core::Issued old = hub.token_for("org:acme", {"zaikio.organization.r"});
  hub.clock().advance(2 * hour);
  const Answer late = hub.send(ask(Method::post, path, "Bearer " + old.access_token->reveal()));
  CHECK(late.status == 201);
  CHECK(late.text("access_token_id") == hub.jti(old));
  CHECK(hub.send(get(path)).json()["revoked_token_ids"].empty());
  CHECK(hub.refused(ask(Method::post, path, "")) == "401 no_jwt_passed");
  CHECK(hub.refused(ask(Method::post, path, "Bearer nothing")) == "403 invalid_jwt");
  const core::Issued named = hub.token_for("org:acme", {"zaikio.organization.r"});
  const Answer by_client = hub.send(form(path, {{"token", named.access_token->reveal()}}, hub.basic()));
  CHECK(by_client.status == 201);
  CHECK(by_client.text("access_token_id") == hub.jti(named));
  CHECK(hub.send(form(path, {{"token", named.access_token->reveal()}}, hub.basic())).body == by_client.body);
  CHECK(hub.state(named) == "revoked");
}

TEST_CASE("hub api: an app reads and changes its configuration with its own secret") {
  RestHub hub;
  const Json before = hub.send(get("/api/v1/app", hub.basic())).json()["configuration"];
  CHECK(before["oauth_redirect_urls"] == Json::array({OauthHub::redirect}));
  CHECK(before["desired_oauth_scopes"].size() == 9);
  CHECK(before["category"].is_null());
  const auto patch = [&](const Json& configuration) {
    return hub.send(ask(Method::patch, "/api/v1/app", hub.basic(), {{"app", {{"configuration", configuration}}}}));
  };
  const Json change = {
      {"category", "iot"},
      {"oauth_redirect_urls", {"https://shop.test/new"}},
      {"entry_point_url", "https://shop.test"},
      {"translations", {{{"locale", "de"}, {"title", "Laden"}}, {{"locale", "en"}, {"title", "Store"}}}},
      {"desired_oauth_scopes", {"zaikio.organization.r"}},
      {"oauth_scopes", {{{"name", "prices"}, {"kind", "read_only"}}}},
      {"subscribed_events", {"zaikio.member_joined"}},
      {"unheard_of", true}};
  const Answer changed = patch(change);
  REQUIRE_MESSAGE(changed.status == 200, changed.body);
  const Json after = changed.json()["configuration"];
  CHECK(after["category"] == "iot");
  CHECK(after["oauth_redirect_urls"] == Json::array({"https://shop.test/new"}));
  CHECK(after["translations"][0]["title"] == "Laden");
  CHECK(after["desired_oauth_scopes"] == Json::array({"zaikio.organization.r"}));
  CHECK_FALSE(after.contains("unheard_of"));
  CHECK(hub.shown("shop").title == "Store");
  CHECK(hub.send(get("/api/v1/app", hub.basic())).json()["configuration"] == after);
  CHECK(patch({{"entry_point_url", nullptr}}).json()["configuration"]["category"] == "iot");
  const std::vector<std::pair<Json, const char*>> wrong{
      {{{"category", ""}}, "category"},
      {{{"category", "No Slug"}}, "category"},
      {{{"oauth_redirect_urls", Json::array()}}, "oauth_redirect_urls"},
      {{{"oauth_redirect_urls", {"javascript:alert(1)"}}}, "oauth_redirect_urls"},
      {{{"desired_oauth_scopes", {"nobody.nothing.r"}}}, "desired_oauth_scopes"},
      {{{"oauth_scopes", {{{"name", "Bad1"}, {"kind", "read_only"}}}}}, "oauth_scopes"},
      {{{"oauth_scopes", {{{"name", "fine"}, {"kind", "weird"}}}}}, "oauth_scopes"},
      {{{"translations", "x"}}, "translations"},
  };
  for (const auto& [configuration, field] : wrong) {
    const Answer answer = patch(configuration);
    CAPTURE(answer.body);
    CHECK(answer.status == 422);
    CHECK(answer.json()["errors"][field].is_array());
  }
  CHECK(hub.send(get("/api/v1/app", hub.basic())).json()["configuration"]["oauth_redirect_urls"] ==
        Json::array({"https://shop.test/new"}));
}

TEST_CASE("hub api: test accounts are made and replaced and thrown away in a sandbox only") {
  RestHub hub;
  const std::string path = "/api/v1/test_accounts";
  const Json owner = {{"email", "t@try.test"}, {"password", "long enough 1"}, {"name", "Doe"}, {"roles", {"owner"}}};
  const Json body = {{"test_account",
                      {{"name", "Try Me"},
                       {"country_code", "DE"},
                       {"kinds", {"printer"}},
                       {"connection_attributes", {"shop"}},
                       {"member_attributes", {owner}}}}};
  CHECK(hub.refused(ask(Method::post, path, hub.basic(), body)) == "404 not_found");
  CHECK(hub.refused(get(path, hub.basic())) == "404 not_found");
  must(hub.hub().write(hub.as_operator(), [](core::Work& work) -> Result<void> {
    work.db().execute("UPDATE hub SET mode = 'sandbox'", {});
    return {};
  }));
  const Answer made = hub.send(ask(Method::post, path, hub.basic(), body));
  REQUIRE_MESSAGE(made.status == 201, made.body);
  const Json account = made.json();
  CHECK(account["slug"] == "try-me");
  CHECK(account["currency"] == "EUR");
  CHECK(account["connected"] == true);
  CHECK(account["test_account_owner_id"] == hub.org_id("vendor"));
  CHECK(account["memberships"][0]["person"]["test_account_owner_id"] == hub.org_id("vendor"));
  CHECK(account["memberships"][0]["roles"] == Json::array({"owner"}));
  CHECK(account["sites"][0]["headquarter"] == true);
  CHECK(account.contains("private_access_token"));
  const std::string id = account["id"];
  const Answer token = hub.send(
      form("/oauth/access_token",
           {{"grant_type", "client_credentials"}, {"scope", "Org/" + id + ".zaikio.organization.r"}}, hub.basic()));
  CHECK(token.status == 200);
  const Answer again = hub.send(ask(Method::post, path, hub.basic(), body));
  CHECK(again.status == 201);
  CHECK(again.text("id") != id);
  CHECK(hub.send(get(path, hub.basic())).json().size() == 1);
  CHECK(hub.refused(get(path + "/" + id, hub.basic())) == "404 not_found");
  CHECK(hub.refused(get(path + "/" + again.text("id"), hub.tool())) == "404 not_found");
  CHECK(hub.refused(ask(Method::delete_, path + "/" + hub.acme(), hub.basic())) == "404 not_found");
  const auto with = [&](const char* name, const Json& value) {
    Json other = body;
    other["test_account"][name] = value;
    return hub.refused(ask(Method::post, path, hub.basic(), other));
  };
  CHECK(with("name", "") == "422 name");
  CHECK(with("country_code", "Germany") == "422 country_code");
  CHECK(with("kinds", {"castle"}) == "422 kinds");
  CHECK(with("connection_attributes", {"nothing"}) == "422 connection_attributes");
  CHECK(with("member_attributes", {{{"email", "x@try.test"}, {"roles", {"member"}}}}) == "422 member_attributes");
  CHECK(with("member_attributes", {{{"email", "owner@acme.test"}, {"roles", {"owner"}}}}) == "422 member_attributes");
  CHECK(hub.send(get(path, hub.basic())).json().size() == 1);
  CHECK(hub.refused(ask(Method::delete_, path + "/" + again.text("id"), hub.basic())) == "204");
  CHECK(hub.send(get(path, hub.basic())).body == "[]");
}

}  // namespace
}  // namespace hub::testing
