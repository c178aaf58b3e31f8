#include "hub/core/issue.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/token_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

Texts members(const Json& object) {
  Texts out;
  for (const auto& [name, value] : object.items()) out.push_back(name);
  return out;
}

}  // namespace

TEST_CASE("A token for an organization has exactly the header and claims of the contract in its order") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "zaikio.organization.r"});
  hub.clock().set(from_unix_microseconds(1'800'000'100'900'000));
  const core::Issued issued = hub.issued("org:acme", {"zaikio.organization.r", "shop.items.r"});
  const Decoded token = hub.decoded(issued);
  CHECK(members(token.header) == Texts{"kid", "alg"});
  CHECK(token.header["alg"] == "ES256");
  CHECK(token.header["kid"] == hub.published().keys().front().kid());
  CHECK(members(token.claims) == Texts{"iss", "sub", "aud", "jti", "nbf", "exp", "jku", "scope"});
  CHECK(token.claims["iss"] == "ZAI");
  CHECK(token.claims["sub"] == "Organization/" + hub.org_id("acme"));
  CHECK(token.claims["aud"] == Json::array({"shop"}));
  CHECK(Uuid::parse(token.claims["jti"].get<std::string>())->text() == token.claims["jti"]);
  CHECK(token.claims["nbf"] == 1'800'000'100);  // never in the future
  CHECK(token.claims["exp"] == 1'800'003'700);
  CHECK(token.claims["jku"] == "http://127.0.0.1:4000/api/v1/jwt_public_keys");
  CHECK(token.scopes() == Texts{"zaikio.organization.r", "shop.items.r"});  // in the order of the request
  CHECK(issued.token_type == "bearer");
  CHECK(issued.scope == "zaikio.organization.r,shop.items.r");
  CHECK(issued.audiences == Texts{"shop"});
  CHECK(issued.expires_in == 3600);
  CHECK(issued.bearer.json == R"({"id":")" + hub.org_id("acme") + R"(","type":"Organization"})");
  CHECK_FALSE(issued.bearer_on_behalf_of);
  CHECK(issued.dropped.empty());
  CHECK(issued.refresh_token);
}

TEST_CASE("A token is a row that says what the token says") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued issued = hub.issued("org:acme", {"shop.items.r"});
  const Decoded token = hub.decoded(issued);
  const core::TokenAnswer row = hub.row(hub.jti(issued));
  CHECK(row.app == "shop");
  CHECK(row.subject == "org:acme");
  CHECK_FALSE(row.acting);
  CHECK(row.scopes == Texts{"shop.items.r"});
  CHECK(row.state == "active");
  CHECK(row.grant == "by_hand");
  CHECK(row.kid == token.header["kid"]);
  CHECK(row.family == row.jti);
  CHECK(unix_seconds(row.issued_at) == token.claims["nbf"]);
  CHECK(unix_seconds(row.expires_at) == token.claims["exp"]);
  CHECK(*row.refresh_expires_at == hub.clock().now() + 7 * day);
  CHECK_FALSE(row.refresh_used_at);
}

TEST_CASE("A token by hand leaves one row in the audit trail that names the organization") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const std::size_t before = hub.audit_rows().size();
  const core::Issued issued = hub.issued("org:acme", {"shop.items.r"});
  const std::vector<AuditRow> rows = hub.audit_rows();
  REQUIRE(rows.size() == before + 1);
  CHECK(rows.back().action == "token issue");
  CHECK(rows.back().target == "token:" + hub.jti(issued));
  CHECK(rows.back().actor == "local:root");
  CHECK(rows.back().result == "ok");
  CHECK(rows.back().organization_id->text() == hub.org_id("acme"));
  CHECK(rows.back().detail == R"({"audience":"shop","scope":"shop.items.r"})");
  CHECK(rows.back().detail.find(issued.refresh_token->reveal()) == std::string::npos);
}

TEST_CASE("A token for a person has the person as its subject") {
  TokenHub hub;
  hub.install("shop", "owner@acme.test", {"zaikio.person.r"});
  const core::Issued issued = hub.issued("person:owner@acme.test", {"zaikio.person.r"});
  const std::string id = hub.person_id("owner@acme.test").text();
  const Decoded token = hub.decoded(issued);
  CHECK(token.claims["sub"] == "Person/" + id);
  CHECK_FALSE(token.claims.contains("roles"));
  CHECK(issued.bearer.json == R"({"id":")" + id + R"(","type":"Person"})");
  CHECK(hub.row(hub.jti(issued)).subject == "person:owner@acme.test");
}

TEST_CASE("A token on behalf names the person first and holds the bits of their roles") {
  TokenHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"admin", "designer"});
  hub.install("shop", "org:acme", {"zaikio.organization.r", "shop.items.r"});
  hub.install("shop", "jane@acme.test", {"zaikio.person.r"});
  const core::Issued issued =
      hub.issued("org:acme", {"zaikio.person.r", "zaikio.organization.r", "shop.items.r"}, "person:jane@acme.test");
  const std::string person = hub.person_id("jane@acme.test").text(), org = hub.org_id("acme");
  const Decoded token = hub.decoded(issued);
  CHECK(members(token.claims) == Texts{"iss", "sub", "aud", "jti", "nbf", "exp", "jku", "scope", "roles"});
  CHECK(token.claims["sub"] == "Person/" + person + ">Organization/" + org);
  CHECK(token.claims["roles"] == 2 + 128);
  CHECK(token.scopes() == Texts{"zaikio.person.r", "zaikio.organization.r", "shop.items.r"});
  CHECK(issued.bearer.json == R"({"id":")" + org + R"(","type":"Organization"})");
  REQUIRE(issued.bearer_on_behalf_of);
  CHECK(issued.bearer_on_behalf_of->json ==
        R"({"id":")" + person + R"(","type":"Person","roles":["admin","designer"]})");
  const core::TokenAnswer row = hub.row(hub.jti(issued));
  CHECK(row.subject == "org:acme");
  CHECK(row.acting == "person:jane@acme.test");
  CHECK(row.roles == Texts{"admin", "designer"});
}

TEST_CASE("A named credential extends the audience and not the name of the app") {
  TokenHub hub;
  hub.credential("shop", "ci");
  hub.install("shop", "org:acme", {"shop.items.r"});
  for (const std::string& reference : Texts{"ci", "shop/ci"}) {
    const core::Issued issued = must(core::issue_token(
        hub.hub(), hub.as_operator(),
        {.app = "shop", .credential = reference, .subject = "org:acme", .scopes = {TokenHub::no_scope}}));
    CHECK(hub.decoded(issued).claims["aud"] == Json::array({"shop/ci"}));
    CHECK(issued.audiences == Texts{"shop"});
  }
}

TEST_CASE("A token is made with the first active credential that is the app's own") {
  TokenHub hub;
  hub.grant("shop", "org:acme");
  const core::CredentialAnswer second = hub.credential("shop", "ci");
  CHECK(hub.decoded(hub.issued("org:acme", {})).claims["aud"] == Json::array({"shop"}));
  must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.shown("shop").client_id}));
  const core::Issued issued = hub.issued("org:acme", {});
  CHECK(hub.decoded(issued).claims["aud"] == Json::array({"shop/ci"}));
  CHECK(hub.row(hub.jti(issued)).credential == second.client_id);
  must(hub.run(hub.as_operator(), &core::revoke_credential, {second.id}));
  CHECK(code_of(hub.asked("org:acme", {})) == "not_found");
}

TEST_CASE("A credential of another app or a revoked one makes no token") {
  TokenHub hub;
  const std::string foreign = hub.credential("warehouse").id, revoked = hub.credential("shop", "old").id;
  must(hub.run(hub.as_operator(), &core::revoke_credential, {revoked}));
  hub.install("shop", "org:acme", {});
  for (const std::string& credential : {foreign, revoked, std::string("none")}) {
    CHECK(code_of(core::issue_token(
              hub.hub(), hub.as_operator(),
              {.app = "shop", .credential = credential, .subject = "org:acme", .scopes = {TokenHub::no_scope}})) ==
          "not_found");
  }
}

TEST_CASE("A public client gets no token for itself") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  must(hub.run(hub.as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true}));
  CHECK(code_of(core::issue_token(
            hub.hub(), hub.as_operator(),
            {.app = "shop", .credential = "spa", .subject = "org:acme", .scopes = {TokenHub::no_scope}})) ==
        "unauthorized_client");
}

TEST_CASE("A third-party key opens exactly the organization that gave it") {
  TokenHub hub;
  hub.organization("other");
  hub.grant("shop", "org:acme");
  hub.grant("shop", "org:other");
  const auto keys =
      must(hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "shop", .by = std::string("acme")}));
  REQUIRE(keys.size() == 1);
  const auto with_key = [&](const std::string& subject) {
    return core::issue_token(
        hub.hub(), hub.as_operator(),
        {.app = "shop", .credential = keys.front().id, .subject = subject, .scopes = {TokenHub::no_scope}});
  };
  CHECK(hub.decoded(must(with_key("org:acme"))).claims["sub"] == "Organization/" + hub.org_id("acme"));
  CHECK(code_of(with_key("org:other")) == "bearer_does_not_exist");
}

TEST_CASE("The life of a token can only be shortened") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const auto with_ttl = [&](Seconds ttl) {
    return core::issue_token(hub.hub(), hub.as_operator(),
                             {.app = "shop", .subject = "org:acme", .scopes = {TokenHub::no_scope}, .lifetime = ttl});
  };
  CHECK(must(with_ttl(Seconds(3600))).expires_in == 3600);
  const core::Issued brief = must(with_ttl(Seconds(1)));
  CHECK(brief.expires_in == 1);
  const Json claims = hub.decoded(brief).claims;
  CHECK(claims["exp"].get<std::int64_t>() == claims["nbf"].get<std::int64_t>() + 1);
  for (const Seconds ttl : {Seconds(0), Seconds(-1), Seconds(3601), Seconds::max(), Seconds::min()}) {
    CHECK(code_of(with_ttl(ttl)) == "invalid_request");
  }
}

TEST_CASE("The subject can be carried by the scopes") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "shop.orders.r"});
  hub.install("shop", "owner@acme.test", {"zaikio.person.r"});
  const std::string org = hub.org_id("acme"), person = hub.person_id("owner@acme.test").text();
  const auto by_scopes = [&](const Texts& scopes) {
    return core::issue_token(hub.hub(), hub.as_operator(), {.app = "shop", .scopes = scopes});
  };
  CHECK(hub.decoded(must(by_scopes({"Org/" + org + ".shop.items.r,Org/" + org + ".shop.orders.r"}))).scopes() ==
        Texts{"shop.items.r", "shop.orders.r"});
  CHECK(hub.decoded(must(by_scopes({"Per/" + person + ".zaikio.person.r"}))).claims["sub"] == "Person/" + person);
  const Decoded both = hub.decoded(must(by_scopes({"Per/" + person + ">Org/" + org + ".shop.items.r"})));
  CHECK(both.claims["sub"] == "Person/" + person + ">Organization/" + org);
  CHECK(both.claims["roles"] == 1);
  CHECK(code_of(by_scopes({"shop.items.r"})) == "bearer_does_not_exist");
  CHECK(code_of(by_scopes({"Org/" + org + ".shop.items.r", "Per/" + person + ".shop.items.r"})) ==
        "different_bearer_types");
  CHECK(code_of(by_scopes({"Org/" + org + ".shop.items.r", "Org/" + person + ".shop.items.r"})) ==
        "different_bearer_ids");
  CHECK(code_of(by_scopes({"Org/" + org + ".shop.items.x"})) == "malformed_scope");
  CHECK(code_of(by_scopes({"Org/nobody.shop.items.r"})) == "bearer_does_not_exist");
  CHECK(code_of(by_scopes({"Org/" + person + ".shop.items.r"})) == "bearer_does_not_exist");
  CHECK(code_of(by_scopes({})) == "invalid_request");
}

TEST_CASE("A request names at most a hundred scopes however it names its subject") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  Texts scopes;
  for (char first = 'a'; first <= 'z'; ++first) {
    for (char second = 'a'; second <= 'd'; ++second) {
      scopes.push_back("shop.none" + std::string{first, second} + ".r");
    }
  }
  CHECK(code_of(hub.asked("org:acme", scopes)) == "malformed_scope");
  scopes.resize(100);
  CHECK(hub.issued("org:acme", scopes).dropped.size() == 100);
}

TEST_CASE("A person who acts is for an organization") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  hub.install("shop", "owner@acme.test", {});
  CHECK(code_of(hub.asked("person:owner@acme.test", {}, "person:owner@acme.test")) == "invalid_request");
  CHECK(code_of(core::issue_token(hub.hub(), hub.as_operator(),
                                  {.app = "shop", .acting = "person:owner@acme.test", .scopes = {"shop.items.r"}})) ==
        "invalid_request");
}

TEST_CASE("A dry run issues nothing and shows no token") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  Call call = hub.as_operator();
  call.dry_run = true;
  const std::size_t rows = hub.audit_rows().size();
  const core::Issued issued =
      must(core::issue_token(hub.hub(), call, {.app = "shop", .subject = "org:acme", .scopes = {"shop.items.r"}}));
  CHECK(issued.scope == "shop.items.r");
  CHECK_FALSE(issued.access_token);
  CHECK_FALSE(issued.refresh_token);
  CHECK(must(hub.list(hub.as_operator(), &core::list_tokens, {})).empty());
  CHECK(hub.audit_rows().size() == rows);
}

TEST_CASE("Only an admin of the app's owner issues tokens by hand") {
  TokenHub hub;
  hub.install("shop", "org:vendor", {"shop.items.r"});
  const auto by = [&](const Call& call) {
    return core::issue_token(hub.hub(), call, {.app = "shop", .subject = "org:vendor", .scopes = {"shop.items.r"}});
  };
  CHECK(code_of(by(hub.as("admin@vendor.test"))) == "ok");
  CHECK(hub.audit_rows().back().actor == "person:" + hub.person_id("admin@vendor.test").text());
  CHECK(code_of(by(hub.as("member@vendor.test"))) == "role_required");
  CHECK(code_of(by(hub.as("contact@vendor.test"))) == "role_required");
  CHECK(code_of(by(hub.as("owner@acme.test"))) == "unknown_application");
}

TEST_CASE("The role is asked for again where the token is decided") {
  TokenHub hub;
  hub.install("shop", "org:vendor", {});
  const core::TokenRequest request{
      .grant = {.credential_id = *CredentialId::parse(
                    must(hub.run(hub.as_operator(), &core::show_credential, {hub.shown("shop").client_id})).id),
                .organization_id = OrganizationId::parse(hub.org_id("vendor"))},
      .kind = GrantKind::by_hand};
  CHECK(code_of(core::issue(hub.hub(), hub.as("member@vendor.test"), request)) == "role_required");
  CHECK(code_of(core::issue(hub.hub(), hub.as("admin@vendor.test"), request)) == "ok");
}

TEST_CASE("Refresh tokens can be recognized and every secret of a token is its own") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const core::Issued first = hub.issued("org:acme", {}), second = hub.issued("org:acme", {});
  CHECK(first.refresh_token->reveal().starts_with("hrt_"));
  CHECK(first.refresh_token->reveal() != second.refresh_token->reveal());
  CHECK(hub.jti(first) != hub.jti(second));
}
