#include "support/portal_hub.h"

// /id/organizations: making them, being invited, and the page of one (nexus211.md section 8).
namespace hub::testing {
namespace {

TEST_CASE("somebody makes an organization and becomes its owner and admin") {
  PortalHub hub;
  Browser browser = hub.browser_of(PortalHub::loner);
  browser.open("/id/organizations");
  CHECK(browser.shows("You belong to no organization yet."));
  const Answer made = browser.submit(browser.form("/id/organizations").set("name", "North County 211"));
  CHECK(made.status == 200);
  CHECK(browser.path() == hub.area("north-county-211") + "?done=created");
  CHECK(browser.shows("you are its owner"));
  const core::MembershipAnswer mine = hub.membership(PortalHub::loner, "north-county-211");
  CHECK(mine.roles == Texts{"owner", "admin"});
  browser.open("/id/organizations");
  CHECK(browser.shows("North County 211"));

  SUBCASE("a name that is taken already gets another short name") {
    browser.submit(browser.form("/id/organizations").set("name", "North County 211"));
    CHECK(browser.shows("north-county-211-2"));
  }
  SUBCASE("a name with nothing to read is refused and stays in the form") {
    const Answer refused = browser.submit(browser.form("/id/organizations").set("name", std::string(201, 'x')));
    CHECK(refused.status == 400);
    CHECK(browser.shows("A name has 1 to 200 characters"));
    CHECK(browser.form("/id/organizations").has("name"));
  }
}

TEST_CASE("an invitation comes by mail and is accepted or declined on the portal") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/members");
  const Answer invited = admin.submit(
      admin.form(hub.area() + "/members").set("email", PortalHub::loner).set("role", "admin").set("first_name", "Lo"));
  CHECK(invited.status == 200);
  CHECK(admin.shows("The invitation is on its way."));
  CHECK(admin.shows("Invited"));
  const core::Mail mail = hub.mails().front();
  CHECK(mail.recipient == PortalHub::loner);
  CHECK(mail.text.find("http://127.0.0.1:4000/id/organizations\n") != std::string::npos);
  CHECK(mail.text.find("acme") != std::string::npos);

  Browser loner = hub.browser_of(PortalHub::loner);
  loner.open("/id/organizations");
  CHECK(loner.shows("invites you"));
  SUBCASE("accepted") {
    loner.submit(loner.form(hub.area() + "/accept"));
    CHECK(loner.shows("You are a member now."));
    const core::MembershipAnswer mine = hub.membership(PortalHub::loner);
    CHECK(mine.roles == Texts{"admin"});
    CHECK(mine.state == "joined");
    admin.open(hub.area() + "/members");
    CHECK(admin.shows("Joined at"));
  }
  SUBCASE("declined") {
    loner.submit(loner.form(hub.area() + "/leave"));
    CHECK(loner.path() == "/id/organizations?done=left");
    CHECK_FALSE(loner.shows("invites you"));
  }
  SUBCASE("before that it gives no way in") {
    CHECK(loner.open(hub.area()).status == 404);
    CHECK(loner.open(hub.area() + "/members").status == 404);
  }
  SUBCASE("nobody else accepts it") {
    Browser member = hub.browser_of(PortalHub::member_of_acme);
    member.open("/id/organizations");
    CHECK_FALSE(member.has_form(hub.area() + "/accept"));
  }
}

TEST_CASE("the page of an organization shows who owns it and lets admins rename it") {
  PortalHub hub;
  Browser member = hub.browser_of(PortalHub::member_of_acme);
  member.open(hub.area());
  CHECK(member.shows("owner@acme.test"));
  CHECK(member.shows(hub.org_hash("acme")));
  CHECK_FALSE(member.has_form(hub.area() + "/name"));
  CHECK_FALSE(member.has_form(hub.area() + "/delete"));

  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area());
  admin.submit(admin.form(hub.area() + "/name").set("name", "Acme Printing"));
  CHECK(admin.shows("Acme Printing"));
  CHECK_FALSE(admin.has_form(hub.area() + "/delete"));
  CHECK(std::ranges::count(hub.audited(), "org update ok") == 1);
}

TEST_CASE("an owner deletes an organization by typing its short name") {
  PortalHub hub;
  Browser owner = hub.browser_of(PortalHub::owner_of_acme);
  const std::string area = hub.area();
  owner.open(area);
  Form form = owner.form(area + "/delete");
  const Answer refused = owner.submit(form.set("confirm", "acne"));
  CHECK(refused.status == 400);
  CHECK(owner.shows("Please type the name exactly as it is shown."));
  owner.submit(owner.form(area + "/delete").set("confirm", "acme"));
  CHECK(owner.path() == "/id/organizations?done=deleted");
  CHECK(owner.open(area).status == 404);
}

TEST_CASE("the last owner cannot leave and a member can") {
  PortalHub hub;
  Browser owner = hub.browser_of(PortalHub::owner_of_acme);
  owner.open(hub.area());
  const Answer refused = owner.submit(owner.form(hub.area() + "/leave"));
  CHECK(refused.status == 409);
  CHECK(owner.shows("keeps at least one owner"));
  Browser member = hub.browser_of(PortalHub::member_of_acme);
  member.open(hub.area());
  member.submit(member.form(hub.area() + "/leave"));
  CHECK(member.path() == "/id/organizations?done=left");
  CHECK(member.open(hub.area()).status == 404);
}

TEST_CASE("the portal is closed until the address is confirmed") {
  PortalHub hub;
  hub.person("new@nowhere.test", false);
  Browser browser = hub.browser_of("new@nowhere.test");
  browser.open("/id/organizations");
  CHECK(browser.path().starts_with("/id/verify-email"));
}

TEST_CASE("an organization of others looks like one that is not there") {
  PortalHub hub;
  Browser browser = hub.browser_of(PortalHub::loner);
  for (const char* page : {"", "/members", "/applications", "/applications?tab=authorized"}) {
    CAPTURE(page);
    const Answer foreign = browser.open(hub.area() + page);
    const Answer missing = browser.open(std::string("/id/organizations/AAAAAAAAAAAA") + page);
    CHECK(foreign.status == 404);
    std::string shown = foreign.body;
    const std::string hash = hub.org_hash("acme");
    for (std::size_t at; (at = shown.find(hash)) != std::string::npos;) shown.replace(at, hash.size(), "AAAAAAAAAAAA");
    CHECK(shown == missing.body);
  }
}

TEST_CASE("a form changes nothing once the session has ended") {
  PortalHub hub;
  Browser browser = hub.browser_of(PortalHub::admin_of_acme);
  browser.open(hub.area());
  const Form form = browser.form(hub.area() + "/name").set("name", "Too late");
  const PersonId person = hub.person_id(PortalHub::admin_of_acme);
  must(hub.hub().write(hub.as_operator(), [&](core::Work& work) -> Result<void> {
    core::end_sessions_of(work, person);
    return {};
  }));
  browser.submit(form);
  CHECK(browser.path() == "/id/sign-in?next=" + percent_encode(hub.area()));  // the page the form stood on
  CHECK(must(hub.run(hub.as_operator(), &core::show_organization, {"acme"})).name == "acme");
}

TEST_CASE("a name that many others have taken is not refused") {
  PortalHub hub;
  for (int i = 1; i <= 25; ++i) {
    const std::string slug = i == 1 ? "popular" : "popular-" + std::to_string(i);
    hub.organization(slug);
  }
  Browser browser = hub.browser_of(PortalHub::loner);
  browser.open("/id/organizations");
  browser.submit(browser.form("/id/organizations").set("name", "Popular"));
  CHECK(browser.shows("you are its owner"));
}

}  // namespace
}  // namespace hub::testing
