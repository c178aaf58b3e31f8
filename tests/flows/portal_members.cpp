#include "support/portal_hub.h"

// The members of an organization on the portal, by the gates of nexus211.md section 4.7.
namespace hub::testing {
namespace {

std::string roles_path(PortalHub& hub, const std::string& email) {
  return hub.area() + "/members/" + hub.membership(email).hash_id + "/roles";
}
std::string remove_path(PortalHub& hub, const std::string& email) {
  return hub.area() + "/members/" + hub.membership(email).hash_id + "/remove";
}

TEST_CASE("members see everybody and contacts see themselves only") {
  PortalHub hub;
  Browser member = hub.browser_of(PortalHub::member_of_acme);
  member.open(hub.area() + "/members");
  for (const char* who : {"owner@acme.test", "admin@acme.test", "contact@acme.test"}) CHECK(member.shows(who));
  CHECK_FALSE(member.has_form(hub.area() + "/members"));
  CHECK_FALSE(member.has_form(roles_path(hub, PortalHub::admin_of_acme)));
  Browser contact = hub.browser_of(PortalHub::contact_of_acme);
  contact.open(hub.area() + "/members");
  CHECK(contact.shows("contact@acme.test"));
  CHECK_FALSE(contact.shows("owner@acme.test"));
  CHECK(contact.open(hub.area() + "/applications").status == 403);
  CHECK(contact.open(hub.area() + "/applications?tab=authorized").status == 403);
  CHECK(contact.open(hub.app_path()).status == 403);
}

TEST_CASE("an admin changes roles but never gives or takes the role owner") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/members");
  CHECK_FALSE(admin.has_form(roles_path(hub, PortalHub::owner_of_acme)));
  Form form = admin.form(roles_path(hub, PortalHub::member_of_acme));
  CHECK_FALSE(form.offers("role[]", "owner"));
  form.fields.emplace_back("role[]", "purchaser");
  admin.submit(form);
  CHECK(hub.membership(PortalHub::member_of_acme).roles == Texts{"member", "purchaser"});

  form = admin.form(roles_path(hub, PortalHub::member_of_acme));
  form.fields.emplace_back("role[]", "owner");
  CHECK(admin.submit(form).status == 403);
  CHECK(hub.membership(PortalHub::member_of_acme).roles == Texts{"member", "purchaser"});

  admin.open(hub.area() + "/members");
  form = admin.form(roles_path(hub, PortalHub::member_of_acme));
  std::erase_if(form.fields, [](const auto& field) { return field.first == "role[]"; });
  CHECK(admin.submit(form).status == 400);
  CHECK(admin.shows("A member has at least one role"));
}

TEST_CASE("an owner gives the role owner and the last one keeps it") {
  PortalHub hub;
  Browser owner = hub.browser_of(PortalHub::owner_of_acme);
  owner.open(hub.area() + "/members");
  Form form = owner.form(roles_path(hub, PortalHub::owner_of_acme));
  form.set("role[]", "admin");
  CHECK(owner.submit(form).status == 409);
  CHECK(owner.shows("keeps at least one owner"));
  form = owner.form(roles_path(hub, PortalHub::admin_of_acme));
  form.fields.emplace_back("role[]", "owner");
  owner.submit(form);
  CHECK(hub.membership(PortalHub::admin_of_acme).roles == Texts{"owner", "admin"});
}

TEST_CASE("who is removed loses roles and tokens at once and invitations are withdrawn") {
  PortalHub hub;
  const std::string token = hub.member_token();
  CHECK(hub.send(get("/profiles/me", token)).status == 200);
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/members");
  admin.submit(admin.form(remove_path(hub, PortalHub::member_of_acme)));
  CHECK(admin.shows("do not belong to the organization any more"));
  CHECK(hub.send(get("/profiles/me", token)).status == 401);

  admin.submit(admin.form(hub.area() + "/members").set("email", "guest@nowhere.test"));
  admin.submit(admin.form(remove_path(hub, "guest@nowhere.test")));
  CHECK_FALSE(admin.shows("guest@nowhere.test"));
  CHECK(std::ranges::count(hub.audited(), "member remove ok") == 2);
}

TEST_CASE("inviting twice or without an address is refused at the field") {
  PortalHub hub;
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/members");
  CHECK(admin.submit(admin.form(hub.area() + "/members").set("email", "member@acme.test")).status == 409);
  CHECK(admin.shows("This address is invited or a member already."));
  CHECK(admin.form(hub.area() + "/members").fields.size() >= 5);
  CHECK(admin.submit(admin.form(hub.area() + "/members").set("email", "no address")).status == 400);
  CHECK(admin.shows("This is no e-mail address."));
  CHECK(admin.submit(admin.form(hub.area() + "/members").set("email", "x@y.test").set("role", "owner")).status == 400);
}

TEST_CASE("long lists come in parts and are searched") {
  PortalHub hub;
  for (int i = 0; i < 60; ++i) {
    const std::string email = "p" + std::to_string(100 + i) + "@acme.test";
    hub.person(email);
    hub.member(email, "acme", {"member"});
  }
  Browser member = hub.browser_of(PortalHub::member_of_acme);
  member.open(hub.area() + "/members");
  CHECK(member.shows("p120@acme.test"));
  CHECK_FALSE(member.shows("p159@acme.test"));
  CHECK(member.shows("rel=\"next\""));
  member.open(hub.area() + "/members?skip=50");
  CHECK(member.shows("p159@acme.test"));
  CHECK_FALSE(member.shows("p120@acme.test"));
  CHECK(member.shows("rel=\"prev\""));
  member.open(hub.area() + "/members?q=P159");
  CHECK(member.shows("p159@acme.test"));
  CHECK_FALSE(member.shows("p158@acme.test"));
  CHECK(member.open(hub.area() + "/members?skip=-1").status == 200);
  CHECK(member.open(hub.area() + "/members?skip=99999999999999999999").status == 200);
}

TEST_CASE("a refused removal says why and a contact with an account becomes a member") {
  PortalHub hub;
  Browser owner = hub.browser_of(PortalHub::owner_of_acme);
  owner.open(hub.area() + "/members");
  CHECK(owner.submit(owner.form(remove_path(hub, PortalHub::owner_of_acme))).status == 409);
  CHECK(owner.shows("keeps at least one owner"));
  owner.submit(owner.form(roles_path(hub, PortalHub::contact_of_acme)).set("role[]", "member"));
  CHECK(hub.membership(PortalHub::contact_of_acme).roles == Texts{"member"});
}

TEST_CASE("a form that is older than what it changes is refused and one below the first part leads back to it") {
  PortalHub hub;
  for (int i = 0; i < 60; ++i) {
    const std::string email = "p" + std::to_string(100 + i) + "@acme.test";
    hub.person(email);
    hub.member(email, "acme", {"member"});
  }
  Browser admin = hub.browser_of(PortalHub::admin_of_acme);
  admin.open(hub.area() + "/members?skip=50");
  const Form form = admin.form(roles_path(hub, "p159@acme.test")).set("role[]", "designer");
  admin.submit(form);
  CHECK(admin.path() == hub.area() + "/members?done=changed&skip=50");
  CHECK(admin.submit(form).status == 409);
  CHECK(admin.shows("Somebody changed it in between"));
  CHECK(admin.shows("p159@acme.test"));
  CHECK(admin.shows("href=\"" + hub.area() + "/members?skip=0\""));
}

}  // namespace
}  // namespace hub::testing
