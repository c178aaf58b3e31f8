#include "support/portal_hub.h"

// The applications of an organization on the portal (nexus211.md sections 4.8 and 8).
namespace hub::testing {
namespace {

core::AppAnswer app_named(PortalHub& hub, const std::string& name) {
  return must(hub.run(hub.as_operator(), &core::show_app, {.app = name}));
}

TEST_CASE("a new application has its secret shown once and works with it") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/applications");
  admin.submit(admin.form(hub.area() + "/applications").set("title", "Sync Bot"));
  const core::AppAnswer app = app_named(hub, "sync_bot");
  CHECK(app.audience == "none");
  CHECK(app.title == "Sync Bot");
  CHECK(admin.shows(app.client_id));
  CHECK(admin.shows("Single tenant"));
  const std::string secret = value_of(admin, "client-secret");
  CHECK(secret.size() == 43);
  CHECK(admin.page().header("Content-Security-Policy").find("script-src 'self'") != std::string::npos);
  CHECK(hub.send(get("/keys", basic_header(app.client_id, secret))).status == 200);
  CHECK(admin.cookies().count("hub_shown_once") == 0);

  SUBCASE("not a second time") {
    admin.open(hub.app_path("sync_bot"));
    CHECK(value_of(admin, "client-secret").empty());
    CHECK_FALSE(admin.shows(secret));
  }
  SUBCASE("and appears among my applications") {
    admin.open(hub.area() + "/applications");
    CHECK(admin.shows("Sync Bot"));
    CHECK(admin.shows("My Applications"));
    CHECK(admin.shows("Authorized Applications"));
  }
  SUBCASE("the same name again gets another technical one") {
    admin.open(hub.area() + "/applications");
    admin.submit(admin.form(hub.area() + "/applications").set("title", "Sync Bot"));
    CHECK(app_named(hub, "sync_bot_2").title == "Sync Bot");
  }
}

TEST_CASE("a secret on its way is shown in the session and on the page it is for alone") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  const Form form = admin.form(hub.app_path() + "/secret");
  const Answer made = admin.ask(form.action, Method::post, form_of(form.fields));
  CHECK(made.status == 303);
  CHECK(made.body.empty());
  const std::string sealed = admin.cookies()["hub_shown_once"];
  REQUIRE_FALSE(sealed.empty());

  SUBCASE("another session") {
    Browser owner = hub.browser_of(PortalHub::owner_of_acme);
    owner.cookies()["hub_shown_once"] = sealed;
    owner.open(hub.app_path());
    CHECK(value_of(owner, "client-secret").empty());
  }
  SUBCASE("another page") {
    hub.app("other", "acme");
    admin.open(hub.app_path("other"));
    CHECK(value_of(admin, "client-secret").empty());
  }
  SUBCASE("too late") {
    hub.clock().advance(std::chrono::seconds(121));
    admin.open(hub.app_path());
    CHECK(value_of(admin, "client-secret").empty());
  }
  SUBCASE("in time") {
    admin.open(hub.app_path());
    CHECK(value_of(admin, "client-secret").size() == 43);
  }
}

TEST_CASE("rotating the secret ends the old one at once or after the overlap") {
  PortalHub hub;
  CHECK(hub.send(get("/keys", hub.tool())).status == 200);
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  admin.submit(admin.form(hub.app_path() + "/secret"));
  const std::string second = value_of(admin, "client-secret");
  CHECK(hub.send(get("/keys", hub.tool())).status == 401);
  CHECK(hub.send(get("/keys", basic_header(hub.tool_id(), second))).status == 200);
  admin.open(hub.app_path());
  admin.submit(admin.form(hub.app_path() + "/secret").set("overlap", "24h"));
  CHECK(hub.send(get("/keys", basic_header(hub.tool_id(), second))).status == 200);
  hub.clock().advance(std::chrono::hours(25));
  CHECK(hub.send(get("/keys", basic_header(hub.tool_id(), second))).status == 401);
  CHECK(std::ranges::count(hub.audited(), "credential rotate ok") == 2);
}

TEST_CASE("scopes are ticked and unticked") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  Form form = admin.form(hub.app_path() + "/scopes");
  CHECK(form.offers("nexus[]", "nexus211.profile.r"));
  CHECK(form.offers("zaikio[]", "zaikio.organization.r"));
  std::erase_if(form.fields, [](const auto& field) { return field.first == "nexus[]"; });
  form.fields.emplace_back("nexus[]", "nexus211.profile.r");
  form.set("others", "shop.items.r\r\n\r\nshop.orders.r");
  admin.submit(form);
  CHECK(app_named(hub, "tool").desired == Texts{"nexus211.profile.r", "shop.items.r", "shop.orders.r"});
  CHECK(hub.send(get("/organizations", hub.tool())).status == 403);

  form = admin.form(hub.app_path() + "/scopes").set("others", "shop.nothing.r");
  CHECK(admin.submit(form).status == 400);
  CHECK(admin.shows("There is no such scope."));
  CHECK(admin.form(hub.app_path() + "/scopes").offers("nexus[]", "nexus211.profile.w"));
  CHECK(app_named(hub, "tool").desired.size() == 3);
}

TEST_CASE("the set-up of sign-in warns of an open audience and can be narrowed and removed") {
  PortalHub hub;
  hub.app("fresh", "acme");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "fresh", .audience = "none"}));
  const std::string path = hub.app_path("fresh");
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(path);
  CHECK(admin.shows("Nobody can sign in to this application."));
  CHECK_FALSE(admin.has_form(path + "/sign-in/remove"));
  Form form = admin.form(path + "/sign-in");
  CHECK(admin.submit(form).status == 400);
  CHECK(admin.shows("one to twenty"));
  admin.submit(admin.form(path + "/sign-in").set("redirect", "https://fresh.test/cb\nhttp://localhost:8000/cb"));
  CHECK(admin.shows("id=\"open-to-all\""));
  CHECK(admin.shows("Multi tenant"));
  CHECK(app_named(hub, "fresh").redirects == Texts{"https://fresh.test/cb", "http://localhost:8000/cb"});

  admin.submit(
      admin.form(path + "/sign-in").set("audience", "list").set("audience_organization", hub.org_hash("vendor")));
  CHECK(app_named(hub, "fresh").audience_organizations == Texts{"vendor"});
  CHECK_FALSE(admin.shows("id=\"open-to-all\""));
  CHECK(admin.submit(admin.form(path + "/sign-in").set("audience_organization", "AAAAAAAAAAAA")).status == 404);
  CHECK(app_named(hub, "fresh").audience_organizations == Texts{"vendor"});

  admin.open(path);
  admin.submit(admin.form(path + "/sign-in").set("audience", "own"));
  CHECK(admin.shows("Single tenant"));
  CHECK(app_named(hub, "fresh").audience_organizations.empty());
  admin.submit(admin.form(path + "/sign-in/remove"));
  CHECK(app_named(hub, "fresh").audience == "none");
  CHECK(app_named(hub, "fresh").redirects.empty());
}

TEST_CASE("an application is deleted by typing its name") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  const std::string path = hub.app_path();
  CHECK(admin.submit(admin.form(path + "/delete").set("confirm", "Tool")).status == 400);
  admin.submit(admin.form(path + "/delete").set("confirm", "tool"));
  CHECK(admin.path() == hub.area() + "/applications?done=deleted");
  CHECK(hub.send(get("/keys", hub.tool())).status == 401);
  CHECK(admin.open(path).status == 404);
}

TEST_CASE("members look at applications and change nothing") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  const std::vector<Form> forms = forms_of(admin.page().body);
  Browser member = hub.browser_of(PortalHub::member_of_acme);
  member.open(hub.app_path());
  CHECK(member.shows(hub.tool_id()));
  for (const Form& form : forms) {
    if (!form.action.starts_with(hub.app_path())) continue;
    CAPTURE(form.action);
    CHECK_FALSE(member.has_form(form.action));
  }
  const core::AppAnswer before = app_named(hub, "tool");
  for (const Form& form : forms) {
    if (!form.action.starts_with(hub.app_path())) continue;
    CAPTURE(form.action);
    CHECK(member.submit(form).status == 403);  // the token is another session's
    const Answer refused = member.submit(hub.with_token(form, member));
    CHECK(refused.status == 403);
    CHECK(refused.trace.error == "role_required");
  }
  CHECK(app_named(hub, "tool").version == before.version);
  CHECK(hub.send(get("/keys", hub.tool())).status == 200);
}

TEST_CASE("each form shows the command that does the same") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  for (const char* line : {"hubctl app update tool --title TEXT --description TEXT --actor person:admin@acme.test",
                           "hubctl scope desired set tool SCOPE... --actor", "hubctl app delete tool --confirm TEXT",
                           "--secret-out FILE --actor person:admin@acme.test"}) {
    CAPTURE(line);
    CHECK(unescaped(admin.page().body).find(line) != std::string::npos);
  }
}

TEST_CASE("a form to rotate the secret that is sent twice rotates once") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  const Form form = admin.form(hub.app_path() + "/secret").set("overlap", "24h");
  admin.submit(form);
  const std::string second = value_of(admin, "client-secret");
  admin.submit(form);
  CHECK(admin.path() == hub.app_path());
  CHECK(hub.send(get("/keys", hub.tool())).status == 200);
  CHECK(hub.send(get("/keys", basic_header(hub.tool_id(), second))).status == 200);
}

TEST_CASE("what a contact tries is refused and in the audit trail") {
  PortalHub hub;
  Browser contact = hub.browser_of(PortalHub::contact_of_acme);
  CHECK(contact.submit(hub.bare_form(hub.app_path() + "/secret", contact)).status == 403);
  CHECK(contact.submit(hub.bare_form(hub.app_path() + "/delete", contact, {{"confirm", "tool"}})).status == 403);
  const Texts rows = hub.audited();
  CHECK(std::ranges::count(rows, "credential rotate role_required") == 1);
  CHECK(std::ranges::count(rows, "app delete role_required") == 1);
}

TEST_CASE("the portal takes web addresses as redirects and nothing else") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.app_path());
  for (const char* redirect : {"com.example.app:/cb", "http://evil.test/", "https://ok.test/\nmyapp://cb"}) {
    CAPTURE(std::string(redirect));
    CHECK(admin.submit(admin.form(hub.app_path() + "/sign-in").set("redirect", redirect)).status == 400);
    CHECK(app_named(hub, "tool").redirects == Texts{OauthHub::redirect});
  }
}

}  // namespace
}  // namespace hub::testing
