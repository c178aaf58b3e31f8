#include "hub/core/consent.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/consent_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

const char* const owner = ConsentHub::owner;
const char* const member = ConsentHub::member_of_acme;

// "acme+" for one to go on with, "zeta" for one to look at.
Texts names_of(const core::ConsentAsk& ask) {
  Texts out;
  for (const core::Candidate& one : ask.candidates) out.push_back(one.organization.slug + (one.selectable ? "+" : ""));
  return out;
}

// "shop.items.r", with a star if it is new.
Texts scopes_of(const core::ConsentAsk& ask) {
  Texts out;
  for (const core::ScopeInWords& one : ask.scopes) out.push_back(one.scope + (one.is_new ? "*" : ""));
  return out;
}

bool is_connected(ConsentHub& hub, const std::string& connection) {
  return hub.run(hub.as_operator(), &core::show_connection, {connection}).has_value();
}

std::string error_of(const core::Answer& answer) {
  return answer.error ? std::string(answer.error->code.name) : "none";
}

}  // namespace

TEST_CASE("A person is asked the first time and when something is new and otherwise not") {
  ConsentHub hub;
  core::ConsentAsk ask = hub.page("zaikio.person.r", owner);
  CHECK(ask.needs_answer);
  CHECK_FALSE(ask.wants_organization);
  CHECK(ask.owner == "vendor");
  CHECK(ask.redirect_host == "shop.test");
  CHECK(scopes_of(ask) == Texts{"zaikio.person.r*"});
  CHECK(ask.scopes.front().provider.size() > 1);

  const core::Pending silent = hub.pending("zaikio.person.r");
  CHECK(code_of(hub.decided(silent, owner, std::nullopt, true, true)) == "consent_required");
  const core::Answer answer = hub.answered(silent, owner);
  REQUIRE(answer.code);
  CHECK_FALSE(is_connected(hub, std::string("shop/person:") + owner));
  must(hub.redeemed(*answer.code));
  CHECK(is_connected(hub, std::string("shop/person:") + owner));

  CHECK_FALSE(hub.page("zaikio.person.r", owner).needs_answer);
  CHECK(must(hub.decided(hub.pending("zaikio.person.r"), owner, std::nullopt, true, true)).allowed);
  ask = hub.page("zaikio.person.r,shop.items.r", owner);
  CHECK(ask.needs_answer);
  CHECK(scopes_of(ask) == Texts{"zaikio.person.r", "shop.items.r*"});
  hub.news();
  CHECK(hub.signed_in("zaikio.person.r,shop.items.r", owner).scope == "zaikio.person.r,shop.items.r");
  CHECK(hub.news().front().starts_with("zaikio.connection_changed Per/"));
}

TEST_CASE("Signing in without scopes is asked for once too") {
  ConsentHub hub;
  CHECK(hub.page("", owner).needs_answer);
  CHECK(hub.signed_in("", owner).scope.empty());
  CHECK_FALSE(hub.page("", owner).needs_answer);
  core::AskAuthorization again = hub.asking("");
  again.hints.force_consent = true;
  CHECK(std::get<core::ConsentAsk>(hub.considered(hub.pending(again).request, owner)).needs_answer);
}

TEST_CASE("Org lists the organizations of the person and only an admin can go on with one") {
  ConsentHub hub;
  const core::ConsentAsk ask = hub.page("Org.shop.items.r", owner);
  CHECK(ask.wants_organization);
  CHECK(ask.may_create_organization);
  CHECK(names_of(ask) == Texts{"acme+", "zeta"});
  REQUIRE(ask.chosen);
  CHECK(ask.chosen->organization.slug == "acme");
  CHECK(scopes_of(ask) == Texts{"shop.items.r*"});

  const core::ConsentAsk refused = hub.page("Org.shop.items.r", owner, "zeta");
  CHECK(refused.may_ask_admins);
  CHECK(refused.admins == Texts{"admin@zeta.test"});

  const core::Pending pending = hub.pending("Org.shop.items.r");
  CHECK(code_of(hub.decided(pending, owner)) == "invalid_request");
  CHECK(code_of(hub.decided(pending, owner, "zeta")) == "role_required");
  CHECK(code_of(hub.decided(pending, owner, "vendor")) == "role_required");
  const core::Answer answer = hub.answered(pending, owner, "acme");
  REQUIRE(answer.code);
  CHECK_FALSE(is_connected(hub, "shop/acme"));
  const core::Issued issued = must(hub.redeemed(*answer.code));
  CHECK(hub.decoded(issued).claims["sub"] == "Organization/" + hub.org_id("acme"));
  CHECK(is_connected(hub, "shop/acme"));
  CHECK_FALSE(issued.bearer_on_behalf_of);

  const core::ConsentAsk again = hub.page("Org.shop.items.r", owner);
  CHECK(again.needs_answer);  // the choice is always shown
  CHECK(scopes_of(again) == Texts{"shop.items.r"});
  // Whoever belongs nowhere can still make an organization.
  CHECK(hub.page("Org.shop.items.r", ConsentHub::loner).candidates.empty());
}

TEST_CASE("An organization the app names is not chosen but an admin has to be there") {
  ConsentHub hub;
  const std::string acme = "Org/" + hub.org_id("acme") + ".";
  const core::ConsentAsk ask = hub.page(acme + "shop.items.r", owner);
  CHECK(ask.is_fixed);
  CHECK(ask.needs_answer);
  CHECK(hub.refusal(acme + "shop.items.r", member) == "unpermitted_bearer_id");
  CHECK(hub.refusal(acme + "shop.items.r", "admin@zeta.test") == "bearer_does_not_exist");
  CHECK(hub.refusal("Org/00000000-0000-4000-8000-000000000000.shop.items.r", owner) == "bearer_does_not_exist");
  hub.signed_in(acme + "shop.items.r", owner);
  CHECK_FALSE(hub.page(acme + "shop.items.r", owner).needs_answer);
  CHECK(hub.page(acme + "shop.orders.r", owner).needs_answer);
  CHECK(code_of(hub.decided(hub.pending(acme + "shop.items.r"), owner, "zeta")) == "role_required");
}

TEST_CASE("A member acts for an organization with what it has granted and no more") {
  ConsentHub hub;
  core::ConsentAsk ask = hub.page("Per>Org.shop.items.r,Per>Org.shop.orders.r,Per>Org.zaikio.person.r", member);
  CHECK(names_of(ask) == Texts{"acme"});
  ask = hub.page("Per>Org.shop.items.r", member, "acme");
  CHECK(ask.may_ask_admins);
  CHECK(code_of(hub.decided(hub.pending("Per>Org.shop.items.r"), member, "acme")) == "role_required");
  // Where the app is not installed and the app named it the page says whom to ask instead of sending an error.
  CHECK(hub.page("Per>Org/" + hub.org_id("acme") + ".shop.items.r", member).may_ask_admins);

  hub.install("shop", "org:acme", {"shop.items.r"});
  ask = hub.page("Per>Org.shop.items.r,Per>Org.shop.orders.r,Per>Org.zaikio.person.r", member);
  CHECK(names_of(ask) == Texts{"acme+"});
  CHECK(scopes_of(ask) == Texts{"shop.items.r", "zaikio.person.r*"});
  const core::Issued issued =
      hub.signed_in("Per>Org.shop.items.r,Per>Org.shop.orders.r,Per>Org.zaikio.person.r", member, "acme");
  CHECK(issued.scope == "shop.items.r,zaikio.person.r");
  CHECK(issued.bearer_on_behalf_of);
  const auto connection = must(hub.run(hub.as_operator(), &core::show_connection, {"shop/acme"}));
  CHECK(connection.scopes == Texts{"shop.items.r"});
}

TEST_CASE("SC-04 who becomes an admin between consent and exchange grants nothing they were not asked about") {
  ConsentHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Answer answer = hub.answered(hub.pending("Per>Org.shop.items.r,Per>Org.shop.orders.r"), member, "acme");
  must(hub.run(hub.as_operator(), &core::update_membership, {.member = member, .org = "acme", .role = {"admin"}}));
  CHECK(must(hub.redeemed(*answer.code)).scope == "shop.items.r");
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {"shop/acme"})).scopes == Texts{"shop.items.r"});
}

TEST_CASE("An admin who acts for an organization grants what is missing and connects themself") {
  ConsentHub hub;
  CHECK(hub.signed_in("Per>Org.shop.orders.r,Per>Org.zaikio.person.r", owner, "acme").scope ==
        "shop.orders.r,zaikio.person.r");
  CHECK(is_connected(hub, "shop/acme"));
  CHECK(is_connected(hub, std::string("shop/person:") + owner));
}

TEST_CASE("G-01 a request is decided once and no is an answer too") {
  ConsentHub hub;
  const core::Pending pending = hub.pending("shop.items.r");
  const core::Decision denied = must(hub.decided(pending, owner, std::nullopt, false));
  CHECK_FALSE(denied.allowed);
  CHECK(error_of(*denied.answer) == "access_denied");
  CHECK(code_of(hub.decided(pending, owner)) == "invalid_link");
  const core::Pending allowed = hub.pending("shop.items.r");
  CHECK(hub.answered(allowed, owner).code);
  CHECK(code_of(hub.decided(allowed, owner)) == "invalid_link");
  CHECK(code_of(hub.decided(allowed, owner, std::nullopt, false)) == "invalid_link");
}

TEST_CASE("What changed since the page was shown counts when it is decided") {
  ConsentHub hub;
  const core::Pending by_admin = hub.pending("Org.shop.items.r");
  must(hub.run(hub.as_operator(), &core::add_member, {.person = "admin@zeta.test", .org = "acme", .role = {"owner"}}));
  must(hub.run(hub.as_operator(), &core::update_membership, {.member = owner, .org = "acme", .role = {"member"}}));
  CHECK(code_of(hub.decided(by_admin, owner, "acme")) == "role_required");
  CHECK(has(Texts{hub.audit_rows().back().result}, "role_required"));

  const core::Pending undesired = hub.pending("shop.orders.r,shop.items.r");
  hub.desire("shop", {"shop.items.r", "zaikio.person.r"});
  const core::Pending organization = hub.pending("Org.zaikio.person.r");
  hub.desire("shop", {"zaikio.organization.r"});
  CHECK(error_of(hub.answered(undesired, owner)) == "scope_is_not_included_in_desired_scopes");

  const core::Pending moved = hub.pending("");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .redirects = Texts{"https://new.test/cb"}}));
  CHECK(code_of(hub.decided(moved, owner)) == "invalid_redirect");
}

TEST_CASE("Apps refuse whom they do not admit") {
  ConsentHub hub;
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "own"}));
  CHECK(hub.refusal("zaikio.person.r", owner) == "access_denied");
  CHECK(hub.refusal("Per>Org.shop.items.r", owner) == "access_denied");
  CHECK(hub.refusal("zaikio.person.r", "member@vendor.test") == "none");
  CHECK(hub.refusal("Org.shop.items.r", owner) == "none");  // what an organization grants is its own affair
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "any", .state = "in_review"}));
  CHECK(hub.refusal("zaikio.person.r", owner) == "access_denied");
  CHECK(hub.refusal("Org.shop.items.r", owner) == "access_denied");
  CHECK(hub.refusal("Org.shop.items.r", "admin@vendor.test") == "none");
}

TEST_CASE("A private app is for its owner and whom it invited and nobody signs up on the way") {
  ConsentHub hub;
  hub.app("inside", "vendor", "private");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "inside", .redirects = Texts{ConsentHub::target}}));
  const std::string id = hub.credential("inside").client_id;
  core::AskAuthorization asking = hub.asking("Org.zaikio.organization.r");
  asking.client_id = id;
  hub.desire("inside", {"zaikio.organization.r"});
  const core::Pending pending = hub.pending(asking);
  CHECK_FALSE(pending.request.hints.may_sign_up);
  CHECK(std::holds_alternative<core::Answer>(hub.considered(pending.request, owner)));
  const auto ask = std::get<core::ConsentAsk>(hub.considered(pending.request, "admin@vendor.test"));
  CHECK_FALSE(ask.may_create_organization);
  CHECK(names_of(ask) == Texts{"vendor+"});
}

TEST_CASE("A public client that cannot prove itself is asked about each time in production") {
  ConsentHub hub;
  must(hub.run(hub.as_operator(), &core::update_app,
               {.app = "shop", .redirects = Texts{ConsentHub::target, "myapp://auth", "http://localhost/cb"}}));
  const auto spa =
      *must(hub.run(hub.as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true}))
           .object;
  hub.install("shop", std::string("person:") + owner, {"shop.items.r"});
  const auto asked_at = [&](const std::string& target) {
    core::AskAuthorization asking = hub.asking("shop.items.r");
    asking.client_id = spa.client_id;
    asking.redirect_uri = target;
    asking.code_challenge = challenge;
    asking.code_challenge_method = "S256";
    return std::get<core::ConsentAsk>(hub.considered(hub.pending(asking).request, owner)).needs_answer;
  };
  CHECK_FALSE(asked_at(ConsentHub::target));
  CHECK(asked_at("myapp://auth"));
  CHECK(asked_at("http://localhost/cb"));
}

TEST_CASE("Scopes of OpenID Connect are agreed to beside those of apps and remembered") {
  ConsentHub hub;
  const std::string scope = "openid email shop.items.r";
  core::ConsentAsk ask = hub.page(scope, owner);
  CHECK(ask.request.dialect == CodeDialect::standard);
  CHECK(scopes_of(ask) == Texts{"shop.items.r*", "openid*", "email*"});
  const core::Answer answer = hub.answered(hub.pending(scope), owner);
  core::RedeemCode redemption = hub.redemption(*answer.code, CodeDialect::standard);
  CHECK(code_of(hub.redeemed(redemption)) == "invalid_request");  // CO-06: the target was sent and has to be again
  redemption.redirect_uri = ConsentHub::target;
  must(hub.redeemed(redemption));
  CHECK_FALSE(hub.page(scope, owner).needs_answer);
  ask = hub.page("openid email phone shop.items.r", owner);
  CHECK(ask.needs_answer);
  CHECK(scopes_of(ask) == Texts{"shop.items.r", "openid", "email", "phone*"});
  hub.uninstall(std::string("shop/person:") + owner);
  CHECK(scopes_of(hub.page("openid", owner)) == Texts{"openid*"});
}

TEST_CASE("AZ-13 a code of the hub works at the standard route too and no other elsewhere") {
  ConsentHub hub;
  const Secret of_hub = *hub.answered(hub.pending("shop.items.r"), owner).code;
  CHECK(must(hub.redeemed(hub.redemption(of_hub, CodeDialect::standard))).scope == "shop.items.r");
  const Secret standard = *hub.answered(hub.pending("email"), owner).code;
  CHECK(code_of(hub.redeemed(hub.redemption(standard, CodeDialect::hub))) == "invalid_grant");
  must(hub.redeemed(hub.redemption(standard, CodeDialect::standard)));
}

TEST_CASE("Apps get a verified address if they ask for it and profiles always have one") {
  ConsentHub hub;
  hub.person("new@acme.test", false);
  core::AskAuthorization asking = hub.asking("");
  CHECK_FALSE(
      std::get<core::ConsentAsk>(hub.considered(hub.pending(asking).request, "new@acme.test")).needs_verified_email);
  asking.hints.confirm_email = true;
  const core::Pending pending = hub.pending(asking);
  CHECK(std::get<core::ConsentAsk>(hub.considered(pending.request, "new@acme.test")).needs_verified_email);
  CHECK(code_of(hub.decided(pending, "new@acme.test")) == "wrong_state");
  CHECK(hub.decided(pending, owner));
}
