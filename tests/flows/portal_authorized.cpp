#include "support/portal_hub.h"

// Third-party authorization on the portal: granting, the tab, and the way back to the application (nexus211.md
// sections 4.9 and 8).
namespace hub::testing {
namespace {

// shop is vendor's; zeta has an admin who knows neither.
struct Granting : PortalHub {
  static constexpr const char* admin_of_zeta = "admin@zeta.test";
  std::string page;

  Granting() {
    organization("zeta");
    person(admin_of_zeta);
    member(admin_of_zeta, "zeta", {"admin"});
    member(member_of_acme, "zeta", {"member"});
    page = area("zeta") + "/applications/authorize";
  }
  std::string shop_id() { return must(run(as_operator(), &core::show_app, {.app = "shop"})).client_id; }
  std::string asking(const std::string& more = "") { return page + "?application=" + shop_id() + more; }
  std::string tab() { return area("zeta") + "/applications?tab=authorized"; }
  bool is_granted() { return run(as_operator(), &core::show_authorization, {"shop/zeta"}).has_value(); }
};

TEST_CASE("an admin authorizes an application and it learns its secret from the keys alone") {
  Granting hub;
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open(hub.asking("&state=a%26b&redirect=" + percent_encode(OauthHub::redirect)));
  CHECK(admin.shows("wants to act in zeta"));
  CHECK(admin.shows("shop.test"));
  CHECK(admin.shows("The access lasts until somebody revokes it"));
  CHECK(admin.page().header("Content-Security-Policy").find("https:") != std::string::npos);
  admin.submit(admin.form(hub.page), "decision", "allow");
  CHECK(admin.left_for() == std::string(OauthHub::redirect) +
                                "?authorization=granted&organization=" + hub.org_hash("zeta") + "&state=a%26b");
  CHECK(hub.is_granted());
  const Answer keys = hub.send(get("/keys?organization=" + hub.org_hash("zeta"), hub.basic()));
  REQUIRE(keys.json().size() == 1);
  admin.open(hub.tab());
  CHECK(admin.shows("shop"));
  CHECK_FALSE(admin.shows(keys.json()[0]["secret"].get<std::string>()));
  const core::AuthorizationAnswer made = must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"}));
  CHECK(made.granted_by == hub.membership(Granting::admin_of_zeta, "zeta").id);
}

TEST_CASE("an admin cancels and nothing is granted") {
  Granting hub;
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open(hub.asking("&state=s&redirect=" + percent_encode(OauthHub::redirect)));
  admin.submit(admin.form(hub.page), "decision", "deny");
  CHECK(admin.returned("authorization") == "denied");
  CHECK(admin.returned("state") == "s");
  CHECK(admin.returned("organization") == hub.org_hash("zeta"));
  CHECK_FALSE(hub.is_granted());
}

TEST_CASE("without a redirect the tab follows") {
  Granting hub;
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open("/id/applications/authorize?application=" + hub.shop_id());
  CHECK(admin.path() == hub.asking());
  admin.submit(admin.form(hub.page), "decision", "allow");
  CHECK(admin.path() == hub.tab() + "&done=granted");
  CHECK(admin.shows("The application is authorized."));
  admin.open(hub.asking());
  CHECK(admin.shows("has authorized this application already"));
  CHECK_FALSE(admin.has_form(hub.page));
}

TEST_CASE("who is no admin is told so and has no button") {
  Granting hub;
  Browser member = hub.browser_of(PortalHub::member_of_acme);
  const Answer page = member.open(hub.asking());
  CHECK(page.status == 403);
  CHECK(member.shows("Only an admin or owner of zeta"));
  CHECK_FALSE(member.has_form(hub.page));
  CHECK(hub.browser_of(PortalHub::loner).open("/id/applications/authorize?application=" + hub.shop_id()).status == 403);
}

TEST_CASE("an own application cannot be authorized and an unknown redirect is never followed") {
  Granting hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/applications/authorize?application=" + hub.tool_id());
  CHECK(admin.shows("cannot authorize its own application"));
  CHECK_FALSE(admin.has_form(hub.area() + "/applications/authorize"));

  Browser zeta = hub.browser_of(Granting::admin_of_zeta);
  CHECK(zeta.open(hub.asking("&redirect=https%3A%2F%2Fevil.test%2F")).status == 400);
  CHECK_FALSE(zeta.has_form(hub.page));
  CHECK(zeta.open(hub.page + "?application=shop").status == 404);
  CHECK(zeta.open(hub.page + "?application=00000000-0000-7000-8000-000000000000").status == 404);
  CHECK(zeta.open(hub.page).status == 400);
  zeta.open(hub.asking());
  const Form form = zeta.form(hub.page).set("redirect", "https://evil.test/");
  CHECK(zeta.submit(form, "decision", "allow").status == 400);
  CHECK_FALSE(hub.is_granted());
}

TEST_CASE("what an application asks for later waits on the tab until an admin approves") {
  Granting hub;
  must(hub.run(hub.as(Granting::admin_of_zeta), &core::grant_authorization, {.app = "shop", .by = "zeta"}));
  const std::string key = hub.key_of("shop", "zeta");
  CHECK(hub.send(get("/organizations", key)).status == 403);
  std::vector<std::string> desired = must(hub.run(hub.as_operator(), &core::show_app, {.app = "shop"})).desired;
  desired.push_back("nexus211.organization.r");
  hub.desire("shop", desired);
  CHECK(hub.send(get("/organizations", key)).status == 403);

  Browser member = hub.browser_of(PortalHub::member_of_acme);
  member.open(hub.tab());
  CHECK(member.shows("waiting for approval"));
  CHECK(forms_of(member.page().body).size() == 1);  // to sign out
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open(hub.tab());
  const std::string id = must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).hash_id;
  admin.submit(admin.form(hub.area("zeta") + "/authorizations/" + id + "/approve"));
  CHECK_FALSE(admin.shows("waiting for approval"));
  CHECK(hub.send(get("/organizations", key)).status == 200);
}

TEST_CASE("a secret in use is replaced or revoked on the tab and the history stays") {
  Granting hub;
  must(hub.run(hub.as(Granting::admin_of_zeta), &core::grant_authorization, {.app = "shop", .by = "zeta"}));
  const std::string key = hub.key_of("shop", "zeta");
  const std::string id = must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).hash_id;
  const std::string path = hub.area("zeta") + "/authorizations/" + id;
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open(hub.tab());
  admin.submit(admin.form(path + "/rotate"));
  CHECK(hub.send(get("/keys", key)).status == 401);
  const std::string second = hub.key_of("shop", "zeta");
  CHECK(hub.send(get("/keys", second)).status == 200);

  admin.open(hub.tab());
  CHECK(admin.submit(admin.form(path + "/revoke")).status == 400);
  CHECK(admin.shows("It was used within the last day."));
  CHECK(hub.send(get("/keys", second)).status == 200);
  admin.submit(admin.form(path + "/revoke").set("confirm", "shop"));
  CHECK(admin.shows("No application of another organization is authorized."));
  CHECK(hub.send(get("/keys", second)).status == 401);
  admin.open(hub.tab() + "&ended=yes");
  CHECK(admin.shows("revoked"));
  CHECK(admin.submit(admin.form("/id/sign-out")).status == 200);
}

TEST_CASE("an authorization of another organization is not there") {
  Granting hub;
  must(hub.run(hub.as(Granting::admin_of_zeta), &core::grant_authorization, {.app = "shop", .by = "zeta"}));
  const std::string id = must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).hash_id;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  for (const char* what : {"approve", "rotate", "revoke"}) {
    CAPTURE(what);
    const std::string path = hub.area() + "/authorizations/" + id + "/" + what;
    CHECK(admin.submit(hub.bare_form(path, admin)).status == 404);
  }
  admin.open(hub.area() + "/applications?tab=authorized");
  CHECK_FALSE(admin.shows(id));
  CHECK(hub.is_granted());
}

TEST_CASE("an admin grants and approves what the page showed and nothing that came since") {
  Granting hub;
  std::vector<std::string> desired = must(hub.run(hub.as_operator(), &core::show_app, {.app = "shop"})).desired;
  const auto desires_more = [&](const std::string& scope) {
    desired.push_back(scope);
    hub.desire("shop", desired);
  };
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open(hub.asking());
  desires_more("nexus211.profile.r");
  CHECK(admin.submit(admin.form(hub.page), "decision", "allow").status == 409);
  CHECK_FALSE(hub.is_granted());
  CHECK(admin.shows("nexus211.profile.r"));
  admin.submit(admin.form(hub.page), "decision", "allow");
  CHECK(hub.is_granted());

  desires_more("nexus211.organization.r");
  admin.open(hub.tab());
  const std::string id = must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).hash_id;
  const std::string approve = hub.area("zeta") + "/authorizations/" + id + "/approve";
  desires_more("nexus211.application.rw");
  CHECK(admin.submit(admin.form(approve)).status == 409);
  CHECK(must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).pending_scopes.size() == 2);
  admin.submit(admin.form(approve));
  CHECK(must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).pending_scopes.empty());
}

TEST_CASE("a form to replace the secret of an authorization that is sent twice replaces it once") {
  Granting hub;
  must(hub.run(hub.as(Granting::admin_of_zeta), &core::grant_authorization, {.app = "shop", .by = "zeta"}));
  const std::string first = hub.key_of("shop", "zeta");
  const std::string id = must(hub.run(hub.as_operator(), &core::show_authorization, {"shop/zeta"})).hash_id;
  Browser admin = hub.browser_of(Granting::admin_of_zeta);
  admin.open(hub.tab());
  const Form form = admin.form(hub.area("zeta") + "/authorizations/" + id + "/rotate").set("overlap", "24h");
  admin.submit(form);
  CHECK(admin.submit(form).status == 409);
  CHECK(hub.send(get("/keys", first)).status == 200);
}

}  // namespace
}  // namespace hub::testing
