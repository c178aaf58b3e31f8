#include "support/page_hub.h"

// Signing in and up, and one's own account, by plain forms.
namespace hub::testing {
namespace {

constexpr const char* wrong = "The e-mail address or the password is wrong.";
constexpr const char* new_password = "another fine password";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST_CASE("signing in leads to one's organizations") {
  PageHub hub;
  Browser browser(hub);
  CHECK(browser.sign_in(OauthHub::jane, PageHub::password).status == 200);
  CHECK(browser.path() == "/id");
  CHECK(browser.shows("acme"));
  CHECK(browser.shows("Owner"));
  browser.open("/id/sign-in");
  CHECK(browser.path() == "/id");
}

TEST_CASE("AC-01: one message for a wrong address and a wrong password") {
  PageHub hub;
  Browser browser(hub);
  const auto refused = [&](const std::string& email, const std::string& password) {
    const Answer page = browser.sign_in(email, password);
    CHECK(page.status == 422);
    CHECK(browser.shows(wrong));
    CHECK(!browser.cookies().contains("hub_session"));
  };
  refused(OauthHub::jane, "not the password");
  refused("nobody@acme.test", PageHub::password);
  refused("", "");
  // What was typed is there still, but for the password.
  CHECK(browser.sign_in("some@body.test", "secret words").body.find("value=\"some@body.test\"") != std::string::npos);
  CHECK(!browser.shows("secret words"));
}

TEST_CASE("AC-02: after ten wrong passwords the right one is refused for a while") {
  PageHub hub;
  Browser browser(hub);
  for (int i = 0; i < 10; ++i) browser.sign_in(OauthHub::jane, "wrong password");
  const Answer page = browser.sign_in(OauthHub::jane, PageHub::password);
  CHECK(page.status == 429);
  CHECK(browser.shows("too many wrong attempts"));
  hub.clock().advance(std::chrono::minutes(16));
  CHECK(browser.sign_in(OauthHub::jane, PageHub::password).status == 200);
}

TEST_CASE("the controls have names that password managers and screen readers know") {
  PageHub hub;
  Browser browser(hub);
  browser.open("/id/sign-in");
  for (const char* part : {"<label for=\"email\">", "id=\"email\"", "autocomplete=\"username\"", "<html lang=\"en\">",
                           "<label for=\"password\">", "type=\"password\"", "autocomplete=\"current-password\"",
                           " autofocus", "<main id=\"main\"", "name=\"viewport\""}) {
    CAPTURE(part);
    CHECK(browser.shows(part));
  }
  browser.open("/id/sign-up");
  CHECK(browser.shows("autocomplete=\"new-password\""));
  CHECK(browser.shows("aria-describedby=\"password-note\""));
  browser.submit(browser.form("/id/sign-up").set("email", "kim@acme.test").set("password", "short"));
  CHECK(browser.page().status == 400);
  CHECK(browser.shows("aria-invalid=\"true\""));
  CHECK(browser.shows("<p class=\"note\" id=\"password-note\">A password has 10 to 1024 characters.</p>"));
}

TEST_CASE("pages speak the language of the person or of the browser") {
  PageHub hub;
  Browser browser(hub);
  browser.language = "fr, de-CH;q=0.8, en;q=0.5";
  browser.open("/id/sign-in");
  CHECK(browser.shows("<html lang=\"de\">"));
  CHECK(browser.shows("Passwort vergessen?"));
  browser.sign_in(OauthHub::jane, PageHub::password);
  CHECK(browser.shows("Guten Tag"));
  browser.open("/id/account");
  browser.submit(browser.form("/id/account").set("locale", "en"));
  CHECK(browser.shows("<html lang=\"en\">"));
  CHECK(browser.shows("Your account is saved."));
}

TEST_CASE("signing up sends a link and says the same for an address that is taken") {
  PageHub hub;
  Browser browser(hub);
  const auto signed_up = [&](const std::string& email) {
    browser.open("/id/sign-up");
    return browser
        .submit(
            browser.form("/id/sign-up").set("first_name", "Kim").set("email", email).set("password", PageHub::password))
        .body;
  };
  const std::string fresh = signed_up("kim@acme.test");
  CHECK(fresh.find("kim@acme.test") != std::string::npos);
  const std::string link = hub.mailed_link();
  CHECK(replaced(signed_up(OauthHub::jane), OauthHub::jane, "kim@acme.test") == fresh);

  // Only who can sign in follows it: the mailbox alone says nothing of who chose the password.
  browser.open(link);
  REQUIRE(browser.has_form("/id/sign-in"));
  browser.submit(browser.form("/id/sign-in").set("email", "kim@acme.test").set("password", PageHub::password));
  // Looking at the link changes nothing: mail programs look at links too.
  CHECK(browser.open(link).status == 200);
  CHECK(!must(hub.run(hub.as_operator(), &core::show_person, {"kim@acme.test"})).verified);
  CHECK(browser.submit(browser.form("/id/verify-email")).status == 200);
  CHECK(browser.shows("kim@acme.test"));
  CHECK(must(hub.run(hub.as_operator(), &core::show_person, {"kim@acme.test"})).verified);
  // Once.
  browser.open(link);
  CHECK(browser.submit(browser.form("/id/verify-email")).status == 400);
  browser.open("/id");
  CHECK(browser.shows("You belong to no organization yet."));
}

TEST_CASE("AC-04: a forgotten password is reset once by a link and ends sessions") {
  PageHub hub;
  Browser other(hub);
  other.sign_in(OauthHub::jane, PageHub::password);
  Browser browser(hub);
  browser.open("/id/forgot-password");
  const Form forgot = browser.form("/id/forgot-password");
  const std::string unknown = browser.submit(Form(forgot).set("email", "nobody@acme.test")).body;
  browser.open("/id/forgot-password");
  const std::string known = browser.submit(browser.form("/id/forgot-password").set("email", OauthHub::jane)).body;
  CHECK(replaced(known, OauthHub::jane, "nobody@acme.test") == unknown);
  const std::string link = hub.mailed_link();
  CHECK(browser.open(link).status == 200);
  CHECK(browser.submit(browser.form("/id/reset-password").set("password", "short")).status == 400);
  CHECK(browser.submit(browser.form("/id/reset-password").set("password", new_password)).status == 200);
  CHECK(browser.open(link).status == 400);
  CHECK(browser.shows("invalid_link"));
  other.open("/id");
  CHECK(other.has_form("/id/sign-in"));
  CHECK(browser.sign_in(OauthHub::jane, PageHub::password).status == 422);
  CHECK(browser.sign_in(OauthHub::jane, new_password).status == 200);
}

TEST_CASE("one's own account can be changed") {
  PageHub hub;
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open("/id/account");
  browser.submit(browser.form("/id/account").set("first_name", "Janet").set("time_zone", "Europe/Berlin"));
  CHECK(browser.shows("Your account is saved."));
  const core::PersonAnswer person = must(hub.run(hub.as_operator(), &core::show_person, {OauthHub::jane}));
  CHECK(person.first_name == "Janet");
  CHECK(person.time_zone == "Europe/Berlin");
  browser.submit(browser.form("/id/account").set("time_zone", "Mars/Olympus"));
  CHECK(browser.page().status == 400);
  CHECK(browser.shows("There is no time zone of this name."));
  // Another address is confirmed anew, and only lately signed-in people change it.
  browser.open("/id/account");
  browser.submit(browser.form("/id/account").set("email", "janet@acme.test"));
  CHECK(hub.last_mail().recipient == "janet@acme.test");
  CHECK(browser.shows("is not confirmed yet"));
  hub.clock().advance(std::chrono::minutes(16));
  browser.open("/id/account");
  CHECK(browser.submit(browser.form("/id/account").set("email", "other@acme.test")).status == 403);
  CHECK(must(hub.run(hub.as_operator(), &core::show_person, {"janet@acme.test"})).email == "janet@acme.test");
}

TEST_CASE("another password keeps this session and ends all others") {
  PageHub hub;
  Browser browser(hub), other(hub);
  other.sign_in(OauthHub::jane, PageHub::password);
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open("/id/account");
  browser.submit(browser.form("/id/account/password").set("current", "wrong").set("password", new_password));
  CHECK(browser.page().status == 422);
  browser.open("/id/account");
  browser.submit(browser.form("/id/account/password").set("current", PageHub::password).set("password", new_password));
  CHECK(browser.shows("Your password is changed."));
  browser.open("/id");
  CHECK(browser.path() == "/id");
  other.open("/id");
  CHECK(other.has_form("/id/sign-in"));
}

TEST_CASE("one's sessions are listed and can be ended") {
  PageHub hub;
  Browser browser(hub), other(hub);
  other.sign_in(OauthHub::jane, PageHub::password);
  hub.clock().advance(std::chrono::seconds(1));
  browser.sign_in(OauthHub::jane, PageHub::password);
  browser.open("/id/account/sessions");
  const std::vector<Form> forms = forms_of(browser.page().body);
  CHECK(std::ranges::count_if(forms, [](const Form& form) { return form.action.ends_with("/end"); }) == 2);
  CHECK(browser.shows("127.0.0.1"));
  // Newest first: the second one is the other browser.
  std::vector<Form> ends;
  for (const Form& form : forms) {
    if (form.action.ends_with("/end")) ends.push_back(form);
  }
  browser.submit(ends.at(1));
  CHECK(browser.shows("That session has ended."));
  other.open("/id");
  CHECK(other.has_form("/id/sign-in"));
  // Nobody ends the session of somebody else.
  hub.give_password("member@vendor.test");
  other.sign_in("member@vendor.test", PageHub::password);
  other.open("/id/account/sessions");
  const std::string own = forms_of(other.page().body).back().action;
  browser.open("/id/account/sessions");
  CHECK(browser.submit(browser.form(ends.at(0).action)).status == 200);
  CHECK(browser.shows("You are signed out"));
  other.open("/id");
  CHECK(other.path() == "/id");
  CHECK(own != ends.at(0).action);
}

TEST_CASE("in development people are picked from a list and mails are on a page") {
  PageHub hub;
  hub.services().dev = true;
  Browser browser(hub);
  browser.open("/id/sign-in?next=%2Fid%2Faccount");
  CHECK(browser.shows("owner@acme.test"));
  browser.submit(browser.form("/id/sign-in/as"));
  CHECK(browser.path() == "/id/account");
  browser.open("/id");
  browser.submit(browser.form("/id/sign-out"));
  browser.open("/id/forgot-password");
  browser.submit(browser.form("/id/forgot-password").set("email", OauthHub::jane));
  browser.open("/dev/mails");
  CHECK(browser.shows("<a href=\"http://127.0.0.1:4000/id/reset-password?link="));

  hub.services().dev = false;
  browser.open("/id/sign-in");
  CHECK(!browser.has_form("/id/sign-in/as"));
  CHECK(browser.ask("/id/sign-in/as", Method::post, "person=x").status == 404);
  CHECK(browser.open("/dev/mails").status == 404);
  CHECK(browser.open("/dev/debugger").status == 404);
}

}  // namespace
}  // namespace hub::testing
