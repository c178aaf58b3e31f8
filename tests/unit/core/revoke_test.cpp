#include <doctest/doctest.h>

#include "hub/core/token.h"
#include "support/token_hub.h"

// Revocation: zaikio-hub.md section 4.3, claims TK-08 and AC-04.

using namespace hub;
using namespace hub::testing;

namespace {

class RevokeHub : public TokenHub {
 public:
  RevokeHub() {
    install("shop", "org:acme", {"shop.items.r"});
    install("shop", "org:vendor", {"shop.items.r"});
    install("shop", "owner@acme.test", {"zaikio.person.r"});
    for_acme = issued("org:acme", {"shop.items.r"});
    for_vendor = issued("org:vendor", {"shop.items.r"});
    for_owner = issued("person:owner@acme.test", {"zaikio.person.r"});
    on_behalf = issued("org:acme", {"shop.items.r"}, "person:owner@acme.test");
    news();
  }

  Result<core::Changed<core::RevokedTokens>> revoke(const core::RevokeTokens& request) {
    clock().advance(std::chrono::milliseconds(1));
    return run(as_operator(), &core::revoke_tokens, request);
  }
  // a active, r revoked: of the four tokens in the order they were made
  std::string states() {
    std::string out;
    for (const core::Issued* issued : {&for_acme, &for_vendor, &for_owner, &on_behalf}) out += state(*issued)[0];
    return out;
  }
  std::string refreshable() {
    std::string out;
    Call call = as_operator();
    call.dry_run = true;
    for (const core::Issued* issued : {&for_acme, &for_vendor, &for_owner, &on_behalf}) {
      out += core::refresh_token(hub(), call, {.refresh_token = *issued->refresh_token}) ? 'y' : 'n';
    }
    return out;
  }
  Texts listed() {
    Texts out;
    for (const core::RevokedToken& one : must(list(as_operator(), &core::list_revoked_tokens, {}))) {
      out.push_back(one.jti);
    }
    return out;
  }

  core::Issued for_acme, for_vendor, for_owner, on_behalf;
};

}  // namespace

TEST_CASE("A token revoked by its jti is listed and announced and cannot be refreshed") {
  RevokeHub hub;
  const std::string jti = hub.jti(hub.for_acme);
  const auto done = must(hub.revoke({.jti = jti}));
  CHECK(done.changed);
  CHECK(done.object->revoked == 1);
  CHECK(done.object->jti == jti);
  CHECK(hub.states() == "raaa");
  CHECK(hub.refreshable() == "nyyy");
  CHECK(hub.verified_status(hub.for_acme) == 12);
  CHECK(hub.row(jti).revoked_at == hub.clock().now());
  CHECK(hub.news() == Texts{"zaikio.revoked_access_token Org/" + hub.org_id("acme") + R"( {"access_token_id":")" + jti +
                            R"("} all)"});
  const auto listed = must(hub.list(hub.as_operator(), &core::list_revoked_tokens, {}));
  REQUIRE(listed.size() == 1);
  CHECK(listed[0].jti == jti);
  CHECK(listed[0].app == "shop");
  CHECK(unix_seconds(listed[0].expires_at) == hub.decoded(hub.for_acme).claims["exp"]);
  CHECK_FALSE(must(hub.revoke({.jti = jti})).changed);
  CHECK(hub.news().empty());
}

TEST_CASE("Revoking a token ends the refresh tokens of its family whatever generation it is") {
  RevokeHub hub;
  const core::Issued second = must(hub.refreshed(hub.for_acme)), third = must(hub.refreshed(second));
  CHECK(must(hub.revoke({.jti = hub.jti(hub.for_acme)})).object->revoked == 1);
  CHECK(hub.state(third) == "active");  // only the one that was named, and what could renew it
  CHECK(code_of(hub.refreshed(third)) == "invalid_grant");
}

TEST_CASE("An expired token can still be ended while it can be refreshed") {
  RevokeHub hub;
  hub.clock().advance(2 * hour);
  const auto done = must(hub.revoke({.jti = hub.jti(hub.for_acme)}));
  CHECK(done.changed);
  CHECK(done.object->revoked == 0);
  CHECK(hub.row(hub.jti(hub.for_acme)).state == "expired");
  CHECK(hub.refreshable() == "nyyy");
  CHECK(hub.listed().empty());
  CHECK_FALSE(must(hub.revoke({.jti = hub.jti(hub.for_acme)})).changed);
  const auto rest = must(hub.revoke({.app = "shop"}));
  CHECK(rest.changed);
  CHECK(rest.object->revoked == 0);
  CHECK(hub.refreshable() == "nnnn");
  CHECK_FALSE(must(hub.revoke({.app = "shop"})).changed);
}

TEST_CASE("Tokens are revoked by organization") {
  RevokeHub hub;
  CHECK(must(hub.revoke({.organization = "acme"})).object->revoked == 2);
  CHECK(hub.states() == "raar");
  CHECK(hub.refreshable() == "nyyn");
}

TEST_CASE("Tokens are revoked by person with those they act with") {
  RevokeHub hub;
  CHECK(must(hub.revoke({.person = "owner@acme.test"})).object->revoked == 2);
  CHECK(hub.states() == "aarr");
  CHECK(hub.refreshable() == "yynn");
  CHECK(hub.news().size() == 2);
}

TEST_CASE("Tokens are revoked by app and by credential and all together") {
  RevokeHub hub;
  hub.credential("shop", "ci");
  const core::Issued other = must(
      core::issue_token(hub.hub(), hub.as_operator(),
                        {.app = "shop", .credential = "ci", .subject = "org:acme", .scopes = {TokenHub::no_scope}}));
  SUBCASE("app") {
    CHECK(must(hub.revoke({.app = "warehouse"})).object->revoked == 0);
    CHECK(must(hub.revoke({.app = "shop"})).object->revoked == 5);
    CHECK(hub.listed().size() == 5);
  }
  SUBCASE("credential") {
    CHECK(must(hub.revoke({.credential = "shop/ci"})).object->revoked == 1);
    CHECK(hub.states() == "aaaa");
    CHECK(hub.state(other) == "revoked");
    CHECK(code_of(hub.refreshed(other)) == "invalid_grant");
    return;
  }
  SUBCASE("all") {
    CHECK(code_of(hub.revoke({.all = true})) == "invalid_request");
    CHECK(code_of(hub.revoke({.all = true, .confirm = "hub"})) == "invalid_request");
    CHECK(must(hub.revoke({.all = true, .confirm = "HUB"})).object->revoked == 5);
  }
  CHECK(hub.states() == "rrrr");
  CHECK(hub.refreshable() == "nnnn");
  CHECK(hub.news().size() == 5);
}

TEST_CASE("A request to revoke names exactly one thing that exists") {
  RevokeHub hub;
  CHECK(code_of(hub.revoke({})) == "invalid_request");
  CHECK(code_of(hub.revoke({.app = "shop", .organization = "acme"})) == "invalid_request");
  CHECK(code_of(hub.revoke({.jti = "x", .all = true, .confirm = "HUB"})) == "invalid_request");
  CHECK(code_of(hub.revoke({.jti = "not-a-jti"})) == "not_found");
  CHECK(code_of(hub.revoke({.jti = hub.org_id("acme")})) == "not_found");
  CHECK(code_of(hub.revoke({.app = "nobody"})) == "unknown_application");
  CHECK(code_of(hub.revoke({.organization = "nobody"})) == "not_found");
  const auto ensured = must(hub.run(hub.ensuring(), &core::revoke_tokens, {.jti = "not-a-jti"}));
  CHECK_FALSE(ensured.changed);
  CHECK(hub.states() == "aaaa");
}

TEST_CASE("The published list shrinks as revoked tokens expire") {
  RevokeHub hub;
  hub.clock().advance(30 * minute);
  const core::Issued late = hub.issued("org:acme", {});
  const Instant since = hub.clock().now();
  must(hub.revoke({.jti = hub.jti(hub.for_acme)}));
  hub.clock().advance(minute);
  must(hub.revoke({.jti = hub.jti(late)}));
  CHECK(hub.listed() == Texts{hub.jti(hub.for_acme), hub.jti(late)});
  const auto recent = must(hub.list(hub.as_operator(), &core::list_revoked_tokens, {.since = since + minute}));
  CHECK(recent.size() == 1);
  hub.clock().advance(40 * minute);
  CHECK(hub.listed() == Texts{hub.jti(late)});
  CHECK(hub.verified_status(hub.for_acme) == 12);  // revoked is said before expired
  hub.clock().advance(hour);
  CHECK(hub.listed().empty());
}

TEST_CASE("People end the tokens of what they administer and their own") {
  RevokeHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"member"});
  const auto by = [&](const std::string& email, const core::RevokeTokens& request) {
    return code_of(hub.run(hub.as(email), &core::revoke_tokens, request));
  };
  const std::string acme = hub.jti(hub.for_acme), vendor = hub.jti(hub.for_vendor);
  CHECK(by("jane@acme.test", {.jti = acme}) == "not_found");
  CHECK(by("member@vendor.test", {.jti = acme}) == "not_found");
  CHECK(by("owner@acme.test", {.jti = vendor}) == "not_found");
  CHECK(by("jane@acme.test", {.organization = "acme"}) == "role_required");
  CHECK(by("member@vendor.test", {.app = "shop"}) == "role_required");
  CHECK(by("member@vendor.test", {.credential = hub.shown("shop").client_id}) == "role_required");
  CHECK(by("owner@acme.test", {.app = "shop"}) == "unknown_application");
  CHECK(by("owner@acme.test", {.person = "jane@acme.test"}) == "not_found");
  CHECK(by("owner@acme.test", {.all = true, .confirm = "HUB"}) == "role_required");
  CHECK(hub.states() == "aaaa");
  CHECK(by("owner@acme.test", {.jti = acme}) == "ok");
  CHECK(by("owner@acme.test", {.person = "owner@acme.test"}) == "ok");
  CHECK(hub.states() == "rarr");
  CHECK(by("admin@vendor.test", {.app = "shop"}) == "ok");
  CHECK(hub.states() == "rrrr");
}

TEST_CASE("Tokens are listed newest first by state and only to whom they concern") {
  RevokeHub hub;
  must(hub.revoke({.jti = hub.jti(hub.for_acme)}));
  const auto jtis = [&](const Call& call, const core::ListTokens& request) {
    Texts out;
    for (const core::TokenAnswer& row : must(hub.list(call, &core::list_tokens, request))) out.push_back(row.jti);
    return out;
  };
  const std::string a = hub.jti(hub.for_acme), v = hub.jti(hub.for_vendor), o = hub.jti(hub.for_owner),
                    b = hub.jti(hub.on_behalf);
  CHECK(jtis(hub.as_operator(), {}) == Texts{b, o, v, a});
  CHECK(jtis(hub.as_operator(), {.active = true}) == Texts{b, o, v});
  CHECK(jtis(hub.as_operator(), {.revoked = true}) == Texts{a});
  CHECK(jtis(hub.as_operator(), {.organization = "acme"}) == Texts{b, a});
  CHECK(jtis(hub.as_operator(), {.person = "owner@acme.test"}) == Texts{b, o});
  CHECK(jtis(hub.as("owner@acme.test"), {}) == Texts{b, o, a});
  CHECK(jtis(hub.as("admin@vendor.test"), {.app = "shop"}) == Texts{b, o, v, a});
  CHECK(jtis(hub.as("contact@vendor.test"), {.app = "shop"}).empty());
  CHECK(code_of(hub.list(hub.as_operator(), &core::list_tokens, {.app = "shop", .organization = "acme"})) ==
        "invalid_request");
  hub.clock().advance(hour);
  CHECK(jtis(hub.as_operator(), {.expired = true}) == Texts{b, o, v});
  CHECK(code_of(hub.run(hub.as("contact@vendor.test"), &core::show_token, {v})) == "not_found");
}
