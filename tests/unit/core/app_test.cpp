#include "hub/core/app.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "hub/base/limits.h"
#include "hub/core/connection.h"
#include "support/app_hub.h"

using namespace hub;
using namespace hub::testing;
using core::AppAnswer;
using core::create_app;
using core::delete_app;
using core::update_app;

namespace {

const std::string callback = "https://billing.test/callback";

Texts names(const std::vector<AppAnswer>& apps) {
  Texts out;
  for (const AppAnswer& app : apps) out.push_back(app.name);
  return out;
}

}  // namespace

TEST_CASE("An app starts with the defaults and a client id of the hub's choosing") {
  AppHub hub;
  const auto made = must(hub.run(hub.as_operator(), &create_app, {.name = "billing", .owner = "org:vendor"}));
  CHECK(made.changed);
  CHECK(made.name == "billing");
  const AppAnswer& app = *made.object;
  CHECK(app.title == "billing");
  CHECK(app.owner == "vendor");
  CHECK(app.kind == "public");
  CHECK(app.audience == "any");
  CHECK(app.status == "active");
  CHECK(app.refresh_reuse == "standard");
  CHECK(app.credentials == 0);
  CHECK(app.desired.empty());
  CHECK(Uuid::parse(app.client_id)->text() == app.client_id);
  CHECK(app.client_id != app.id);
  for (const std::string& reference : {std::string("billing"), app.client_id, app.id, app.hash_id}) {
    CHECK(hub.shown(reference).id == app.id);
  }
}

TEST_CASE("Names of apps follow the grammar of scopes and are not reserved") {
  AppHub hub;
  const std::string longest = "a" + std::string(limits::app_name_bytes - 1, '1');
  for (const std::string& name : {std::string("abc"), std::string("a_1"), longest}) {
    CHECK_MESSAGE(code_of(hub.run(hub.as_operator(), &create_app, {.name = name, .owner = "vendor"})) == "ok", name);
  }
  for (const std::string& name :
       Texts{"", "ab", "Billing", "1billing", "_billing", "bill-ing", "bill ing", "billing.x", "b\xc3\xbcro",
             longest + "1", "zaikio", "nexus211", "directory", "hub", "admin", "oauth", "api"}) {
    const auto refused = hub.run(hub.as_operator(), &create_app, {.name = name, .owner = "vendor"});
    CHECK_MESSAGE(code_of(refused) == "invalid_request", name);
    if (!refused) CHECK(refused.error().field == "name");
  }
}

TEST_CASE("Redirect targets are checked on create and on update alike") {
  AppHub hub;
  hub.app("billing");
  const Texts refused{"",
                      "/callback",
                      "https://billing.test/#here",
                      "https://user:secret@billing.test/",
                      "https://*.billing.test/",
                      "http://billing.test/callback",
                      "javascript:alert(1)",
                      "https://billing.test/a b",
                      "https://b\xc3\xbcro.test/"};
  for (const std::string& target : refused) {
    const auto on_create =
        hub.run(hub.as_operator(), &create_app, {.name = "other", .owner = "vendor", .redirects = {target}});
    CHECK_MESSAGE(code_of(on_create) == "invalid_redirect", target);
    if (!on_create) CHECK(on_create.error().field == "redirect");
    const auto on_update = hub.run(hub.as_operator(), &update_app, {.app = "billing", .add_redirects = {target}});
    CHECK_MESSAGE(code_of(on_update) == "invalid_redirect", target);
  }
  const Texts accepted{callback, "http://localhost:8931/callback", "myapp://auth/hub"};
  const auto made =
      must(hub.run(hub.as_operator(), &create_app, {.name = "other", .owner = "vendor", .redirects = accepted}));
  CHECK(made.object->redirects == accepted);
}

TEST_CASE("In sandbox mode a redirect target may be http off loopback") {
  AppHub hub;
  const core::CreateApp request{.name = "billing", .owner = "vendor", .redirects = {"http://billing.test/callback"}};
  CHECK(code_of(hub.run(hub.as_operator(), &create_app, request)) == "invalid_redirect");
  must(hub.hub().write(hub.as_operator(), [](core::Work& work) -> Result<void> {
    work.db().execute("UPDATE hub SET mode = 'sandbox' WHERE one = 1", {});
    return {};
  }));
  CHECK(code_of(hub.run(hub.as_operator(), &create_app, request)) == "ok");
}

TEST_CASE("An app has at most twenty redirect targets and none twice") {
  AppHub hub;
  Texts targets;
  for (int i = 0; i < 20; ++i) targets.push_back("https://billing.test/" + std::to_string(i));
  Texts doubled = targets;
  doubled.insert(doubled.end(), targets.begin(), targets.end());
  const auto made =
      must(hub.run(hub.as_operator(), &create_app, {.name = "billing", .owner = "vendor", .redirects = doubled}));
  CHECK(made.object->redirects == targets);
  CHECK(code_of(hub.run(hub.as_operator(), &update_app, {.app = "billing", .add_redirects = {callback}})) ==
        "invalid_redirect");
}

TEST_CASE("Redirect targets are replaced or added or removed") {
  AppHub hub;
  hub.app("billing");
  const auto redirects = [&](const core::UpdateApp& request) {
    return must(hub.run(hub.as_operator(), &update_app, request)).object->redirects;
  };
  const std::string a = "https://a.test/", b = "https://b.test/", c = "https://c.test/";
  CHECK(redirects({.app = "billing", .redirects = Texts{a, b, a}}) == Texts{a, b});
  CHECK(redirects({.app = "billing", .add_redirects = {b, c}}) == Texts{a, b, c});
  CHECK(redirects({.app = "billing", .add_redirects = {callback}, .remove_redirects = {a, c}}) == Texts{b, callback});
  CHECK(redirects({.app = "billing", .title = "Billing"}) == Texts{b, callback});
  CHECK(redirects({.app = "billing", .redirects = core::Patch<Texts>::unset()}).empty());
}

TEST_CASE("Only the audience list names organizations") {
  AppHub hub;
  CHECK(code_of(hub.run(hub.as_operator(), &create_app,
                        {.name = "billing", .owner = "vendor", .audience_organizations = {"acme"}})) ==
        "invalid_request");
  const auto made = must(hub.run(
      hub.as_operator(), &create_app,
      {.name = "billing", .owner = "vendor", .audience = "list", .audience_organizations = {"acme", "org:acme"}}));
  CHECK(made.object->audience_organizations == Texts{"acme"});
  CHECK(code_of(hub.run(hub.as_operator(), &update_app,
                        {.app = "billing", .add_audience_organizations = {"nowhere"}})) == "not_found");
  const auto both =
      must(hub.run(hub.as_operator(), &update_app, {.app = "billing", .add_audience_organizations = {"vendor"}}));
  CHECK(both.object->audience_organizations == Texts{"acme", "vendor"});
  const auto one =
      must(hub.run(hub.as_operator(), &update_app, {.app = "billing", .remove_audience_organizations = {"acme"}}));
  CHECK(one.object->audience_organizations == Texts{"vendor"});
  const auto open = must(hub.run(hub.as_operator(), &update_app, {.app = "billing", .audience = "any"}));
  CHECK(open.object->audience_organizations.empty());
  CHECK(code_of(hub.run(hub.as_operator(), &update_app, {.app = "billing", .add_audience_organizations = {"acme"}})) ==
        "invalid_request");
}

TEST_CASE("A person names only organizations within reach for an audience") {
  AppHub hub;
  CHECK(code_of(
            hub.run(hub.as("admin@vendor.test"), &create_app,
                    {.name = "billing", .owner = "vendor", .audience = "list", .audience_organizations = {"acme"}})) ==
        "not_found");
}

TEST_CASE("A private app is connected to its owner at once and open to a list only") {
  AppHub hub;
  const AppAnswer app = hub.app("intranet", "vendor", "private");
  CHECK(app.audience == "list");
  CHECK(app.connections == 1);
  const auto connection =
      must(hub.run(hub.as_operator(), &core::show_connection, core::ShowConnection{"intranet/org:vendor"}));
  CHECK(connection.state == "active");
  CHECK(hub.app("billing").connections == 0);
}

TEST_CASE("An inactive private app is connected when it becomes active") {
  AppHub hub;
  const auto made = must(hub.run(hub.as_operator(), &create_app,
                                 {.name = "intranet", .owner = "vendor", .kind = "private", .state = "inactive"}));
  CHECK(made.object->connections == 0);
  CHECK(must(hub.run(hub.as_operator(), &update_app, {.app = "intranet", .title = "Net"})).object->connections == 0);
  const auto active = must(hub.run(hub.as_operator(), &update_app, {.app = "intranet", .state = "active"}));
  CHECK(active.object->connections == 1);
  hub.app("billing");
  const auto turned = must(hub.run(hub.as_operator(), &update_app, {.app = "billing", .kind = "private"}));
  CHECK(turned.object->connections == 1);
}

TEST_CASE("A taken name is accepted with ensure when nothing differs") {
  AppHub hub;
  const core::CreateApp request{.name = "billing", .owner = "vendor", .redirects = {callback}};
  const AppAnswer first = *must(hub.run(hub.as_operator(), &create_app, request)).object;
  CHECK(code_of(hub.run(hub.as_operator(), &create_app, request)) == "exists");
  const auto again = must(hub.run(hub.ensuring(), &create_app, request));
  CHECK_FALSE(again.changed);
  CHECK(again.object->client_id == first.client_id);
  CHECK_FALSE(must(hub.run(hub.ensuring(), &create_app, {.name = "billing", .owner = "vendor"})).changed);
  const std::vector<core::CreateApp> others{
      {.name = "billing", .owner = "acme"},
      {.name = "billing", .owner = "vendor", .title = "Other"},
      {.name = "billing", .owner = "vendor", .description = "Other"},
      {.name = "billing", .owner = "vendor", .redirects = {"https://other.test/"}},
      {.name = "billing", .owner = "vendor", .audience = "own"},
      {.name = "billing", .owner = "vendor", .kind = "addon"},
      {.name = "billing", .owner = "vendor", .state = "draft"},
      {.name = "billing", .owner = "vendor", .refresh_reuse = "refuse"},
  };
  for (const core::CreateApp& other : others) CHECK(code_of(hub.run(hub.ensuring(), &create_app, other)) == "exists");
  Call stranger = hub.as("owner@acme.test");
  stranger.ensure = true;
  CHECK(code_of(hub.run(stranger, &create_app, {.name = "billing", .owner = "acme"})) == "exists");
}

TEST_CASE("An update changes what it names and counts only real changes") {
  AppHub hub;
  const AppAnswer before = hub.app("billing");
  CHECK_FALSE(must(hub.run(hub.as_operator(), &update_app, {.app = "billing", .title = "billing"})).changed);
  CHECK(hub.shown("billing").version == 1);
  const auto after = must(hub.run(hub.as_operator(), &update_app,
                                  {.app = "billing",
                                   .title = "Billing",
                                   .description = std::string("Sends bills"),
                                   .audience = "own",
                                   .kind = "addon",
                                   .state = "in_review",
                                   .refresh_reuse = "end_family"}));
  CHECK(after.changed);
  CHECK(after.object->version == 2);
  CHECK(after.object->title == "Billing");
  CHECK(after.object->description == "Sends bills");
  CHECK(after.object->audience == "own");
  CHECK(after.object->kind == "addon");
  CHECK(after.object->status == "in_review");
  CHECK(after.object->refresh_reuse == "end_family");
  CHECK(after.object->client_id == before.client_id);
  must(hub.run(hub.as_operator(), &update_app, {.app = "billing", .description = core::Patch<std::string>::unset()}));
  CHECK_FALSE(hub.shown("billing").description);
  CHECK(hub.shown("billing").title == "Billing");
  CHECK(code_of(hub.run(hub.at_version(1), &update_app, {.app = "billing", .title = "Late"})) == "stale");
  CHECK(code_of(hub.run(hub.at_version(3), &update_app, {.app = "billing", .title = "In time"})) == "ok");
  CHECK(code_of(hub.run(hub.as_operator(), &update_app, {.app = "billing", .title = " "})) == "invalid_request");
  CHECK(code_of(hub.run(hub.as_operator(), &update_app, {.app = "billing", .state = "gone"})) == "invalid_request");
}

TEST_CASE("Deleting an app ends what it had and never gives its client id out again") {
  AppHub hub;
  const AppAnswer before = hub.app("billing");
  const core::CredentialAnswer credential = hub.credential("billing", "ci");
  must(hub.run(hub.as_operator(), &core::install_connection, {.app = "billing", .subject = "org:acme"}));
  CHECK(code_of(hub.run(hub.as_operator(), &delete_app, {"billing", "bill"})) == "invalid_request");
  CHECK(code_of(hub.run(hub.at_version(7), &delete_app, {"billing", "billing"})) == "stale");
  CHECK(hub.shown("billing").connections == 1);
  const auto gone = must(hub.run(hub.as_operator(), &delete_app, {"billing", "billing"}));
  CHECK(gone.changed);
  CHECK(gone.object->client_id == before.client_id);
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_app, {"billing"})) == "unknown_application");
  CHECK(must(hub.run(hub.as_operator(), &core::show_credential, {credential.id})).state == "revoked");
  CHECK(must(hub.list(hub.as_operator(), &core::list_connections, {.organization = "acme"})).empty());
  CHECK(code_of(hub.run(hub.as_operator(), &delete_app, {"billing", "billing"})) == "unknown_application");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &delete_app, {"billing", "billing"})).changed);
  const AppAnswer again = hub.app("billing");
  CHECK(again.client_id != before.client_id);
  CHECK(again.connections == 0);
}

TEST_CASE("The name of an app that provided scopes is not given out again") {
  AppHub hub;
  hub.app("warehouse");
  hub.scope("warehouse", "items");
  must(hub.run(hub.as_operator(), &delete_app, {"warehouse", "warehouse"}));
  CHECK(code_of(hub.run(hub.as_operator(), &create_app, {.name = "warehouse", .owner = "acme"})) == "exists");
  CHECK(code_of(hub.run(hub.ensuring(), &create_app, {.name = "warehouse", .owner = "vendor"})) == "exists");
}

TEST_CASE("An admin of the owner changes an app and a member reads it and nobody else knows of it") {
  AppHub hub;
  hub.app("billing");
  hub.app("shop", "acme");
  struct Row {
    std::string person, show, update, list;
  };
  for (const Row& row : std::vector<Row>{{"admin@vendor.test", "ok", "ok", "billing"},
                                         {"member@vendor.test", "ok", "role_required", "billing"},
                                         {"contact@vendor.test", "role_required", "role_required", ""},
                                         {"owner@acme.test", "unknown_application", "unknown_application", "shop"}}) {
    CAPTURE(row.person);
    const Call call = hub.as(row.person);
    CHECK(code_of(hub.run(call, &core::show_app, {"billing"})) == row.show);
    CHECK(code_of(hub.run(call, &update_app, {.app = "billing", .title = "By " + row.person})) == row.update);
    CHECK(names(must(hub.list(call, &core::list_apps, {}))) == (row.list.empty() ? Texts{} : Texts{row.list}));
    if (row.update != "ok") CHECK(code_of(hub.run(call, &delete_app, {"billing", "billing"})) == row.update);
  }
  CHECK(names(must(hub.list(hub.as_operator(), &core::list_apps, {}))) == Texts{"billing", "shop"});
  CHECK(code_of(hub.run(hub.as("admin@vendor.test"), &delete_app, {"billing", "billing"})) == "ok");
}

TEST_CASE("A person creates apps only for organizations they administer") {
  AppHub hub;
  const auto code = [&](const std::string& person) {
    return code_of(hub.run(hub.as(person), &create_app, {.name = "billing", .owner = "vendor"}));
  };
  CHECK(code("owner@acme.test") == "not_found");
  CHECK(code("member@vendor.test") == "role_required");
  CHECK(code("contact@vendor.test") == "role_required");
  CHECK(code("admin@vendor.test") == "ok");
}

TEST_CASE("Built-in apps are not listed and not to be changed by anybody") {
  AppHub hub;
  CHECK(must(hub.list(hub.as_operator(), &core::list_apps, {})).empty());
  for (const std::string& name : Texts{"zaikio", "nexus211"}) {
    for (const auto& [call, code] : {std::pair{hub.as_operator(), "principal_not_allowed"},
                                     std::pair{hub.as("admin@vendor.test"), "unknown_application"}}) {
      CHECK(code_of(hub.run(call, &update_app, {.app = name, .title = "Mine"})) == code);
      CHECK(code_of(hub.run(call, &delete_app, {name, name})) == code);
      CHECK(code_of(hub.run(call, &core::create_credential, {.app = name})) == code);
      CHECK(code_of(hub.run(call, &core::provide_scope,
                            {.app = name, .name = "own", .access = "r", .bearer = {"person"}, .title = "Own"})) ==
            code);
      CHECK(code_of(hub.run(call, &core::deprecate_scope, {name, "organization"})) == code);
      CHECK(code_of(hub.run(call, &core::add_desired_scopes, {name, {"zaikio.person.r"}})) == code);
    }
  }
}
