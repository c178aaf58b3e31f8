#include <doctest/doctest.h>

#include <random>

#include "hub/core/issue.h"
#include "hub/core/lifecycle.h"
#include "hub/core/token_request.h"
#include "support/token_hub.h"

// Steps 6 to 10 of zaikio-hub.md section 2.3, in order, and who may use an app at all.

using namespace hub;
using namespace hub::testing;

namespace {

void set_state(TokenHub& hub, const std::string& state) {
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = state}));
}

}  // namespace

TEST_CASE("Scopes that do not exist or do not apply fall away before the desired list is asked") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued issued = hub.issued(
      "org:acme", {"nobody.items.r", "zaikio.person.r", "shop.nothing.r", "zaikio.webhooks.r", "shop.items.r"});
  CHECK(hub.decoded(issued).scopes() == Texts{"shop.items.r"});
  CHECK(hub.dropped(issued) == Texts{"nobody.items.r unknown_scope", "zaikio.person.r does_not_apply_to_bearer",
                                     "shop.nothing.r unknown_scope", "zaikio.webhooks.r unknown_scope"});
}

TEST_CASE("A scope that exists and applies but is not desired ends the request") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.r", "warehouse.stock.w"})) ==
        "scope_is_not_included_in_desired_scopes");
  // rw desired is not r desired: matching is exact
  CHECK(code_of(hub.asked("org:acme", {"shop.orders.w"})) == "scope_is_not_included_in_desired_scopes");
}

TEST_CASE("The desired list is asked before the bearer is looked for and the bearer before the grant") {
  TokenHub hub;
  CHECK(code_of(hub.asked("org:acme", {"warehouse.stock.w"})) == "scope_is_not_included_in_desired_scopes");
  CHECK(code_of(hub.asked("org:acme", {"shop.items.r"})) == "bearer_does_not_exist");
  hub.install("shop", "org:acme", {});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.r"})) == "ungranted_scope");
  // not granted is said before the connection to the provider is asked for
  CHECK(code_of(hub.asked("org:acme", {"warehouse.stock.r"})) == "ungranted_scope");
}

TEST_CASE("Scopes of an app that the bearer is not connected to fall away last") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "warehouse.stock.r", "zaikio.organization.r"});
  const Texts all{"warehouse.stock.r", "shop.items.r", "zaikio.organization.r"};
  const core::Issued before = hub.issued("org:acme", all);
  CHECK(hub.decoded(before).scopes() == Texts{"shop.items.r", "zaikio.organization.r"});
  CHECK(hub.dropped(before) == Texts{"warehouse.stock.r not_connected_to_provider"});
  const core::ConnectionAnswer provider = hub.install("warehouse", "org:acme", {});
  const core::Issued connected = hub.issued("org:acme", all);
  CHECK(hub.decoded(connected).scopes() == all);
  CHECK(connected.dropped.empty());
  hub.uninstall(provider.id);
  CHECK(hub.decoded(hub.issued("org:acme", all)).scopes() == Texts{"shop.items.r", "zaikio.organization.r"});
}

TEST_CASE("A token without scopes says so with an empty text and an empty list") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const core::Issued issued = hub.issued("org:acme", {"nobody.items.r"});
  CHECK(issued.scope.empty());
  CHECK(hub.decoded(issued).claims["scope"] == Json::array());
  for (const Texts& none : {Texts{""}, Texts{" , "}}) CHECK(code_of(hub.asked("org:acme", none)) == "invalid_request");
}

TEST_CASE("A grant of rw covers r and w but no grant of r covers rw") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.rw"});
  CHECK(hub.decoded(hub.issued("org:acme", {"shop.items.w", "shop.items.r", "shop.items.rw"})).scopes() ==
        Texts{"shop.items.w", "shop.items.r", "shop.items.rw"});
  hub.install("shop", "org:vendor", {"shop.items.r", "shop.items.w"});
  CHECK(code_of(hub.asked("org:vendor", {"shop.items.rw"})) == "ungranted_scope");
}

TEST_CASE("Lists of scopes take commas and spaces and duplicates collapse") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "shop.orders.r"});
  CHECK(hub.issued("org:acme", {"shop.orders.r,shop.items.r shop.orders.r", ",shop.items.r,"}).scope ==
        "shop.orders.r,shop.items.r");
}

TEST_CASE("The old spelling of the hub's own scopes is echoed and stays through a refresh") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"directory.organization.r"});
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {"shop/org:acme"})).scopes ==
        Texts{"zaikio.organization.r"});
  const core::Issued issued = hub.issued("org:acme", {"directory.organization.r"});
  CHECK(issued.scope == "directory.organization.r");
  CHECK(hub.decoded(issued).scopes() == Texts{"directory.organization.r"});
  CHECK(must(hub.refreshed(issued)).scope == "directory.organization.r");
}

TEST_CASE("Built-in scopes need no connection to their provider") {
  TokenHub hub;
  hub.desire("shop", {"nexus211.profile.r", "zaikio.machines.rw"});
  hub.install("shop", "org:acme", {"profile.r", "zaikio.machines.rw"});
  CHECK(hub.decoded(hub.issued("org:acme", {"nexus211.profile.r", "zaikio.machines.rw"})).scopes() ==
        Texts{"nexus211.profile.r", "zaikio.machines.rw"});
}

TEST_CASE("On behalf the organization's scopes are granted by it and the person's by them") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.orders.r"});
  hub.install("shop", "owner@acme.test", {"zaikio.person.r", "shop.items.r"});
  const std::string owner = "person:owner@acme.test";
  CHECK(hub.decoded(hub.issued("org:acme", {"shop.orders.r", "zaikio.person.r"}, owner)).scopes() ==
        Texts{"shop.orders.r", "zaikio.person.r"});
  CHECK(code_of(hub.asked("org:acme", {"zaikio.organization.r"}, owner)) == "ungranted_scope");
}

TEST_CASE("What a person granted for themself opens nothing of the organization they act for") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  hub.install("shop", "owner@acme.test", {"shop.items.r"});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.r"}, "person:owner@acme.test")) == "ungranted_scope");
  must(hub.run(hub.as_operator(), &core::update_connection,
               {.connection = "shop/org:acme", .add_scopes = {"shop.items.r"}}));
  CHECK(hub.decoded(hub.issued("org:acme", {"shop.items.r"}, "person:owner@acme.test")).scopes() ==
        Texts{"shop.items.r"});
}

TEST_CASE("The provider of an organization's scope is connected to the organization and not to who acts") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"warehouse.stock.r"});
  hub.install("shop", "owner@acme.test", {});
  hub.install("warehouse", "owner@acme.test", {});
  const core::Issued issued = hub.issued("org:acme", {"warehouse.stock.r"}, "person:owner@acme.test");
  CHECK(hub.decoded(issued).scopes().empty());
  CHECK(hub.dropped(issued) == Texts{"warehouse.stock.r not_connected_to_provider"});
}

TEST_CASE("Acting on behalf needs both connections and a person who has joined as a member") {
  TokenHub hub;
  hub.person("jane@acme.test");
  const std::string jane = "person:jane@acme.test";
  hub.install("shop", "org:acme", {});
  CHECK(code_of(hub.asked("org:acme", {}, jane)) == "bearer_does_not_exist");
  hub.install("shop", "jane@acme.test", {});
  CHECK(code_of(hub.asked("org:acme", {}, jane)) == "bearer_does_not_exist");
  must(
      hub.run(hub.as_operator(), &core::invite_member, {.email = "jane@acme.test", .org = "acme", .role = {"member"}}));
  CHECK(code_of(hub.asked("org:acme", {}, jane)) == "bearer_does_not_exist");
  must(hub.run(hub.as_operator(), &core::accept_invitation, {.person = jane}));
  CHECK(code_of(hub.asked("org:acme", {}, jane)) == "ok");
}

TEST_CASE("A contact acts for nobody") {
  TokenHub hub;
  hub.install("shop", "org:vendor", {"shop.orders.r"});
  hub.install("shop", "contact@vendor.test", {});
  CHECK(code_of(hub.asked("org:vendor", {"shop.orders.r"}, "person:contact@vendor.test")) == "bearer_does_not_exist");
}

TEST_CASE("An app that is not active makes no tokens and takes no connections but those of its owner before review") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  hub.install("shop", "org:vendor", {});
  hub.install("shop", "member@vendor.test", {});
  hub.organization("other");
  const auto install_for = [&](const std::string& subject) {
    return code_of(hub.run(hub.as_operator(), &core::install_connection, {.app = "shop", .subject = subject}));
  };
  for (const std::string& state : Texts{"draft", "in_review"}) {
    set_state(hub, state);
    CHECK(code_of(hub.asked("org:acme", {})) == "bearer_does_not_exist");
    CHECK(code_of(hub.asked("org:vendor", {})) == "ok");
    CHECK(code_of(hub.asked("person:member@vendor.test", {})) == "ok");
    CHECK(install_for("org:other") == "access_denied");
    CHECK(install_for("owner@acme.test") == "access_denied");
    CHECK(install_for("contact@vendor.test") == "access_denied");
  }
  set_state(hub, "inactive");
  CHECK(code_of(hub.asked("org:vendor", {})) == "bearer_does_not_exist");
  CHECK(code_of(hub.asked("person:member@vendor.test", {})) == "bearer_does_not_exist");
  CHECK(install_for("admin@vendor.test") == "access_denied");
  set_state(hub, "active");
  CHECK(code_of(hub.asked("org:acme", {})) == "ok");
}

TEST_CASE("Before its review an app acts for no foreign organization whoever acts") {
  TokenHub hub;
  hub.member("member@vendor.test", "acme", {"member"});
  hub.install("shop", "org:acme", {});
  hub.install("shop", "member@vendor.test", {});
  CHECK(code_of(hub.asked("org:acme", {}, "person:member@vendor.test")) == "ok");
  set_state(hub, "draft");
  CHECK(code_of(hub.asked("org:acme", {}, "person:member@vendor.test")) == "bearer_does_not_exist");
}

TEST_CASE("A private app is for its owner and the organizations it invited and for their members") {
  TokenHub hub;
  hub.organization("other");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "list", .kind = "private"}));
  CHECK(code_of(hub.asked("org:vendor", {})) == "ok");  // connected by itself
  const auto install_for = [&](const std::string& subject) {
    return code_of(hub.run(hub.as_operator(), &core::install_connection, {.app = "shop", .subject = subject}));
  };
  CHECK(install_for("org:acme") == "access_denied");
  CHECK(install_for("owner@acme.test") == "access_denied");
  CHECK(install_for("member@vendor.test") == "ok");
  CHECK(install_for("contact@vendor.test") == "access_denied");
  CHECK(code_of(hub.run(hub.as_operator(), &core::grant_authorization, {"shop", "acme"})) == "access_denied");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .add_audience_organizations = {"acme"}}));
  CHECK(install_for("org:acme") == "ok");
  CHECK(install_for("owner@acme.test") == "ok");
  CHECK(install_for("org:other") == "access_denied");
  CHECK(code_of(hub.asked("org:acme", {})) == "ok");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .remove_audience_organizations = {"acme"}}));
  CHECK(code_of(hub.asked("org:acme", {})) == "bearer_does_not_exist");
}

TEST_CASE("Narrowing the desired list acts at the next request and widening it grants nothing") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  hub.desire("shop", {"shop.items.r", "shop.items.w"});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.w"})) == "ungranted_scope");
  hub.desire("shop", {"shop.items.w"});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.r"})) == "scope_is_not_included_in_desired_scopes");
  hub.desire("shop", {"shop.items.r"});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.r"})) == "ok");
}

TEST_CASE("A check of scopes gives each refused one its own rule") {
  TokenHub hub;
  const core::ConnectionAnswer connection = hub.install("shop", "org:acme", {"shop.items.r", "warehouse.stock.r"});
  const core::ScopeCheck check = must(hub.run(
      hub.as_operator(), &core::check_scopes,
      {.app = "shop",
       .subject = "org:acme",
       .scopes = {"shop.items.r", "shop.orders.r", "warehouse.stock.r", "warehouse.stock.w", "zaikio.person.r"}}));
  CHECK(check.granted == Texts{"shop.items.r"});
  CHECK(check.exit_status() == 10);
  Texts rules;
  for (const core::ObjectText& refused : check.refused) {
    rules.push_back(must(parse_json(refused.json))["rule"].get<std::string>());
  }
  CHECK(rules == Texts{"ungranted_scope", "not_connected_to_provider", "scope_is_not_included_in_desired_scopes",
                       "does_not_apply_to_bearer"});
  CHECK(must(parse_json(check.refused.front().json))["hint"].get<std::string>().find(connection.id) !=
        std::string::npos);
}

TEST_CASE("The hint for an ungranted scope names the connection that would grant it") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const core::ConnectionAnswer person = hub.install("shop", "owner@acme.test", {});
  const auto refused = hub.asked("org:acme", {"zaikio.person.r"}, "person:owner@acme.test");
  REQUIRE(code_of(refused) == "ungranted_scope");
  CHECK(refused.error().hint.find(person.id) != std::string::npos);
}

TEST_CASE("No token ever holds more than was asked for and desired and granted by whom it is for") {
  TokenHub hub;
  const Texts all{"shop.items.r",      "shop.items.w",          "shop.items.rw",  "shop.orders.r",
                  "warehouse.stock.r", "zaikio.organization.r", "zaikio.person.r"};
  const std::string org = hub.install("shop", "org:acme", {}).id,
                    person = hub.install("shop", "owner@acme.test", {}).id;
  std::mt19937 engine(7);
  const auto some = [&](const Texts& from) {
    Texts out;
    for (const std::string& one : from) {
      if (engine() % 2 == 0) out.push_back(one);
    }
    return out;
  };
  const auto grant = [&](const std::string& id, Texts scopes) {
    // what does not apply to the subject cannot be granted
    std::erase_if(scopes, [&](const std::string& scope) {
      return scope == (id == org ? "zaikio.person.r" : "zaikio.organization.r") ||
             (id != org && scope == "shop.orders.r");
    });
    must(hub.run(hub.as_operator(), &core::update_connection, {.connection = id, .scopes = scopes}));
    return scopes;
  };
  const auto covered = [](const Texts& granted, const std::string& scope) {
    return has(granted, scope) || (scope.starts_with("shop.items.") && has(granted, "shop.items.rw"));
  };
  int issued = 0;
  for (int round = 0; round < 120; ++round) {
    hub.desire("shop", all);
    const Texts by_org = grant(org, some(all)), by_person = grant(person, some(all));
    const Texts desired = some(all), wanted = some(some(all));
    hub.desire("shop", desired);
    const int who = round % 3;
    const auto answer = hub.asked(who == 1 ? "person:owner@acme.test" : "org:acme", wanted,
                                  who == 2 ? std::optional<std::string>("person:owner@acme.test") : std::nullopt);
    if (!answer) continue;
    ++issued;
    for (const std::string& scope : hub.decoded(*answer).scopes()) {
      CAPTURE(scope);
      CHECK(has(wanted, scope));
      CHECK(has(desired, scope));
      CHECK(covered(who == 1 || scope == "zaikio.person.r" ? by_person : by_org, scope));
    }
  }
  CHECK(issued > 20);
}
