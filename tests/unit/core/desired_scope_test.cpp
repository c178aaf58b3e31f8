#include "hub/core/desired_scope.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "hub/core/connection.h"
#include "support/app_hub.h"

using namespace hub;
using namespace hub::testing;
using core::add_desired_scopes;
using core::remove_desired_scopes;
using core::set_desired_scopes;

namespace {

struct Billing : AppHub {
  Billing() {
    app("billing");
    app("warehouse");
    scope("warehouse", "items");
    scope("warehouse", "stock", "r");
  }

  auto set(const Texts& scopes) { return run(as_operator(), &set_desired_scopes, {"billing", scopes}); }
  auto add(const Texts& scopes, const std::string& app = "billing") {
    return run(as_operator(), &add_desired_scopes, {app, scopes});
  }
  auto remove(const Texts& scopes, const std::string& app = "billing") {
    return run(as_operator(), &remove_desired_scopes, {app, scopes});
  }
  Texts granted(const std::string& connection) {
    return must(run(as_operator(), &core::show_connection, core::ShowConnection{connection})).scopes;
  }
};

}  // namespace

TEST_CASE("The desired list is kept sorted and canonical and without duplicates") {
  Billing hub;
  const auto set = must(hub.set({"warehouse.items.rw,warehouse.items.r", "profile.r", "directory.person.r",
                                 "zaikio.person.r", "nexus211.profile.r"}));
  CHECK(set.changed);
  CHECK(set.name == "billing");
  const Texts expected{"nexus211.profile.r", "warehouse.items.r", "warehouse.items.rw", "zaikio.person.r"};
  CHECK(set.object->desired == expected);
  CHECK(hub.shown("billing").desired == expected);
  CHECK(hub.shown("billing").version == 2);
  const auto rows = must(hub.list(hub.as_operator(), &core::list_desired_scopes, {"billing"}));
  REQUIRE(rows.size() == 4);
  CHECK(rows[1].scope == "warehouse.items.r");
  CHECK(rows[1].title == "Scope items");
  CHECK(rows[1].bearer == Texts{"person", "organization"});
}

TEST_CASE("Set replaces and add and remove change the rest of the list") {
  Billing hub;
  must(hub.set({"warehouse.items.r", "zaikio.person.r"}));
  CHECK(must(hub.add({"warehouse.stock.r"})).object->desired ==
        Texts{"warehouse.items.r", "warehouse.stock.r", "zaikio.person.r"});
  CHECK(must(hub.remove({"directory.person.r", "warehouse.items.r"})).object->desired == Texts{"warehouse.stock.r"});
  CHECK(must(hub.set({"warehouse.items.w"})).object->desired == Texts{"warehouse.items.w"});
  const std::int64_t version = hub.shown("billing").version;
  CHECK_FALSE(must(hub.set({"warehouse.items.w"})).changed);
  CHECK_FALSE(must(hub.add({"warehouse.items.w"})).changed);
  CHECK_FALSE(must(hub.remove({"warehouse.items.r"})).changed);
  CHECK(hub.shown("billing").version == version);
  CHECK(must(hub.set({})).object->desired.empty());
}

TEST_CASE("A change of the desired list names scopes") {
  Billing hub;
  CHECK(code_of(hub.run(hub.as_operator(), &set_desired_scopes, {"billing", std::nullopt})) == "invalid_request");
  CHECK(code_of(hub.add({})) == "invalid_request");
  CHECK(code_of(hub.remove({})) == "invalid_request");
}

TEST_CASE("What nobody provides is an unknown scope with the nearest one as hint") {
  Billing hub;
  for (const std::string& name :
       Texts{"warehouse.itmes.r", "warehouse.stock.rw", "nowhere.items.r", "things.r", "zaikio.organization.w"}) {
    CHECK_MESSAGE(code_of(hub.add({name})) == "unknown_scope", name);
    CHECK_MESSAGE(code_of(hub.set({"warehouse.items.r", name})) == "unknown_scope", name);
  }
  CHECK(hub.add({"warehouse.itmes.r"}).error().hint == "did you mean warehouse.items.r?");
  CHECK(hub.shown("billing").desired.empty());
  for (const std::string& name : Texts{"warehouse", "Org.warehouse.items.r", "warehouse.items.x", "openid"}) {
    CHECK_MESSAGE(code_of(hub.add({name})) == "malformed_scope", name);
  }
}

TEST_CASE("A deprecated scope stays where it is desired and is not desired anew") {
  Billing hub;
  hub.app("shop");
  must(hub.set({"warehouse.stock.r"}));
  must(hub.run(hub.as_operator(), &core::deprecate_scope, {"warehouse", "stock"}));
  CHECK(code_of(hub.add({"warehouse.stock.r"}, "shop")) == "wrong_state");
  CHECK(must(hub.add({"warehouse.items.r"})).object->desired == Texts{"warehouse.items.r", "warehouse.stock.r"});
  CHECK(code_of(hub.set({"warehouse.stock.r"})) == "ok");
  const auto rows = must(hub.list(hub.as_operator(), &core::list_desired_scopes, {"billing"}));
  CHECK(rows.front().state == "deprecated");
  must(hub.remove({"warehouse.stock.r"}));
  CHECK(code_of(hub.add({"warehouse.stock.r"})) == "wrong_state");
}

TEST_CASE("A scope whose app is gone shows so and can be removed") {
  Billing hub;
  must(hub.set({"warehouse.items.r", "zaikio.person.r"}));
  must(hub.run(hub.as_operator(), &core::delete_app, {"warehouse", "warehouse"}));
  CHECK(must(hub.list(hub.as_operator(), &core::list_desired_scopes, {"billing"})).front().state == "gone");
  CHECK(code_of(hub.add({"zaikio.sites.r"})) == "ok");
  CHECK(must(hub.remove({"warehouse.items.r"})).object->desired == Texts{"zaikio.person.r", "zaikio.sites.r"});
  CHECK(code_of(hub.add({"warehouse.items.r"})) == "unknown_scope");
}

TEST_CASE("Desiring more widens no connection but the one of a private app's owner") {
  Billing hub;
  hub.app("intranet", "vendor", "private");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "intranet", .add_audience_organizations = {"acme"}}));
  must(hub.set({"zaikio.sites.r"}));
  for (const std::string& app : Texts{"billing", "intranet"}) {
    must(hub.run(hub.as_operator(), &core::install_connection, {.app = app, .subject = "org:acme", .desired = true}));
  }
  const std::int64_t events = std::ssize(hub.events());
  must(hub.add({"warehouse.items.r"}));
  CHECK(hub.granted("billing/org:acme") == Texts{"zaikio.sites.r"});
  CHECK(std::ssize(hub.events()) == events);
  must(hub.add({"warehouse.items.r", "zaikio.sites.rw", "zaikio.person.r"}, "intranet"));
  CHECK(hub.granted("intranet/org:vendor") == Texts{"warehouse.items.r", "zaikio.sites.rw"});
  CHECK(hub.granted("intranet/org:acme").empty());
  CHECK(std::ranges::count(hub.event_names(), "zaikio.connection_changed") == 1);
  CHECK(std::ssize(hub.events()) == events + 1);
  must(hub.remove({"warehouse.items.r"}, "intranet"));
  CHECK(hub.granted("intranet/org:vendor") == Texts{"zaikio.sites.rw"});
}

TEST_CASE("A private app that its owner uninstalled is not connected by desiring more") {
  Billing hub;
  hub.app("intranet", "vendor", "private");
  must(hub.run(hub.as_operator(), &core::uninstall_connection, core::UninstallConnection{"intranet/org:vendor"}));
  must(hub.add({"zaikio.sites.r"}, "intranet"));
  CHECK(hub.shown("intranet").connections == 0);
}

TEST_CASE("The desired list has the version of its app") {
  Billing hub;
  must(hub.set({"zaikio.sites.r"}));
  CHECK(code_of(hub.run(hub.at_version(1), &add_desired_scopes, {"billing", {"zaikio.person.r"}})) == "stale");
  CHECK(code_of(hub.run(hub.at_version(2), &add_desired_scopes, {"billing", {"zaikio.person.r"}})) == "ok");
}

TEST_CASE("Only an admin of the owner changes what an app desires and only a member sees it") {
  Billing hub;
  struct Row {
    std::string person, read, change;
  };
  for (const Row& row : std::vector<Row>{{"admin@vendor.test", "ok", "ok"},
                                         {"member@vendor.test", "ok", "role_required"},
                                         {"contact@vendor.test", "role_required", "role_required"},
                                         {"owner@acme.test", "unknown_application", "unknown_application"}}) {
    CAPTURE(row.person);
    const Call call = hub.as(row.person);
    CHECK(code_of(hub.list(call, &core::list_desired_scopes, {"billing"})) == row.read);
    CHECK(code_of(hub.run(call, &set_desired_scopes, {"billing", Texts{"zaikio.sites.r"}})) == row.change);
    CHECK(code_of(hub.run(call, &add_desired_scopes, {"billing", {"zaikio.sites.r"}})) == row.change);
    CHECK(code_of(hub.run(call, &remove_desired_scopes, {"billing", {"zaikio.sites.r"}})) == row.change);
  }
}
