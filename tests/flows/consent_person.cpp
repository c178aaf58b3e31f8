#include "hub/core/mail.h"
#include "support/consenting_browser.h"

// Consent of people by plain form posts (zaikio-hub.md section 3.1, nexus211.md sections 4.1 and 8, security.md AZ-08).
namespace hub::testing {
namespace {

constexpr const char* jane = OauthHub::jane;

std::size_t codes_in(ConsentPages& hub) {
  std::size_t rows = 0;
  must(hub.hub().read(hub.as_operator(), [&](core::View& view) -> Result<void> {
    view.db().query("SELECT id FROM authorization_code", {}, [&](const store::Row&) { return ++rows > 0; });
    return {};
  }));
  return rows;
}

TEST_CASE("a person allows an app once and is sent back at once from then on") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  const std::string target = hub.authorize_target({{"scope", "zaikio.person.r"}});
  browser.arrive(target);
  REQUIRE(browser.has_form("/grant"));
  CHECK(browser.page().header("Content-Security-Policy").find("form-action 'self' https:") != std::string::npos);
  browser.decide("allow");
  REQUIRE(hub.redeemed(browser.returned("code")).status == 200);
  const Answer answer = browser.ask(target, Method::get, "");
  CHECK(answer.status == 302);
  CHECK(answer.header("Location").starts_with(std::string(OauthHub::redirect) + "?code="));
  // One more scope is asked for by itself.
  browser.open(hub.authorize_target({{"scope", "zaikio.person.r,shop.items.r"}}));
  CHECK(browser.has_form("/grant"));
}

TEST_CASE("no sends access_denied by 303 and the request is over") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  browser.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}}));
  const Form form = browser.form("/grant");
  CHECK(browser.submit(form, "decision", "deny").status == 303);
  CHECK(browser.returned("error") == "access_denied");
  CHECK(browser.returned("state") == "xyz");
  browser.submit(form, "decision", "allow");
  CHECK(browser.left_for().empty());
  CHECK(codes_in(hub) == 0);
}

TEST_CASE("AZ-08 nothing the browser posts changes the request") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  browser.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}}));
  Form form = browser.form("/grant");
  form.set("scope", "Org.shop.orders.r").set("redirect_uri", "https://evil.test/").set("client_id", hub.public_id());
  form.set("organization", hub.acme()).set("person", hub.person_id(jane).text());
  browser.submit(form, "decision", "allow");
  REQUIRE(browser.left_for().starts_with(OauthHub::redirect));
  const Answer token = hub.redeemed(browser.returned("code"));
  CHECK(token.text("scope") == "zaikio.person.r");
  CHECK(token.json()["bearer"]["id"] == hub.person_id(ConsentPages::zeta_member).text());
}

TEST_CASE("a handle is good in its own browser and forms need their token and origin") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member), other(hub, jane);
  browser.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}}));
  const std::string page = browser.path();
  other.sign_in(jane, ConsentPages::password);
  CHECK(other.open(page).status == 400);
  CHECK(other.left_for().empty());

  const Form good = browser.form("/grant");
  Form bare = good;
  std::erase_if(bare.fields, [](const auto& field) { return field.first == "csrf"; });
  CHECK(browser.submit(bare, "decision", "allow").status == 403);
  browser.origin = "https://evil.test";
  CHECK(browser.submit(good, "decision", "allow").status == 403);
  browser.origin = "http://127.0.0.1:4000";
  CHECK(codes_in(hub) == 0);
  browser.submit(good, "decision", "allow");
  CHECK(codes_in(hub) == 1);
}

TEST_CASE("an app may ask for the password again or for a page whatever was granted") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, jane);
  const auto open = [&](Fields more) {
    more.push_back({"scope", "zaikio.person.r"});
    hub.clock().advance(minute);
    browser.open(hub.authorize_target(more));
    return !browser.left_for().empty();
  };
  browser.sign_in(jane, ConsentPages::password);
  CHECK(open({}));
  CHECK_FALSE(open({{"force_login", "1"}}));
  CHECK(browser.has_form("/id/sign-in"));
  browser.submit(browser.form("/id/sign-in").set("password", ConsentPages::password));
  CHECK_FALSE(browser.returned("code").empty());
  CHECK_FALSE(open({{"prompt", "login"}}));
  CHECK(browser.has_form("/id/sign-in"));
  CHECK_FALSE(open({{"prompt", "consent"}}));
  CHECK(browser.has_form("/grant"));
  CHECK_FALSE(open({{"prompt", "select_account"}}));
  CHECK(browser.shows("/id/sign-in?next="));
  CHECK(open({{"prompt", "whatever"}}));
  CHECK(open({{"prompt", "none"}}));  // means nothing in the hub's dialect
}

TEST_CASE("an unconfirmed address is confirmed first where the app asks for it") {
  ConsentPages hub;
  hub.person("fresh@nowhere.test", false);
  ConsentingBrowser browser(hub, "fresh@nowhere.test");
  browser.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}, {"prompt_email_confirmation", "1"}}));
  REQUIRE(browser.path().starts_with("/id/verify-email"));
  const std::string before = browser.path();
  browser.submit(browser.form("/id/verify-email"));
  const auto mails =
      must(hub.hub().read(hub.as_operator(), [](core::View& view) { return core::recent_mails(view, 1); }));
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().recipient == "fresh@nowhere.test");
  browser.open(before);  // as long as the link was not followed
  CHECK(browser.has_form("/id/verify-email"));
  const std::size_t link = mails.front().text.find("/id/verify-email?link=");
  REQUIRE(link != std::string::npos);
  const std::string rest = mails.front().text.substr(link);
  browser.open(rest.substr(0, rest.find_first_of(" \n")));
  browser.submit(browser.form("/id/verify-email"));
  CHECK(browser.shows("href=\"/grant?request="));
  browser.open(before);  // back to what the app asked for
  CHECK(browser.has_form("/grant"));
  hub.person("other@nowhere.test", false);
  hub.member("other@nowhere.test", "zeta", {"member"});
  ConsentingBrowser other(hub, "other@nowhere.test");
  other.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}}));
  CHECK(other.has_form("/grant"));
  other.open(hub.nexus_target());
  CHECK(other.path().starts_with("/id/verify-email"));
}

TEST_CASE("pages of a request are in the language that the app asked for") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  browser.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}, {"lang", "de"}}));
  CHECK(browser.shows("Erlauben"));
  CHECK(browser.shows("lang=\"de\""));
}

TEST_CASE("a profile signs in by the portal and the second time without a page") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, ConsentPages::zeta_member);
  Answer answer = browser.ask(hub.nexus_target(), Method::get, "");
  CHECK(answer.status == 302);
  CHECK(answer.header("Location").starts_with("/id/authorize?request="));
  CHECK(answer.body.empty());
  browser.arrive(answer.header("Location"));
  REQUIRE(browser.has_form("/id/authorize"));
  CHECK(browser.form("/id/authorize").choices.empty());  // one profile is chosen silently
  CHECK(browser.shows("zeta"));
  browser.decide("allow", "", "/id/authorize");
  REQUIRE(browser.left_for().starts_with(OauthHub::redirect));
  CHECK(browser.returned("state") == "xyz");
  const auto token = [&] {
    return hub.send(json("/oauth/access-token", {{"code", browser.returned("code")}}, hub.basic()));
  };
  CHECK(token().status == 200);
  browser.open(hub.nexus_target());
  CHECK(token().status == 200);
}

TEST_CASE("of two profiles the person chooses and no is access_denied") {
  ConsentPages hub;
  hub.member(jane, "zeta", {"member"});
  ConsentingBrowser browser(hub, jane);
  browser.arrive(hub.nexus_target());
  const Form form = browser.form("/id/authorize");
  CHECK(form.offers("organization", hub.acme()));
  CHECK(form.offers("organization", hub.org_id("zeta")));
  CHECK(browser.submit(form, "decision", "allow").status == 400);  // without a choice
  browser.decide("allow", hub.org_id("zeta"), "/id/authorize");
  CHECK_FALSE(browser.returned("code").empty());
  browser.open(hub.nexus_target());
  browser.decide("deny", "", "/id/authorize");
  CHECK(browser.returned("error") == "access_denied");

  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "own"}));
  browser.open(hub.nexus_target());
  CHECK(browser.returned("error") == "access_denied");
}

}  // namespace
}  // namespace hub::testing
