#include "hub/core/private_token.h"

#include <doctest/doctest.h>

#include "hub/core/introspect.h"
#include "support/nexus_hub.h"

// Private access tokens, which belong to no app (zaikio-hub.md sections 1.1, 4.1 and 5.1).
namespace hub::testing {
namespace {

class PrivateHub : public NexusHub {
 public:
  Result<core::Changed<core::PrivateTokenAnswer>> asked(const Call& call, const core::CreatePrivateToken& request) {
    clock().advance(std::chrono::milliseconds(1));
    return run(call, &core::create_private_token, request);
  }
  core::PrivateTokenAnswer made(const core::CreatePrivateToken& request) {
    return *must(asked(as_operator(), request)).object;
  }
  core::PrivateTokenAnswer of_acme(const Texts& scopes) {
    return made({.subject = "org:acme", .name = "nightly", .scopes = scopes});
  }
  core::PrivateTokenAnswer of_jane(const Texts& scopes) {
    return made({.subject = std::string("person:") + jane, .name = "laptop", .scopes = scopes});
  }
  static std::string bearer(const core::PrivateTokenAnswer& token) { return "Bearer " + token.access_token->reveal(); }
  std::vector<core::PrivateTokenAnswer> listed(const std::string& subject) {
    return must(list<core::ListPrivateTokens, core::PrivateTokenAnswer>(as_operator(), &core::list_private_tokens,
                                                                        {.subject = subject}));
  }
  // The status and the first of the errors.
  std::string refused(const Ask& asked) {
    const Answer answer = send(asked);
    if (answer.status < 300) return std::to_string(answer.status);
    return std::to_string(answer.status) + " " + answer.json()["errors"][0].get<std::string>();
  }
};

TEST_CASE("private token: it says of whom it is and lives for a year") {
  PrivateHub hub;
  const core::PrivateTokenAnswer token = hub.of_acme({"zaikio.organization.r,zaikio.sites.rw"});
  const Json claims = hub.claims_of(token.access_token->reveal());
  CHECK(claims["iss"] == "ZAI");
  CHECK(claims["sub"] == "Organization/" + hub.acme());
  CHECK(claims["aud"] == Json::array({claims["sub"]}));
  CHECK(claims["jti"] == token.jti);
  CHECK(claims["scope"] == Json::array({"zaikio.organization.r", "zaikio.sites.rw"}));
  CHECK(claims["exp"].get<std::int64_t>() - claims["nbf"].get<std::int64_t>() == 365 * 24 * 3600);
  const core::TokenAnswer row = hub.row(token.jti);
  CHECK(row.name == "nightly");
  CHECK(row.grant == "private");
  CHECK_FALSE(row.refresh_expires_at);
  const core::PrivateTokenAnswer person = hub.of_jane({"zaikio.person.r"});
  CHECK(hub.claims_of(person.access_token->reveal())["aud"] ==
        Json::array({"Person/" + hub.person_id(OauthHub::jane).text()}));
}

TEST_CASE("private token: it opens the REST routes of its subject as nobody's app") {
  PrivateHub hub;
  const std::string acme = PrivateHub::bearer(hub.of_acme({"zaikio.organization.r"}));
  const Json organization = hub.json_of(get("/api/v1/organization", acme));
  CHECK(organization["slug"] == "acme");
  CHECK(organization["connected"] == false);
  CHECK(organization["subscription"].is_null());
  for (const char* list :
       {"granted_oauth_scopes", "requested_oauth_scopes", "requested_oauth_scopes_waiting_for_approval"}) {
    CHECK(organization[list] == Json::array());
  }
  CHECK(hub.refused(get("/api/v1/organization/memberships", acme)) == "403 unpermitted_scope");
  CHECK(hub.refused(get("/api/v1/person", acme)) == "403 unpermitted_subject");
  const Json shown = hub.json_of(get("/api/v1/access_token", acme));
  CHECK(shown["app"].is_null());
  CHECK(shown["audiences"] == Json::array({"Organization/" + hub.acme()}));

  const std::string jane = PrivateHub::bearer(hub.of_jane({"zaikio.person.rw", "zaikio.organizations.rw"}));
  CHECK(hub.json_of(get("/api/v1/person", jane))["connected"] == false);
  const Json body{{"organization", {{"name", "Unconnected"}}}};
  const Json made = hub.json_of(ask(Method::post, "/api/v1/person/organizations", jane, body));
  CHECK(made["connected"] == false);
}

TEST_CASE("private token: who may grant makes it and nobody else") {
  PrivateHub hub;
  const core::CreatePrivateToken of_acme{.subject = "org:acme", .name = "nightly", .scopes = {"zaikio.organization.r"}};
  CHECK(code_of(hub.asked(hub.as("owner@acme.test"), of_acme)) == "ok");
  CHECK(code_of(hub.asked(hub.as("admin@acme.test"), of_acme)) == "ok");
  CHECK(code_of(hub.asked(hub.as("member@acme.test"), of_acme)) == "role_required");
  CHECK(code_of(hub.asked(hub.as("admin@vendor.test"), of_acme)) == "not_found");
  core::CreatePrivateToken of_member{
      .subject = "person:member@acme.test", .name = "laptop", .scopes = {"zaikio.person.r"}};
  CHECK(code_of(hub.asked(hub.as("member@acme.test"), of_member)) == "ok");
  CHECK(code_of(hub.asked(hub.as("owner@acme.test"), of_member)) == "not_found");
}

TEST_CASE("private token: only scopes that its subject can hold") {
  PrivateHub hub;
  const auto with = [&](const std::string& scope, const std::string& subject = "org:acme") {
    return code_of(hub.asked(hub.as_operator(), {.subject = subject, .name = "x", .scopes = {scope}}));
  };
  CHECK(with("shop.items.r") == "ok");  // acme is connected to shop
  CHECK(with("warehouse.stock.r") == "invalid_request");
  CHECK(with("zaikio.person.r") == "invalid_request");
  CHECK(with("zaikio.organization.r", std::string("person:") + OauthHub::jane) == "invalid_request");
  CHECK(with("zaikio.nothing.r") == "unknown_scope");
  CHECK(with("Org.zaikio.organization.r") == "malformed_scope");
  CHECK(code_of(hub.asked(hub.as_operator(), {.subject = "org:acme", .name = "", .scopes = {}})) == "invalid_request");
  CHECK(code_of(
            hub.asked(hub.as_operator(), {.subject = "org:acme", .name = "x", .scopes = {}, .lifetime = 366 * day})) ==
        "invalid_request");
}

TEST_CASE("private token: what came from an app falls away with the connection to it") {
  PrivateHub hub;
  const std::string token = hub.of_acme({"shop.items.r", "zaikio.organization.r"}).access_token->reveal();
  const auto scopes = [&] {
    return must(core::authenticate_bearer(hub.hub(), hub.as_operator(), Secret(token))).scopes.size();
  };
  CHECK(scopes() == 2);
  hub.uninstall("shop/org:acme");
  CHECK(scopes() == 1);
}

TEST_CASE("private token: it ends by its own revocation and with its subject and its jti is published") {
  PrivateHub hub;
  const core::PrivateTokenAnswer first = hub.of_acme({"zaikio.organization.r"}),
                                 second = hub.of_acme({"zaikio.organization.r"}), mine = hub.of_jane({});
  const auto published = [&](const core::PrivateTokenAnswer& token) {
    const Json ids = hub.json_of(get("/api/v1/revoked_access_tokens"))["revoked_token_ids"];
    return std::ranges::find(ids, Json(token.jti)) != ids.end();
  };
  CHECK(hub.listed("org:acme").size() == 2);
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = first.jti}));
  CHECK(published(first));
  CHECK(hub.refused(get("/api/v1/organization", PrivateHub::bearer(first))) == "403 invalid_jwt");
  CHECK(hub.refused(get("/api/v1/organization", PrivateHub::bearer(second))) == "200");
  CHECK(hub.listed("org:acme").size() == 1);
  must(hub.run(hub.as_operator(), &core::delete_organization, {.organization = "acme", .confirm = "acme"}));
  CHECK(published(second));
  CHECK(hub.refused(get("/api/v1/organization", PrivateHub::bearer(second))) == "403 invalid_jwt");
  must(hub.run(hub.as_operator(), &core::delete_person, {.person = OauthHub::jane, .confirm = OauthHub::jane}));
  CHECK(published(mine));
}

TEST_CASE("private token: it is listed with the tokens of its subject and ends with all of them") {
  PrivateHub hub;
  const core::PrivateTokenAnswer token = hub.of_acme({"zaikio.organization.r"}), mine = hub.of_jane({});
  const auto listed = [&](const core::ListTokens& request) {
    Texts out;
    for (const auto& row :
         must(hub.list<core::ListTokens, core::TokenAnswer>(hub.as_operator(), &core::list_tokens, request))) {
      out.push_back(row.jti);
    }
    return out;
  };
  CHECK(has(listed({.organization = "acme"}), token.jti));
  CHECK(has(listed({.person = OauthHub::jane}), mine.jti));
  CHECK(has(listed({}), token.jti));
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.organization = "acme"}));
  CHECK(hub.row(token.jti).state == "revoked");
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.person = OauthHub::jane}));
  CHECK(hub.row(mine.jti).state == "revoked");
}

TEST_CASE("private token: it neither delegates nor belongs to a client that asks") {
  PrivateHub hub;
  const std::string token = hub.of_acme({"zaikio.delegations.rw", "zaikio.organization.r"}).access_token->reveal();
  const core::CredentialAnswer subsystem = hub.other_client("subsystem");
  CHECK(hub.send(form("/oauth/delegate", {{"client_id", subsystem.client_id}}, "Bearer " + token)).status == 403);
  CHECK(hub.introspected(token) == Json{{"active", false}});
  Json answer;
  must(core::introspect_any(hub.hub(), hub.as_operator(), Secret(token), answer));
  CHECK(answer["active"] == true);
  CHECK_FALSE(answer.contains("client_id"));
}

TEST_CASE("private token: a test account has one with all scopes of the hub for two months") {
  PrivateHub hub;
  must(hub.hub().write(hub.as_operator(), [](core::Work& work) -> Result<void> {
    work.db().execute("UPDATE hub SET mode = 'sandbox'", {});
    return {};
  }));
  const Json owner{{"email", "test@test.test"}, {"roles", {"owner"}}};
  Json attributes{{"name", "Test"}, {"country_code", "DE"}, {"kinds", {"printer"}}, {"member_attributes", {owner}}};
  const auto create = [&] {
    const Answer answer =
        hub.send(ask(Method::post, "/api/v1/test_accounts", hub.basic(), {{"test_account", attributes}}));
    REQUIRE_MESSAGE(answer.status == 201, answer.body);
    return answer.json();
  };
  const Json made = create();
  const std::string token = made["private_access_token"].get<std::string>();
  const Json claims = hub.claims_of(token);
  CHECK(claims["exp"].get<std::int64_t>() - claims["nbf"].get<std::int64_t>() == 59 * 24 * 3600);
  CHECK(claims["scope"].size() > 20);
  CHECK(hub.json_of(get("/api/v1/organization", "Bearer " + token))["name"] == "Test");
  const std::string one = "/api/v1/test_accounts/" + made["id"].get<std::string>();
  const std::string again = hub.json_of(get(one, hub.basic()))["private_access_token"].get<std::string>();
  CHECK(hub.claims_of(again) == claims);
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = claims["jti"].get<std::string>()}));
  CHECK(hub.json_of(get(one, hub.basic()))["private_access_token"].is_null());
  attributes.erase("member_attributes");
  CHECK(create()["private_access_token"].is_null());
}

}  // namespace
}  // namespace hub::testing
