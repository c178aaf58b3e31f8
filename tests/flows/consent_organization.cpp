#include "hub/core/connection_request.h"
#include "support/consenting_browser.h"

// Consent for organizations by plain form posts (zaikio-hub.md sections 2.2, 3.1 and 11; security.md SC-04 and WB-07).
namespace hub::testing {
namespace {

bool is_connected(ConsentPages& hub, const std::string& connection) {
  return hub.run(hub.as_operator(), &core::show_connection, {connection}).has_value();
}

TEST_CASE("an admin installs an app and the connection comes with the exchange only") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_admin);
  const std::string zeta = hub.org_id("zeta");
  browser.arrive(hub.authorize_target({{"scope", "Org.shop.items.r,Org.shop.orders.r"}}));
  CHECK(browser.form("/grant").offers("organization", zeta));
  CHECK(browser.form("/grant").has_button("decision", "allow"));
  CHECK(browser.form("/grant").has_button("decision", "deny"));
  for (const char* part : {"shop", "vendor", "shop.test", "shop.items.r", "/id/account/applications"}) {
    CAPTURE(part);
    CHECK(browser.shows(part));
  }
  browser.decide("allow", zeta);
  REQUIRE(browser.left_for().starts_with(std::string(OauthHub::redirect) + "?code="));
  CHECK(browser.returned("state") == "xyz");
  CHECK(browser.returned("iss") == "http://127.0.0.1:4000");
  CHECK_FALSE(is_connected(hub, "shop/zeta"));
  const Answer token = hub.redeemed(browser.returned("code"));
  REQUIRE(token.status == 200);
  CHECK(token.json()["bearer"]["id"] == zeta);
  CHECK(is_connected(hub, "shop/zeta"));

  // The choice is shown again, but nothing is new; with the organization named there is nothing to ask.
  browser.open(hub.authorize_target({{"scope", "Org.shop.items.r"}}));
  CHECK(browser.has_form("/grant"));
  CHECK_FALSE(browser.shows("class=\"tag\">new"));
  browser.open(hub.authorize_target({{"scope", "Org/" + zeta + ".shop.items.r"}}));
  CHECK_FALSE(browser.returned("code").empty());
  hub.news();
  browser.open(hub.authorize_target({{"scope", "Org/" + zeta + ".shop.items.w,Org/" + zeta + ".shop.items.r"}}));
  REQUIRE(browser.has_form("/grant"));
  CHECK(browser.shows(">new<"));
  browser.decide("allow");
  REQUIRE(hub.redeemed(browser.returned("code")).status == 200);
  CHECK(hub.news().front().starts_with("zaikio.connection_changed Org/" + zeta));
}

TEST_CASE("who is no admin of the organization that the app names is sent back with invalid_scope") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  const std::string mine = "Org/" + hub.org_id("zeta") + ".shop.items.r", foreign = hub.org("shop.items.r");
  browser.arrive(hub.authorize_target({{"scope", mine}}));
  CHECK(browser.returned("error") == "invalid_scope");
  CHECK(browser.returned("error_description") == "unpermitted_bearer_id");
  CHECK(browser.returned("state") == "xyz");
  browser.open(hub.authorize_target({{"scope", foreign}}));
  CHECK(browser.returned("error_description") == "bearer_does_not_exist");
}

TEST_CASE("a member who acts for an organization gets what it granted and no error for the rest") {
  ConsentPages hub;
  hub.install("shop", "org:zeta", {"shop.items.r"});
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  const std::string on_behalf = "Per>Org/" + hub.org_id("zeta") + ".";
  browser.arrive(hub.authorize_target({{"scope", on_behalf + "shop.items.r " + on_behalf + "shop.orders.r"}}));
  CHECK_FALSE(browser.shows("shop.orders.r"));
  browser.decide("allow");
  const Answer token = hub.redeemed(browser.returned("code"));
  REQUIRE(token.status == 200);
  CHECK(token.text("scope") == "shop.items.r");
  CHECK(token.json()["bearer_on_behalf_of"]["roles"] == Json::array({"member"}));
}

TEST_CASE("an organization is made on the way and the flow goes on with it") {
  ConsentPages hub;
  hub.person("new@nowhere.test");
  ConsentingBrowser browser(hub, "new@nowhere.test");
  browser.arrive(hub.authorize_target({{"scope", "Org.shop.items.r"},
                                       {"organization[name]", "Nova Print"},
                                       {"organization[country_code]", "DE"},
                                       {"organization[kinds][]", "printer"}}));
  CHECK_FALSE(browser.form("/grant").has_button("decision", "allow"));  // nothing to choose yet
  const Form creation = browser.form("/grant/organization");
  CHECK(std::ranges::find(creation.fields, std::pair<std::string, std::string>("name", "Nova Print")) !=
        creation.fields.end());
  Form wrong = creation;
  CHECK(browser.submit(wrong.set("country_code", "nowhere")).status == 400);
  CHECK(browser.has_form("/grant/organization"));
  browser.submit(creation);
  const auto made = must(hub.run(hub.as_operator(), &core::show_organization, {"nova-print"}));
  CHECK(made.kinds == Texts{"printer"});
  CHECK(made.country_code == "DE");
  const auto membership =
      must(hub.run(hub.as_operator(), &core::show_membership, {.member = "new@nowhere.test", .org = "nova-print"}));
  CHECK(membership.roles == Texts{"owner", "admin"});
  REQUIRE(browser.form("/grant").offers("organization", made.id));
  browser.decide("allow");  // it is chosen already
  REQUIRE(hub.redeemed(browser.returned("code")).status == 200);
  CHECK(is_connected(hub, "shop/nova-print"));
}

TEST_CASE("a member asks the admins and can go on once one of them has approved") {
  ConsentPages hub;
  const std::string zeta = hub.org_id("zeta");
  ConsentingBrowser member(hub, ConsentPages::zeta_member), admin(hub, ConsentPages::zeta_admin);
  const std::string target = hub.authorize_target({{"scope", "Per>Org.shop.items.r"}});
  member.arrive(target);
  CHECK(member.form("/grant").offers("organization", zeta));
  CHECK_FALSE(member.form("/grant").has_button("decision", "allow"));
  const std::string handle = member.path().substr(member.path().find("hlr_"));
  member.open("/grant?request=" + handle + "&organization=" + zeta);
  CHECK(member.shows(ConsentPages::zeta_admin));
  CHECK(member.shows("shop.items.r"));
  // The choice cannot be forced.
  Form forced = member.form("/grant");
  CHECK(member.submit(forced.set("organization", zeta), "decision", "allow").status == 403);
  CHECK_FALSE(is_connected(hub, "shop/zeta"));
  member.open("/grant?request=" + handle + "&organization=" + zeta);
  member.submit(member.form("/grant/ask"));
  CHECK(member.shows("asked"));
  member.open("/grant?request=" + handle + "&organization=" + zeta);
  member.submit(member.form("/grant/ask"));

  const auto open = must(hub.list(hub.as_operator(), &core::list_connection_requests, {}));
  REQUIRE(open.size() == 1);
  CHECK(open.front().person == ConsentPages::zeta_member);
  CHECK(open.front().scopes == Texts{"shop.items.r"});
  member.arrive("/id/requests");
  CHECK_FALSE(member.has_form("/id/requests/" + open.front().id + "/approve"));
  admin.sign_in(ConsentPages::zeta_admin, ConsentPages::password);
  admin.open("/id/requests");
  CHECK(admin.shows(ConsentPages::zeta_member));
  admin.submit(admin.form("/id/requests/" + open.front().id + "/approve"));
  CHECK(admin.page().status == 200);
  CHECK(is_connected(hub, "shop/zeta"));
  member.open(target);
  member.decide("allow", zeta);
  CHECK(hub.redeemed(member.returned("code")).text("scope") == "shop.items.r");
}

TEST_CASE("SC-04 nobody but an admin decides a request and none is decided twice") {
  ConsentPages hub;
  Call member = hub.as(ConsentPages::zeta_member), admin = hub.as(ConsentPages::zeta_admin);
  const auto asked = must(hub.run(member, &core::request_connection, {"shop", "zeta", {"shop.items.r"}}));
  CHECK(code_of(hub.run(member, &core::request_connection, {"shop", "zeta", {"shop.items.r"}})) == "exists");
  CHECK(code_of(hub.run(admin, &core::request_connection, {"shop", "zeta", {"shop.items.r"}})) == "wrong_state");
  const std::string id = asked.object->id;
  CHECK(code_of(hub.run(member, &core::approve_connection_request, {id})) == "role_required");
  CHECK(code_of(hub.run(hub.as(OauthHub::jane), &core::approve_connection_request, {id})) == "not_found");
  CHECK(must(hub.list(member, &core::list_connection_requests, {})).empty());
  CHECK(must(hub.list(admin, &core::list_connection_requests, {})).size() == 1);
  must(hub.run(admin, &core::decline_connection_request, {id}));
  CHECK(code_of(hub.run(admin, &core::approve_connection_request, {id})) == "wrong_state");
  CHECK_FALSE(is_connected(hub, "shop/zeta"));
  must(hub.run(member, &core::request_connection, {"shop", "zeta", {"shop.items.r"}}));
}

}  // namespace
}  // namespace hub::testing
