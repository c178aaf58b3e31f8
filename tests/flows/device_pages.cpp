#include "hub/core/device.h"
#include "support/page_hub.h"

// A device is let in or refused on the hub's pages (zaikio-hub.md section 3.6, security.md section 6).
namespace hub::testing {
namespace {

const char* const verify = "/oauth/device_authorizations/verify";

class DevicePages : public PageHub {
 public:
  Answer started(const std::string& scope, Fields more = {}) {
    more.push_back({"client_id", client_id()});
    more.push_back({"scope", scope});
    const Answer answer = send(form("/oauth/device_authorizations/authorize", more));
    REQUIRE(answer.status == 200);
    return answer;
  }
  Answer polled(const Answer& started) {
    return send(form("/oauth/access_token", {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                                             {"device_code", started.text("device_code")},
                                             {"client_id", client_id()}}));
  }
  std::string state(const Answer& started) {
    return must(run(as_operator(), &core::show_device, {started.text("user_code")})).state;
  }
};

TEST_CASE("DV-01 a filled-in code waits for a button and the confirmation shows what is asked") {
  DevicePages hub;
  const Answer device = hub.started("shop.items.r,zaikio.person.r");
  Browser browser(hub);
  browser.open(device.text("verification_uri_complete").substr(browser.origin.size()));
  CHECK(browser.path().starts_with("/id/sign-in?next="));
  browser.submit(browser.form("/id/sign-in").set("email", OauthHub::jane).set("password", PageHub::password));
  // Nothing has been opened so far.
  CHECK(browser.path().starts_with(verify));
  CHECK(browser.shows("<svg"));
  CHECK(hub.state(device) == "waiting");
  Form form = browser.form(verify);
  CHECK(form.has("csrf"));
  CHECK(std::ranges::find(form.fields, std::pair<std::string, std::string>("code", device.text("user_code"))) !=
        form.fields.end());
  browser.submit(form);
  CHECK(browser.path().starts_with("/grant?request="));
  CHECK(browser.shows("shop"));                    // the app
  CHECK(browser.shows("vendor"));                  // its owner
  CHECK(browser.shows("Scope items"));             // what it may do
  CHECK(browser.shows(device.text("user_code")));  // to compare
  CHECK(browser.shows("127.0.0.1"));               // where it was asked
  CHECK(hub.state(device) == "waiting");
  const Form consent = browser.form("/grant");
  CHECK(consent.has_button("decision", "allow"));
  CHECK(consent.has_button("decision", "deny"));
  browser.submit(consent, "decision", "allow");
  CHECK(browser.page().status == 200);
  CHECK(browser.shows("Return to your device"));
  const Answer token = hub.polled(device);
  CAPTURE(token.body);
  REQUIRE(token.status == 200);
  CHECK(token.text("scope") == "shop.items.r,zaikio.person.r");
}

TEST_CASE("DV-01 a form without its token opens and decides nothing") {
  DevicePages hub;
  const Answer device = hub.started("shop.items.r");
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open(verify);
  Form form = browser.form(verify);
  std::erase_if(form.fields, [](const auto& field) { return field.first == "csrf"; });
  CHECK(browser.submit(form.set("code", device.text("user_code"))).status == 403);
  CHECK(hub.state(device) == "waiting");
}

TEST_CASE("a device for an organization is let in by an admin who chooses it") {
  DevicePages hub;
  const Answer device = hub.started("Org.shop.items.r");
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open("/id/device");
  std::string typed = device.text("user_code");
  std::erase(typed, '-');
  for (char& c : typed) c = static_cast<char>(c - 'A' + 'a');
  browser.submit(browser.form("/id/device").set("code", typed));
  Form choice = browser.form("/grant");
  REQUIRE(choice.offers("organization", hub.acme()));
  choice.set("organization", hub.acme());
  browser.submit(choice, "decision", "allow");
  // The choice may come before the question.
  if (browser.path().starts_with("/grant")) browser.submit(browser.form("/grant"), "decision", "allow");
  CHECK(browser.shows("Return to your device"));
  const Answer token = hub.polled(device);
  CAPTURE(token.body);
  REQUIRE(token.status == 200);
  CHECK(token.json()["bearer"]["id"] == hub.acme());
}

TEST_CASE("a refused device is told so and cannot be let in any more") {
  DevicePages hub;
  const Answer device = hub.started("shop.items.r");
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open(verify);
  browser.submit(browser.form(verify).set("code", device.text("user_code")));
  const Form consent = browser.form("/grant");
  browser.submit(consent, "decision", "deny");
  CHECK(browser.page().status == 200);
  CHECK(browser.shows("return to your device"));
  CHECK(hub.polled(device).text("error") == "access_denied");
  // Claim DV-06.
  browser.submit(consent, "decision", "allow");
  CHECK(browser.page().status >= 400);
  CHECK(hub.polled(device).text("error") == "access_denied");
}

TEST_CASE("DV-06 a device that two people have opened is decided by the first") {
  DevicePages hub;
  hub.give_password("admin@vendor.test");
  const Answer device = hub.started("shop.items.r");
  Browser first(hub), second(hub);
  const auto open = [&](Browser& browser, const char* email) {
    browser.sign_in(email, PageHub::password);
    browser.open(verify);
    browser.submit(browser.form(verify).set("code", device.text("user_code")));
    return browser.form("/grant");
  };
  const Form of_first = open(first, OauthHub::jane), of_second = open(second, "admin@vendor.test");
  first.submit(of_first, "decision", "allow");
  CHECK(first.page().status == 200);
  second.submit(of_second, "decision", "deny");
  CHECK(second.page().status >= 400);
  const Answer token = hub.polled(device);
  REQUIRE(token.status == 200);
  CHECK(token.json()["bearer"]["id"] == hub.person_id(OauthHub::jane).text());
}

TEST_CASE("DV-03 a wrong code and a locked session get the same page") {
  DevicePages hub;
  const Answer device = hub.started("shop.items.r");
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open(verify);
  const Form form = browser.form(verify);
  const auto tried = [&](const std::string& code) {
    Form filled = form;
    const Answer answer = browser.submit(filled.set("code", code));
    CHECK(browser.shows("wrong or has expired"));
    return answer.status;
  };
  const int wrong = tried("ZZZZ-ZZZZ");
  CHECK(wrong >= 400);
  for (int i = 0; i < 4; ++i) CHECK(tried("ZZZZ-ZZZZ") == wrong);
  CHECK(tried(device.text("user_code")) == wrong);
  CHECK(tried("no code at all") == wrong);
  CHECK(hub.state(device) == "waiting");
}

TEST_CASE("the page of devices speaks German and repeats nothing of a bad link") {
  DevicePages hub;
  Browser browser(hub);
  browser.language = "de";
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open(std::string(verify) + "?code=%3Cscript%3E");
  CHECK(browser.page().status == 200);
  CHECK_FALSE(browser.shows("script"));
  CHECK_FALSE(browser.shows("<svg"));
  CHECK(browser.shows("lang=\"de\""));
  CHECK(browser.shows("Code auf dem Gerät"));
}

}  // namespace
}  // namespace hub::testing
