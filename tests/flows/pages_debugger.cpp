#include "support/page_hub.h"

// The page with which developers try out each flow.
namespace hub::testing {
namespace {

// Presses a button of the debugger with these values in its fields.
Answer run(Browser& browser, const std::string& step, const Fields& values) {
  browser.open("/dev/debugger");
  Form form = browser.form("/dev/debugger");
  for (const auto& [name, value] : values) form.set(name, value);
  return browser.submit(form, "run", step);
}

std::string value_of(const Browser& browser, const std::string& name) {
  for (const auto& [field, value] : browser.form("/dev/debugger").fields) {
    if (field == name) return value;
  }
  return "";
}

TEST_CASE("the debugger shows the request as a curl line and the token decoded") {
  PageHub hub;
  hub.services().dev = true;
  Browser browser(hub);
  const Fields client{{"client_id", hub.client_id()}, {"client_secret", hub.secret()}};
  Fields values = client;
  values.emplace_back("scope", hub.org("shop.items.r"));
  CHECK(run(browser, "client_credentials", values).status == 200);
  CHECK(browser.shows("curl &apos;http://127.0.0.1:4000/oauth/access_token&apos;"));
  CHECK(browser.shows("--data-urlencode &apos;grant_type=client_credentials&apos;"));
  CHECK(browser.shows("Answer 200"));
  CHECK(browser.shows("The token says"));
  CHECK(browser.shows("not_checked"));

  values.back().second = "shop.nothing.r";
  run(browser, "client_credentials", values);
  CHECK(browser.shows("Refused: <code>invalid_scope</code>"));
  CHECK(browser.shows("nobody offers it"));
}

TEST_CASE("the debugger goes through the code flow and refreshes") {
  PageHub hub;
  hub.services().dev = true;
  Browser browser(hub);
  Fields values{{"client_id", hub.client_id()},
                {"client_secret", hub.secret()},
                {"redirect_uri", OauthHub::redirect},
                {"scope", "shop.items.r"}};
  run(browser, "authorize", values);
  CHECK(browser.shows("/oauth/authorize?client_id=" + hub.client_id()));
  CHECK(browser.shows("code_challenge_method=S256"));
  CHECK(value_of(browser, "code_verifier").size() == 43);

  core::CreateCode request;
  request.subject = std::string("person:") + OauthHub::jane;
  values.emplace_back("code", hub.code(request));
  run(browser, "exchange", values);
  CHECK(browser.shows("Answer 200"));
  const std::string refresh = value_of(browser, "refresh_token");
  CHECK(!refresh.empty());
  values.emplace_back("refresh_token", refresh);
  run(browser, "refresh", values);
  CHECK(browser.shows("Answer 200"));
}

TEST_CASE("the debugger starts a device and asks for its token") {
  PageHub hub;
  hub.services().dev = true;
  Browser browser(hub);
  Fields values{{"client_id", hub.client_id()}, {"client_secret", hub.secret()}, {"scope", "shop.items.r"}};
  run(browser, "device", values);
  CHECK(browser.shows("/oauth/device_authorizations/verify?code="));
  values.emplace_back("device_code", value_of(browser, "device_code"));
  run(browser, "poll", values);
  CHECK(browser.shows("authorization_pending"));
}

}  // namespace
}  // namespace hub::testing
