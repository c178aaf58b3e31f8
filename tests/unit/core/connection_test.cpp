#include "hub/core/connection.h"

#include <doctest/doctest.h>

#include "support/token_hub.h"

using namespace hub;
using namespace hub::testing;
using core::ConnectionAnswer;

namespace {

std::string install_by(TokenHub& hub, const Call& call, const std::string& subject) {
  return code_of(hub.run(call, &core::install_connection, {.app = "shop", .subject = subject}));
}

}  // namespace

TEST_CASE("An installed app is announced to it alone with the subject and makes one active row") {
  TokenHub hub;
  hub.news();
  const ConnectionAnswer made = hub.install("shop", "org:acme", {"shop.items.r,shop.orders.r", "shop.items.r"});
  CHECK(made.app == "shop");
  CHECK(made.subject == "org:acme");
  CHECK(made.scopes == Texts{"shop.items.r", "shop.orders.r"});
  CHECK(made.state == "active");
  CHECK_FALSE(made.granted_by);
  CHECK(made.version == 1);
  const std::string app = hub.shown("shop").id, org = "Org/" + hub.org_id("acme");
  CHECK(hub.news() ==
        Texts{"authorization.granted " + org + " {} " + app, "zaikio.established_connection " + org + " {} " + app});
  CHECK(install_by(hub, hub.as_operator(), "org:acme") == "already_authorized");
  CHECK(code_of(hub.run(hub.as_operator(), &core::grant_authorization, {"shop", "acme"})) == "already_authorized");
  CHECK(hub.news().empty());
  hub.install("shop", "owner@acme.test", {});
  CHECK(hub.news() ==
        Texts{"zaikio.established_connection Per/" + hub.person_id("owner@acme.test").text() + " {} " + app});
}

TEST_CASE("All desired scopes that apply to the subject are granted when asked for") {
  TokenHub hub;
  const auto desired = [&](const std::string& subject) {
    return must(hub.run(hub.as_operator(), &core::install_connection,
                        {.app = "shop", .subject = subject, .desired = true}))
        .object->scopes;
  };
  CHECK(desired("org:acme") == Texts{"shop.items.r", "shop.items.w", "shop.items.rw", "shop.orders.r",
                                     "warehouse.stock.r", "zaikio.organization.r"});
  CHECK(desired("owner@acme.test") ==
        Texts{"shop.items.r", "shop.items.w", "shop.items.rw", "warehouse.stock.r", "zaikio.person.r"});
}

TEST_CASE("Only scopes that exist and apply and are desired can be granted") {
  TokenHub hub;
  const auto with = [&](const std::string& subject, const std::string& scope) {
    return code_of(
        hub.run(hub.as_operator(), &core::install_connection, {.app = "shop", .subject = subject, .scopes = {scope}}));
  };
  CHECK(with("org:acme", "nobody.items.r") == "unknown_scope");
  CHECK(with("org:acme", "zaikio.person.r") == "unknown_scope");
  CHECK(with("owner@acme.test", "shop.orders.r") == "unknown_scope");
  CHECK(with("org:acme", "warehouse.stock.w") == "scope_is_not_included_in_desired_scopes");
  CHECK(with("org:acme", "shop.items") == "malformed_scope");
  CHECK(code_of(hub.run(hub.as_operator(), &core::install_connection, {.app = "zaikio", .subject = "org:acme"})) ==
        "already_authorized");
  CHECK(code_of(hub.run(hub.as_operator(), &core::install_connection, {.app = "nobody", .subject = "org:acme"})) ==
        "unknown_application");
  CHECK(code_of(hub.run(hub.as_operator(), &core::install_connection, {.app = "shop", .subject = "org:nobody"})) ==
        "not_found");
  CHECK(must(hub.list(hub.as_operator(), &core::list_connections, {.app = "shop"})).empty());
}

TEST_CASE("A connection is changed by adding and removing and replacing and each change is one event") {
  TokenHub hub;
  const std::string id = hub.install("shop", "org:acme", {"shop.items.r"}).id;
  hub.news();
  const auto updated = [&](const core::UpdateConnection& request) {
    return must(hub.run(hub.as_operator(), &core::update_connection, request));
  };
  const std::string event = "zaikio.connection_changed Org/" + hub.org_id("acme") + " {} " + hub.shown("shop").id;
  CHECK(updated({.connection = id, .add_scopes = {"shop.orders.r"}}).object->scopes ==
        Texts{"shop.items.r", "shop.orders.r"});
  CHECK(hub.news() == Texts{event});
  const auto reordered = updated({.connection = id, .scopes = Texts{"shop.orders.r", "shop.items.r"}});
  CHECK_FALSE(reordered.changed);
  CHECK(reordered.object->version == 2);
  CHECK(hub.news().empty());
  CHECK(updated({.connection = id, .remove_scopes = {"shop.items.r"}}).object->scopes == Texts{"shop.orders.r"});
  CHECK(updated({.connection = id, .scopes = Texts{"shop.items.w"}}).object->scopes == Texts{"shop.items.w"});
  CHECK(updated({.connection = id, .scopes = Texts{}}).object->scopes.empty());
  CHECK(hub.news() == Texts{event, event, event});
  CHECK(updated({.connection = "shop/acme", .desired = true}).object->scopes.size() == 6);
  Call stale = hub.as_operator();
  stale.if_version = 2;
  CHECK(code_of(hub.run(stale, &core::update_connection, {.connection = id, .scopes = Texts{}})) == "stale");
}

TEST_CASE("An ended connection stays as history and a new one is another row") {
  TokenHub hub;
  const std::string first = hub.install("shop", "org:acme", {}).id;
  hub.news();
  const auto ended = must(hub.run(hub.as_operator(), &core::uninstall_connection, {first}));
  CHECK(ended.object->state == "ended");
  CHECK(ended.object->ended_reason == "revoked");
  CHECK(ended.object->ended_at == hub.clock().now());
  const std::string app = hub.shown("shop").id, org = "Org/" + hub.org_id("acme");
  CHECK(hub.news() ==
        Texts{"authorization.revoked " + org + " {} " + app, "zaikio.revoked_connection " + org + " {} " + app});
  CHECK(code_of(hub.run(hub.as_operator(), &core::uninstall_connection, {first})) == "not_found");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &core::uninstall_connection, {first})).changed);
  CHECK(code_of(hub.run(hub.as_operator(), &core::update_connection, {.connection = first})) == "wrong_state");
  CHECK(hub.install("shop", "org:acme", {}).id != first);
  CHECK(must(hub.list(hub.as_operator(), &core::list_connections, {.app = "shop"})).size() == 1);
  const auto history = must(hub.list(hub.as_operator(), &core::list_connections, {.app = "shop", .ended = true}));
  REQUIRE(history.size() == 1);
  CHECK(history[0].id == first);
}

TEST_CASE("Ensuring an installation is content with what grants enough") {
  TokenHub hub;
  hub.install("shop", "org:acme", {"shop.items.rw"});
  const auto ensured = [&](const Texts& scopes) {
    return hub.run(hub.ensuring(), &core::install_connection, {.app = "shop", .subject = "org:acme", .scopes = scopes});
  };
  CHECK_FALSE(must(ensured({"shop.items.r"})).changed);
  CHECK(code_of(ensured({"shop.orders.r"})) == "already_authorized");
}

TEST_CASE("Only admins grant for an organization and only a person for themself") {
  TokenHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"member"});
  CHECK(install_by(hub, hub.as("jane@acme.test"), "org:acme") == "role_required");
  CHECK(install_by(hub, hub.as("admin@vendor.test"), "org:acme") == "not_found");
  CHECK(install_by(hub, hub.as("contact@vendor.test"), "org:vendor") == "role_required");
  CHECK(install_by(hub, hub.as("jane@acme.test"), "owner@acme.test") == "not_found");
  CHECK(install_by(hub, hub.as("owner@acme.test"), "jane@acme.test") == "not_found");
  CHECK(install_by(hub, hub.as("jane@acme.test"), "jane@acme.test") == "ok");
  CHECK(install_by(hub, hub.as("owner@acme.test"), "org:acme") == "ok");
  const ConnectionAnswer made = must(hub.run(hub.as("owner@acme.test"), &core::show_connection, {"shop/acme"}));
  const auto membership =
      must(hub.run(hub.as_operator(), &core::show_membership, {.member = "owner@acme.test", .org = "acme"}));
  CHECK(made.granted_by == membership.id);
}

TEST_CASE("The owner of an app looks at its connections and changes none of them") {
  TokenHub hub;
  const std::string org = hub.install("shop", "org:acme", {}).id;
  const std::string person = hub.install("shop", "owner@acme.test", {}).id;
  for (const std::string& email : Texts{"admin@vendor.test", "member@vendor.test"}) {
    for (const std::string& id : {org, person}) {
      CHECK(code_of(hub.run(hub.as(email), &core::show_connection, {id})) == "ok");
      CHECK(code_of(hub.run(hub.as(email), &core::update_connection,
                            {.connection = id, .add_scopes = {"shop.items.r"}})) == "role_required");
      CHECK(code_of(hub.run(hub.as(email), &core::uninstall_connection, {id})) == "role_required");
    }
    CHECK(must(hub.list(hub.as(email), &core::list_connections, {.app = "shop"})).size() == 2);
  }
  CHECK(code_of(hub.run(hub.as("owner@acme.test"), &core::update_connection,
                        {.connection = person, .add_scopes = {"shop.items.r"}})) == "ok");
  CHECK(code_of(hub.run(hub.as("owner@acme.test"), &core::uninstall_connection, {person})) == "ok");
  CHECK(code_of(hub.run(hub.as("owner@acme.test"), &core::uninstall_connection, {org})) == "ok");
}

TEST_CASE("Contacts and strangers see no connections") {
  TokenHub hub;
  hub.person("stranger@else.test");
  const std::string acme = hub.install("shop", "org:acme", {}).id;
  const std::string vendor = hub.install("shop", "org:vendor", {}).id;
  const std::string person = hub.install("shop", "owner@acme.test", {}).id;
  const Call contact = hub.as("contact@vendor.test"), stranger = hub.as("stranger@else.test");
  for (const std::string& id : {acme, vendor, person}) {
    CHECK(code_of(hub.run(contact, &core::show_connection, {id})) == "role_required");
    CHECK(code_of(hub.run(stranger, &core::show_connection, {id})) == "not_found");
    CHECK(code_of(hub.run(stranger, &core::uninstall_connection, {id})) == "not_found");
  }
  CHECK(code_of(hub.list(contact, &core::list_connections, {.app = "shop"})) == "role_required");
  CHECK(code_of(hub.list(contact, &core::list_connections, {.organization = "vendor"})) == "role_required");
  CHECK(must(hub.list(contact, &core::list_connections, {})).empty());
  CHECK(must(hub.list(stranger, &core::list_connections, {})).empty());
  CHECK(code_of(hub.list(stranger, &core::list_connections, {.app = "shop"})) == "unknown_application");
  CHECK(must(hub.list(hub.as("member@vendor.test"), &core::list_connections, {})).size() == 1);
  CHECK(must(hub.list(hub.as("owner@acme.test"), &core::list_connections, {})).size() == 2);
  CHECK(code_of(hub.list(hub.as_operator(), &core::list_connections,
                         {.organization = "acme", .person = "owner@acme.test"})) == "invalid_request");
}
