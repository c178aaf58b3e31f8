#include "support/page_hub.h"

// What applications hold for a person, seen and ended by that person.
namespace hub::testing {
namespace {

TEST_CASE("an application is listed with its scopes in words and ended with its tokens at once") {
  PageHub hub;
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  core::CreateCode request;
  request.subject = std::string("person:") + OauthHub::jane;
  request.scopes = {"shop.items.r"};
  const Answer tokens = hub.redeemed(hub.code(request));
  REQUIRE(tokens.status == 200);
  const std::string access = tokens.text("access_token"), refresh = tokens.text("refresh_token");
  CHECK(hub.active(access));

  browser.open("/id/account/applications");
  CHECK(browser.shows("Scope items"));
  CHECK(browser.shows("<code>shop.items.r</code>"));
  CHECK(browser.shows("Your profile"));
  CHECK(browser.shows("last used"));
  std::vector<Form> ends;
  for (const Form& form : forms_of(browser.page().body)) {
    if (form.action.starts_with("/id/account/applications/")) ends.push_back(form);
  }
  REQUIRE(ends.size() == 1);
  const Answer ended = browser.submit(ends.front());
  CHECK(ended.status == 200);
  CHECK(browser.shows("has no access in your name any more."));
  CHECK(browser.shows("One token ended at once."));
  CHECK(browser.shows("No application has access in your name."));
  CHECK(!hub.active(access));
  CHECK(hub.refreshed(refresh).status >= 400);
  CHECK(browser.submit(ends.front()).status == 404);
}

TEST_CASE("what an app may do in the name of an organization is listed beside it and the organization keeps its own") {
  PageHub hub;
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  core::CreateCode request;
  request.subject = "org:acme";
  request.acting = OauthHub::jane;
  request.scopes = {"shop.items.r"};
  const Answer on_behalf = hub.redeemed(hub.code(request));
  REQUIRE(on_behalf.status == 200);
  const Answer own = hub.client_token(hub.org("shop.items.r"));
  REQUIRE(own.status == 200);
  browser.open("/id/account/applications");
  CHECK(browser.shows("For acme"));
  CHECK(browser.shows("For you"));
  std::vector<Form> ends;
  for (const Form& form : forms_of(browser.page().body)) {
    if (form.action.starts_with("/id/account/applications/")) ends.push_back(form);
  }
  browser.submit(ends.front());
  CHECK(!hub.active(on_behalf.text("access_token")));
  CHECK(hub.active(own.text("access_token")));
}

}  // namespace
}  // namespace hub::testing
