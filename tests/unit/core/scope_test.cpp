#include "hub/core/scope.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/app_hub.h"

using namespace hub;
using namespace hub::testing;
using core::deprecate_scope;
using core::provide_scope;
using core::ProvideScope;
using core::update_scope;

namespace {

const ProvideScope items{
    .app = "warehouse", .name = "items", .access = "rw", .bearer = {"organization"}, .title = "Items"};

struct Warehouse : AppHub {
  Warehouse() { app("warehouse"); }

  core::ExplainedScope explained(const std::string& text, const Call& call) {
    const auto rows = must(list(call, &core::explain_scopes, {{text}}));
    REQUIRE(rows.size() == 1);
    return rows.front();
  }
  core::ExplainedScope explained(const std::string& text) { return explained(text, as_operator()); }
};

Texts names(const std::vector<core::ScopeAnswer>& rows) {
  Texts out;
  for (const core::ScopeAnswer& row : rows) out.push_back(row.scope);
  return out;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("Access rw makes three scopes exist and r or w only itself") {
  Warehouse hub;
  const auto made = must(hub.run(hub.as_operator(), &provide_scope, items));
  CHECK(made.name == "warehouse.items");
  CHECK(made.object->scopes == Texts{"warehouse.items.r", "warehouse.items.w", "warehouse.items.rw"});
  CHECK(made.object->bearer == Texts{"organization"});
  CHECK(hub.scope("warehouse", "stock", "r").scopes == Texts{"warehouse.stock.r"});
  CHECK(hub.scope("warehouse", "removals", "w").scopes == Texts{"warehouse.removals.w"});
  const auto rows = must(hub.list(hub.as_operator(), &core::list_scopes, {.provider = "warehouse"}));
  CHECK(names(rows) == Texts{"warehouse.items.r", "warehouse.items.w", "warehouse.items.rw", "warehouse.removals.w",
                             "warehouse.stock.r"});
  CHECK(rows.front().title == "Items");
  CHECK(rows.front().provider == "warehouse");
  CHECK(rows.front().state == "active");
}

TEST_CASE("What is provided has a name without digits and a bearer and a title") {
  Warehouse hub;
  const auto code = [&](auto&& change) {
    ProvideScope request = items;
    change(request);
    return code_of(hub.run(hub.as_operator(), &provide_scope, request));
  };
  for (const std::string& name : Texts{"", "it", "Items", "items2", "_items", "it.ems", "it ems",
                                       std::string(limits::scope_name_bytes + 1, 'a')}) {
    CHECK_MESSAGE(code([&](ProvideScope& request) { request.name = name; }) == "invalid_request", name);
  }
  CHECK(code([](ProvideScope& request) { request.bearer = {}; }) == "invalid_request");
  CHECK(code([](ProvideScope& request) { request.bearer = {"app"}; }) == "invalid_request");
  CHECK(code([](ProvideScope& request) { request.access = "x"; }) == "invalid_request");
  CHECK(code([](ProvideScope& request) { request.title = ""; }) == "invalid_request");
  CHECK(code([](ProvideScope& request) { request.title = "a\nb"; }) == "invalid_request");
  CHECK(code([](ProvideScope& request) { request.app = "nowhere"; }) == "unknown_application");
  CHECK(code([](ProvideScope& request) { request.name = std::string(limits::scope_name_bytes, 'a'); }) == "ok");
}

TEST_CASE("A scope that is there is accepted with ensure when nothing differs") {
  Warehouse hub;
  must(hub.run(hub.as_operator(), &provide_scope, items));
  CHECK(code_of(hub.run(hub.as_operator(), &provide_scope, items)) == "exists");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &provide_scope, items)).changed);
  const auto code = [&](auto&& change) {
    ProvideScope request = items;
    change(request);
    return code_of(hub.run(hub.ensuring(), &provide_scope, request));
  };
  CHECK(code([](ProvideScope& request) { request.access = "r"; }) == "exists");
  CHECK(code([](ProvideScope& request) { request.bearer = {"person", "organization"}; }) == "exists");
  CHECK(code([](ProvideScope& request) { request.title = "Things"; }) == "exists");
  CHECK(code([](ProvideScope& request) { request.description = "All of them"; }) == "exists");
}

TEST_CASE("A provided scope is widened and never loses a permission") {
  Warehouse hub;
  hub.scope("warehouse", "stock", "r");
  const auto code = [&](const std::string& access) {
    return code_of(hub.run(hub.as_operator(), &update_scope, {.app = "warehouse", .name = "stock", .access = access}));
  };
  CHECK(code("w") == "wrong_state");
  CHECK(code("rw") == "ok");
  CHECK(code("r") == "wrong_state");
  CHECK(code("x") == "invalid_request");
  CHECK(names(must(hub.list(hub.as_operator(), &core::list_scopes, {.provider = "warehouse"}))).size() == 3);
}

TEST_CASE("Texts and bearers of a provided scope change as named") {
  Warehouse hub;
  must(hub.run(hub.as_operator(), &provide_scope, items));
  const auto changed = [&](core::UpdateScope request) {
    request.app = "warehouse";
    request.name = "items";
    return hub.run(hub.as_operator(), &update_scope, request);
  };
  CHECK_FALSE(must(changed({.title = "Items"})).changed);
  const auto texts = must(changed({.title = "Things", .description = std::string("All of them")}));
  CHECK(texts.object->title == "Things");
  CHECK(texts.object->description == "All of them");
  CHECK(texts.object->version == 2);
  CHECK_FALSE(must(changed({.description = core::Patch<std::string>::unset()})).object->description);
  CHECK(must(changed({.add_bearer = {"person"}})).object->bearer == Texts{"person", "organization"});
  CHECK(must(changed({.remove_bearer = {"organization"}})).object->bearer == Texts{"person"});
  CHECK(must(changed({.bearer = Texts{"organization"}})).object->bearer == Texts{"organization"});
  CHECK(code_of(changed({.remove_bearer = {"organization"}})) == "invalid_request");
  CHECK(code_of(changed({.bearer = Texts{}})) == "invalid_request");
  CHECK(code_of(changed({.add_bearer = {"app"}})) == "invalid_request");
  CHECK(code_of(hub.run(hub.at_version(1), &update_scope, {.app = "warehouse", .name = "items", .title = "Late"})) ==
        "stale");
  CHECK(code_of(hub.run(hub.as_operator(), &update_scope, {.app = "warehouse", .name = "nothing"})) == "not_found");
}

TEST_CASE("A deprecated scope says so and stays") {
  Warehouse hub;
  hub.scope("warehouse", "stock", "r");
  CHECK(code_of(hub.run(hub.as_operator(), &deprecate_scope, {"warehouse", "nothing"})) == "not_found");
  CHECK(code_of(hub.run(hub.at_version(9), &deprecate_scope, {"warehouse", "stock"})) == "stale");
  CHECK(must(hub.run(hub.as_operator(), &deprecate_scope, {"warehouse", "stock"})).object->state == "deprecated");
  CHECK(code_of(hub.run(hub.as_operator(), &deprecate_scope, {"warehouse", "stock"})) == "wrong_state");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &deprecate_scope, {"warehouse", "stock"})).changed);
  const auto rows = must(hub.list(hub.as_operator(), &core::list_scopes, {.provider = "warehouse"}));
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().state == "deprecated");
}

TEST_CASE("Scopes are listed by provider and by bearer to everybody") {
  Warehouse hub;
  must(hub.run(hub.as_operator(), &provide_scope, items));
  hub.person("jane@nowhere.test");
  const auto listed = [&](const core::ListScopes& request) {
    return names(must(hub.list(hub.as("jane@nowhere.test"), &core::list_scopes, request)));
  };
  const Texts all = listed({});
  for (const std::string& name :
       Texts{"warehouse.items.r", "zaikio.person.rw", "zaikio.remove_machines.w", "nexus211.profile.r"}) {
    CHECK_MESSAGE(std::ranges::count(all, name) == 1, name);
  }
  CHECK(std::ranges::count(all, "zaikio.organization.w") == 0);
  const Texts of_persons = listed({.provider = "zaikio", .bearer = "person"});
  CHECK(std::ranges::count(of_persons, "zaikio.person.r") == 1);
  CHECK(std::ranges::count(of_persons, "zaikio.sites.r") == 1);
  CHECK(std::ranges::count(of_persons, "zaikio.organization.r") == 0);
  CHECK(listed({.provider = "directory"}) == listed({.provider = "zaikio"}));
  CHECK(listed({.provider = "warehouse", .bearer = "person"}).empty());
  CHECK(code_of(hub.list(hub.as_operator(), &core::list_scopes, {.provider = "nowhere"})) == "unknown_application");
  CHECK(code_of(hub.list(hub.as_operator(), &core::list_scopes, {.bearer = "app"})) == "invalid_request");
}

TEST_CASE("Only an admin of the provider changes its scopes") {
  Warehouse hub;
  hub.scope("warehouse", "stock", "r");
  for (const auto& [person, code] :
       {std::pair{"admin@vendor.test", "ok"}, std::pair{"member@vendor.test", "role_required"},
        std::pair{"owner@acme.test", "unknown_application"}}) {
    CAPTURE(person);
    const Call call = hub.as(person);
    CHECK(code_of(hub.run(call, &provide_scope, items)) == code);
    CHECK(code_of(hub.run(call, &update_scope, {.app = "warehouse", .name = "stock", .title = person})) == code);
    CHECK(code_of(hub.run(call, &deprecate_scope, {"warehouse", "stock"})) == code);
  }
}

TEST_CASE("Explaining says what every form of a scope means") {
  Warehouse hub;
  must(hub.run(hub.as_operator(), &provide_scope, items));
  struct Row {
    std::string text, bearer, provider, words, needs;
  };
  for (const Row& row : std::vector<Row>{
           {"zaikio.person.r", "person", "zaikio", "of the person who signs in", "the person grants it"},
           {"Per.zaikio.person.rw", "person", "zaikio", "Read and write \"Own profile\"", "the person grants it"},
           {"profile.r", "person", "nexus211", "at nexus211", "the app desires nexus211.profile.r;"},
           {"directory.person.r", "person", "zaikio", "at zaikio", "the app desires zaikio.person.r;"},
           {"Org.warehouse.items.w", "organization", "warehouse", "Write \"Items\" of an organization",
            "the organization is connected to warehouse"},
           {"Per>Org.warehouse.items.r", "on_behalf", "warehouse", "acting for it", "an admin or owner"},
           {"Per/0-1>Org/0-2.warehouse.items.r", "on_behalf", "warehouse", "the organization 0-2, with the person 0-1",
            "an admin or owner"},
           {"Per/0-1.zaikio.person.r", "person", "zaikio", "of the person 0-1", "the person grants it"},
       }) {
    const core::ExplainedScope explained = hub.explained(row.text);
    CAPTURE(row.text);
    CAPTURE(explained.words);
    CAPTURE(explained.needs);
    CHECK(explained.scope == row.text);
    CHECK(explained.exists);
    CHECK_FALSE(explained.error);
    CHECK(explained.bearer == row.bearer);
    CHECK(explained.provider == row.provider);
    CHECK(holds(explained.words, row.words));
    CHECK(holds(explained.needs, row.needs));
  }
  CHECK_FALSE(holds(hub.explained("zaikio.person.r").needs, "connected"));
  CHECK(holds(hub.explained("warehouse.items.r").words, "not offered for persons"));
  CHECK_FALSE(holds(hub.explained("Org.warehouse.items.r").words, "not offered"));
  CHECK(hub.explained("offline_access").exists);
}

TEST_CASE("Explaining names an organization only to who may reach it") {
  Warehouse hub;
  const std::string id = must(hub.run(hub.as_operator(), &core::show_organization, {"acme"})).id;
  const std::string text = "Org/" + id + ".zaikio.organization.r";
  CHECK(holds(hub.explained(text).words, "the organization acme"));
  CHECK(holds(hub.explained(text, hub.as("owner@acme.test")).words, "the organization acme"));
  CHECK(holds(hub.explained(text, hub.as("admin@vendor.test")).words, "the organization " + id));
}

TEST_CASE("Explaining tells unknown scopes from texts that are none") {
  Warehouse hub;
  must(hub.run(hub.as_operator(), &provide_scope, items));
  const core::ExplainedScope unknown = hub.explained("warehouse.itmes.r");
  CHECK_FALSE(unknown.exists);
  CHECK_FALSE(unknown.error);
  CHECK(unknown.needs == "did you mean warehouse.items.r?");
  CHECK_FALSE(hub.explained("zaikio.organization.w").exists);
  CHECK(hub.explained("warehouse.items.x").error == "malformed_scope");
  CHECK(hub.explained("Org/.warehouse.items.r").error == "malformed_scope");
  CHECK(hub.explained("Per/0-1>Org.warehouse.items.r").error == "bearer_does_not_exist");
  const auto rows = must(hub.list(hub.as_operator(), &core::explain_scopes, {{"zaikio.person.r, x", "email"}}));
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].error == "malformed_scope");
  CHECK(rows[2].exists);
  CHECK(code_of(hub.list(hub.as_operator(), &core::explain_scopes, {{" , "}})) == "invalid_request");
}
