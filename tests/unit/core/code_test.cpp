#include "hub/core/code.h"

#include <doctest/doctest.h>

#include <array>
#include <thread>

#include "hub/base/text.h"
#include "support/client_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

const core::CreateCode for_acme{.subject = "org:acme", .scopes = {"shop.items.r"}};

core::CreateCode with_challenge() {
  core::CreateCode request = for_acme;
  request.code_challenge = challenge;
  request.code_challenge_method = "S256";
  return request;
}

bool is_connected(ClientHub& hub, const std::string& connection) {
  return hub.run(hub.as_operator(), &core::show_connection, {connection}).has_value();
}

}  // namespace

TEST_CASE("A code is redeemed once and only then connects the app") {
  ClientHub hub;
  const Secret code = hub.code(for_acme);
  CHECK(code.reveal().size() == 43);
  CHECK_FALSE(is_connected(hub, "shop/acme"));
  hub.news();
  const core::Issued issued = must(hub.redeemed(code));
  CHECK(issued.scope == "shop.items.r");
  CHECK(issued.refresh_token);
  CHECK(hub.row(hub.jti(issued)).grant == "authorization_code");
  CHECK(is_connected(hub, "shop/acme"));
  const std::string all = join(hub.news(), "\n");
  CHECK(all.find("zaikio.established_connection Org/" + hub.org_id("acme")) != std::string::npos);
  CHECK(all.find("authorization.granted") != std::string::npos);
  CHECK(hub.refreshed(issued));
  CHECK(code_of(hub.redeemed(code)) == "invalid_grant");
}

TEST_CASE("A code for more widens the connection that is there") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  hub.news();
  must(hub.redeemed(hub.code({.subject = "org:acme", .scopes = {"shop.orders.r", "shop.items.r"}})));
  const auto connection = must(hub.run(hub.as_operator(), &core::show_connection, {"shop/acme"}));
  CHECK(connection.scopes == Texts{"shop.items.r", "shop.orders.r"});
  CHECK(join(hub.news(), "\n").find("zaikio.connection_changed") != std::string::npos);
  must(hub.redeemed(hub.code(for_acme)));
  CHECK(hub.news().empty());  // nothing new was granted
}

TEST_CASE("A code of the standard route makes tokens of its style") {
  ClientHub hub;
  core::CreateCode request = for_acme;
  request.dialect = "standard";
  const Secret code = hub.code(request);
  CHECK(code_of(hub.redeemed(code)) == "invalid_grant");  // of another route
  const core::Issued issued = must(hub.redeemed(hub.redemption(code, CodeDialect::standard)));
  CHECK(hub.decoded(issued).header["typ"] == "at+jwt");
}

TEST_CASE("CO-03 whoever cannot redeem a code does not spoil it") {
  ClientHub hub;
  hub.clock().advance(std::chrono::milliseconds(1));  // so that the first credential is the first
  const core::CredentialAnswer other = hub.credential("shop", "ci");
  const core::CredentialAnswer foreign = hub.credential("warehouse");
  const Secret code = hub.code(with_challenge());
  core::RedeemCode good = hub.redemption(code);
  good.code_verifier = verifier;
  const auto refused = [&](auto&& change, const std::string& expected) {
    core::RedeemCode bad = good;
    change(bad);
    CHECK(code_of(hub.redeemed(bad)) == expected);
  };
  refused([&](auto& bad) { bad.credential_id = *CredentialId::parse(other.id); }, "invalid_grant");
  refused([&](auto& bad) { bad.credential_id = *CredentialId::parse(foreign.id); }, "invalid_grant");
  refused([&](auto& bad) { bad.code = Secret(code.reveal() + "A"); }, "invalid_grant");
  refused([&](auto& bad) { bad.code = Secret(""); }, "invalid_grant");
  refused([&](auto& bad) { bad.redirect_uri = "https://shop.test/cb/"; }, "invalid_grant");
  refused([&](auto& bad) { bad.dialect = CodeDialect::nexus; }, "invalid_grant");
  refused([&](auto& bad) { bad.code_verifier = std::nullopt; }, "invalid_request");
  refused([&](auto& bad) { bad.code_verifier = std::string(43, 'a'); }, "invalid_grant");
  refused([&](auto& bad) { bad.code_verifier = challenge; }, "invalid_grant");
  refused([&](auto& bad) { bad.code_verifier = std::string(verifier) + "="; }, "invalid_grant");
  good.redirect_uri = "https://shop.test/cb";
  CHECK(hub.redeemed(good));
}

TEST_CASE("CO-04 a verifier answers a challenge and nothing else") {
  ClientHub hub;
  core::RedeemCode request = hub.redemption(hub.code(for_acme));
  request.code_verifier = verifier;
  CHECK(code_of(hub.redeemed(request)) == "invalid_grant");
  request.code_verifier = std::nullopt;
  CHECK(hub.redeemed(request));
  const auto made = [&](const std::optional<std::string>& method, const std::optional<std::string>& text) {
    core::CreateCode asked = for_acme;
    asked.app = "shop";
    asked.code_challenge = text;
    asked.code_challenge_method = method;
    return code_of(hub.run(hub.as_operator(), &core::create_code, asked));
  };
  CHECK(made("S256", challenge) == "ok");
  for (const char* method : {"plain", "s256", "S512", ""}) CHECK(made(method, challenge) == "invalid_request");
  CHECK(made(std::nullopt, challenge) == "invalid_request");
  CHECK(made("S256", std::nullopt) == "invalid_request");
  for (const std::string& text : Texts{"", "short", verifier + std::string("="), std::string(43, '.')}) {
    CHECK(made("S256", text) == "invalid_request");
  }
}

TEST_CASE("A public client needs a challenge and no secret") {
  ClientHub hub;
  const auto spa =
      *must(hub.run(hub.as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true}))
           .object;
  core::CreateCode request = for_acme;
  request.app = "shop";
  request.credential = "spa";
  CHECK(code_of(hub.run(hub.as_operator(), &core::create_code, request)) == "invalid_request");
  request.code_challenge = challenge;
  request.code_challenge_method = "S256";
  const Secret code = hub.code(request);
  const core::Issued issued = must(hub.redeemed(
      {.code = code, .credential_id = *CredentialId::parse(spa.id), .redirect_uri = {}, .code_verifier = verifier}));
  CHECK(hub.decoded(issued).claims["aud"] == Json::array({"shop/spa"}));
  CHECK(core::refresh_token(hub.hub(), ClientHub::as_nobody(), {.refresh_token = *issued.refresh_token}));
}

TEST_CASE("A code lives for a minute and one of the Nexus dialect for ten") {
  ClientHub hub;
  const Secret code = hub.code(for_acme), late = hub.code(for_acme);
  hub.clock().advance(minute - std::chrono::microseconds(1));
  CHECK(hub.redeemed(code));
  hub.clock().advance(std::chrono::microseconds(1));
  CHECK(code_of(hub.redeemed(late)) == "invalid_grant");
  const std::string member =
      must(hub.run(hub.as_operator(), &core::show_membership, {.member = "owner@acme.test", .org = "acme"})).id;
  const Secret slow = hub.code({.dialect = "nexus", .profile = member});
  const Secret slower = hub.code({.dialect = "nexus", .profile = member});
  hub.clock().advance(Seconds(599));
  CHECK(hub.redeemed_nexus(slow));
  hub.clock().advance(Seconds(1));
  CHECK(code_of(hub.redeemed_nexus(slower)) == "invalid_grant");
}

TEST_CASE("CO-02 a second redemption ends all that came of the first") {
  ClientHub hub;
  const Secret code = hub.code(with_challenge());
  core::RedeemCode request = hub.redemption(code);
  request.code_verifier = verifier;
  const core::Issued first = must(hub.redeemed(request));
  const core::Issued second = must(hub.refreshed(first));
  SUBCASE("of whom it belongs to") {
    hub.clock().advance(hour / 2);  // long after the code would have expired
    CHECK(code_of(hub.redeemed(request)) == "invalid_grant");
    CHECK(code_of(hub.bearer(first)) == "invalid_token");
    CHECK(code_of(hub.bearer(second)) == "invalid_token");
    CHECK(code_of(hub.refreshed(second)) == "invalid_grant");
    const AuditRow row = hub.audit_rows().back();
    CHECK(row.action == "code redeem");
    CHECK(row.result == "invalid_grant");
    CHECK(row.organization_id->text() == hub.org_id("acme"));
  }
  SUBCASE("and of nobody else") {
    request.code_verifier = std::string(43, 'x');
    CHECK(code_of(hub.redeemed(request)) == "invalid_grant");
    CHECK(hub.bearer(second));
  }
}

TEST_CASE("A code of the Nexus dialect gives an opaque token once") {
  ClientHub hub;
  const std::string member =
      must(hub.run(hub.as_operator(), &core::show_membership, {.member = "owner@acme.test", .org = "acme"})).id;
  const Secret code = hub.code({.dialect = "nexus", .profile = member});
  CHECK(code_of(hub.redeemed(code)) == "invalid_grant");  // at the route of the hub dialect
  hub.grant("shop", "acme");
  core::RedeemCode by_key = hub.redemption(code);
  by_key.credential_id = must(hub.client(hub.key_of("shop"))).credential.id;
  CHECK(code_of(core::redeem_nexus_code(hub.hub(), ClientHub::as_nobody(), by_key)) == "principal_not_allowed");
  const core::CredentialAnswer foreign = hub.credential("warehouse");
  core::RedeemCode by_other = hub.redemption(code);
  by_other.credential_id = *CredentialId::parse(foreign.id);
  CHECK(code_of(core::redeem_nexus_code(hub.hub(), ClientHub::as_nobody(), by_other)) == "invalid_grant");
  const Secret token = must(hub.redeemed_nexus(code));
  CHECK(hub.bearer(token));
  CHECK(code_of(hub.redeemed_nexus(code)) == "invalid_grant");
  CHECK(code_of(hub.bearer(token)) == "invalid_token");
}

TEST_CASE("CO-07 what was consented to is asked again at redemption") {
  ClientHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"admin"});
  core::CreateCode request = for_acme;
  request.app = "shop";
  const Secret code = *must(hub.run(hub.as("jane@acme.test"), &core::create_code, request)).object->code;
  const core::RedeemCode redemption = hub.redemption(code);
  std::string expected = "invalid_grant";
  SUBCASE("an app that was disabled") {
    must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "inactive"}));
  }
  SUBCASE("a redirect target that is gone") {
    must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .redirects = Texts{"https://shop.test/new"}}));
  }
  SUBCASE("an admin who is one no more") {
    must(hub.run(hub.as_operator(), &core::update_membership,
                 {.member = "jane@acme.test", .org = "acme", .role = {"member"}}));
  }
  SUBCASE("an admin who left") {
    must(hub.run(hub.as_operator(), &core::remove_member, {.member = "jane@acme.test", .org = "acme"}));
  }
  SUBCASE("a scope that is no longer desired") { hub.desire("shop", {"shop.orders.r"}); }
  SUBCASE("a credential that was revoked") {
    const CredentialId id = hub.client().credential.id;
    must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.client_id()}));
    CHECK(code_of(hub.redeemed({.code = code, .credential_id = id})) == "invalid_client");
    return;
  }
  SUBCASE("a connection that was ended meanwhile") {
    hub.install("shop", "org:acme", {"shop.items.r"});
    hub.uninstall("shop/acme");
  }
  SUBCASE("and nothing else") { expected = "ok"; }
  CHECK(code_of(hub.redeemed(redemption)) == expected);
  CHECK(is_connected(hub, "shop/acme") == (expected == "ok"));
}

TEST_CASE("SC-04 only an admin consents for an organization and only a person for themselves") {
  ClientHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"member"});
  const auto made = [&](const std::string& by, core::CreateCode request) {
    request.app = "shop";
    return hub.run(hub.as(by), &core::create_code, request);
  };
  CHECK(code_of(made("jane@acme.test", for_acme)) == "role_required");
  CHECK(code_of(made("owner@acme.test", for_acme)) == "ok");
  CHECK(code_of(made("admin@vendor.test", for_acme)) == "not_found");
  CHECK(code_of(made("jane@acme.test", {.subject = "person:owner@acme.test"})) == "not_found");
  CHECK(code_of(made("jane@acme.test", {.scopes = {"zaikio.person.r"}})) == "ok");
  // A plain member acts with what the organization has granted before, and grants nothing (section 3.1).
  const core::CreateCode acting{.subject = "org:acme",
                                .acting = "jane@acme.test",
                                .scopes = {"shop.items.r", "shop.orders.r", "zaikio.person.r"}};
  CHECK(code_of(made("jane@acme.test", acting)) == "role_required");
  hub.install("shop", "org:acme", {"shop.items.r"});
  const Secret code = *must(made("jane@acme.test", acting)).object->code;
  const core::Issued issued = must(hub.redeemed(code));
  CHECK(issued.scope == "shop.items.r,zaikio.person.r");
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {"shop/acme"})).scopes == Texts{"shop.items.r"});
  CHECK(is_connected(hub, "shop/jane@acme.test"));
}

TEST_CASE("What a code cannot be made of is refused with its reason") {
  ClientHub hub;
  const auto made = [&](core::CreateCode request) {
    if (request.app.empty()) request.app = "shop";
    return code_of(hub.run(hub.as_operator(), &core::create_code, request));
  };
  CHECK(made({.app = "nothing"}) == "unknown_application");
  CHECK(made({.app = "zaikio", .subject = "org:acme"}) == "principal_not_allowed");
  CHECK(made({.app = "warehouse", .subject = "org:acme"}) == "not_found");  // no credential
  CHECK(made({.dialect = "saml", .subject = "org:acme"}) == "invalid_request");
  CHECK(made({.scopes = {"shop.items.r"}}) == "invalid_request");  // of whom?
  CHECK(made({.subject = "org:acme", .redirect_uri = "https://evil.test/cb"}) == "invalid_redirect");
  CHECK(made({.subject = "org:acme", .scopes = {"shop.items"}}) == "malformed_scope");
  CHECK(made({.subject = "org:acme", .scopes = {"shop.orders.rw"}}) == "scope_is_not_included_in_desired_scopes");
  CHECK(made({.subject = "org:acme", .scopes = {"nobody.nothing.r"}}) == "ok");  // falls away without a word
  CHECK(made({.subject = "org:acme", .profile = "x"}) == "invalid_request");
  CHECK(made({.dialect = "nexus"}) == "invalid_request");
  CHECK(made({.dialect = "nexus", .subject = "org:acme", .profile = "x"}) == "invalid_request");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "none"}));
  const std::string member =
      must(hub.run(hub.as_operator(), &core::show_membership, {.member = "owner@acme.test", .org = "acme"})).id;
  CHECK(made({.dialect = "nexus", .profile = member}) == "oauth_not_enabled");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "own"}));
  CHECK(made({.dialect = "nexus", .profile = member}) == "access_denied");
  CHECK(made({.subject = "person:owner@acme.test"}) == "access_denied");
  CHECK(made({.subject = "org:acme"}) == "ok");  // an organization's grant is not limited by it
}

TEST_CASE("A code that was only tried is none") {
  ClientHub hub;
  Call call = hub.as_operator();
  call.dry_run = true;
  core::CreateCode request = for_acme;
  request.app = "shop";
  CHECK_FALSE(must(hub.run(call, &core::create_code, request)).object->code);
  CHECK(hub.count("SELECT id FROM authorization_code WHERE organization_id IS NOT NULL") == 0);
}

TEST_CASE("CO-08 of many who redeem one code at once exactly one gets a token") {
  ClientHub hub;
  const Secret code = hub.code(for_acme);
  const core::RedeemCode request = hub.redemption(code);
  std::array<std::string, 8> outcomes;
  {
    std::vector<std::jthread> threads;
    for (std::string& outcome : outcomes) threads.emplace_back([&] { outcome = code_of(hub.redeemed(request)); });
  }
  CHECK(std::ranges::count(outcomes, "ok") == 1);
  CHECK(std::ranges::count(outcomes, "invalid_grant") == 7);
  CHECK(hub.count("SELECT id FROM token WHERE organization_id IS NOT NULL") == 1);
}
