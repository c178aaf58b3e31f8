#include "support/page_hub.h"

// What holds for every page (security.md section 11).
namespace hub::testing {
namespace {

constexpr const char* pages[] = {"/id/sign-in",    "/id/sign-up", "/id/forgot-password",
                                 "/id/signed-out", "/login",      "/signup"};
constexpr const char* own_pages[] = {"/id", "/id/account", "/id/account/applications", "/id/account/sessions"};

void check_headers(const Answer& page) {
  const std::string policy = page.header("Content-Security-Policy");
  for (const char* part :
       {"default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"}) {
    CAPTURE(part);
    CHECK(policy.find(part) != std::string::npos);
  }
  CHECK(policy.find("unsafe") == std::string::npos);
  CHECK(page.header("X-Frame-Options") == "DENY");
  CHECK(page.header("Referrer-Policy") == "no-referrer");
  CHECK(page.header("Cache-Control") == "no-store");
  CHECK(page.body.find("<script") == std::string::npos);
  CHECK(page.body.find("style=") == std::string::npos);
  for (const char* handler : {" onclick=", " onload=", " onsubmit=", " onerror="}) {
    CHECK(page.body.find(handler) == std::string::npos);
  }
}

Ask posted(const std::string& target, const Fields& fields, const std::vector<http::Header>& headers) {
  Ask ask = form(target, fields);
  ask.headers.insert(ask.headers.end(), headers.begin(), headers.end());
  ask.headers.push_back({"accept", "text/html"});
  return ask;
}

TEST_CASE("WB-04: every page has its headers and neither scripts nor inline style") {
  PageHub hub;
  Browser browser(hub);
  for (const char* path : pages) {
    CAPTURE(path);
    const Answer page = browser.open(path);
    CHECK(page.status == 200);
    CHECK(page.content_type == "text/html; charset=utf-8");
    check_headers(page);
    CHECK(hub.send({.target = path, .headers = {{"accept", "text/html"}}, .method = Method::head}).status == 200);
  }
  for (const char* path : own_pages) {
    CAPTURE(path);
    const Answer refused = browser.ask(path, Method::get, "");
    CHECK(refused.status == 302);
    CHECK(refused.header("Location") == "/id/sign-in?next=" + percent_encode(path));
    CHECK(refused.header("Cache-Control") == "no-store");
  }
  browser.sign_in(OauthHub::jane, PageHub::password);
  for (const char* path : own_pages) {
    CAPTURE(path);
    const Answer page = browser.open(path);
    CHECK(page.status == 200);
    check_headers(page);
  }
  check_headers(browser.open("/id/nothing-here"));
  check_headers(browser.open("/id/reset-password?link=unknown"));
}

TEST_CASE("the style sheet is named by its content and kept by browsers") {
  PageHub hub;
  Browser browser(hub);
  const std::string page = browser.open("/id/sign-in").body;
  const std::size_t at = page.find("/id/style-");
  REQUIRE(at != std::string::npos);
  const Answer style = browser.open(page.substr(at, page.find('"', at) - at));
  CHECK(style.status == 200);
  CHECK(style.content_type == "text/css; charset=utf-8");
  CHECK(style.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(style.header("Set-Cookie").empty());
  CHECK(style.body.find("prefers-color-scheme: dark") != std::string::npos);
}

TEST_CASE("WB-01: cookies are out of reach of scripts and of other hosts") {
  PageHub hub;
  Browser browser(hub);
  const Answer page = browser.ask("/id/sign-in", Method::get, "");
  CHECK(page.header("Set-Cookie").starts_with("hub_browser="));
  CHECK(page.header("Set-Cookie").ends_with("; Path=/; HttpOnly; SameSite=Lax"));
  const Answer again = browser.ask("/id/sign-in", Method::get, "");
  CHECK(again.header("Set-Cookie").empty());

  hub.services().issuer = "https://hub.example";
  Browser secure(hub);
  secure.origin = "https://hub.example";
  const std::string cookie = secure.ask("/id/sign-in", Method::get, "").header("Set-Cookie");
  CHECK(cookie.starts_with("__Host-hub_browser="));
  CHECK(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
  CHECK(cookie.find("Domain") == std::string::npos);
  secure.submit(secure.form("/id/sign-in").set("email", OauthHub::jane).set("password", PageHub::password));
  CHECK(secure.cookies().contains("__Host-hub_session"));
  CHECK(secure.shows("Hello"));
}

TEST_CASE("WB-02: a session that the visitor chose is never adopted and signing out ends it everywhere") {
  PageHub hub;
  Browser browser(hub);
  browser.cookies()["hub_session"] = "hss_" + std::string(43, 'A');
  browser.open("/id");
  CHECK(browser.has_form("/id/sign-in"));
  browser.sign_in(OauthHub::jane, PageHub::password);
  const std::string first = browser.cookies()["hub_session"];
  CHECK(first != "hss_" + std::string(43, 'A'));
  browser.sign_in(OauthHub::jane, PageHub::password, "/id/sign-in?next=%2Fid%2Faccount");
  const std::string second = browser.cookies()["hub_session"];
  CHECK(second != first);

  Browser thief(hub);
  thief.cookies()["hub_session"] = first;
  thief.open("/id");
  CHECK(thief.has_form("/id/sign-in"));
  thief.cookies()["hub_session"] = second;
  thief.open("/id");
  CHECK(thief.shows("Hello"));
  browser.open("/id");
  browser.submit(browser.form("/id/sign-out"));
  CHECK(browser.shows("You are signed out"));
  CHECK(!browser.cookies().contains("hub_session"));
  thief.open("/id");
  CHECK(thief.has_form("/id/sign-in"));
}

TEST_CASE("WB-02: a cookie that is there twice or malformed is none") {
  PageHub hub;
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  const std::string session = browser.cookies()["hub_session"], browser_cookie = browser.cookies()["hub_browser"];
  const auto status_with = [&](const std::string& cookies) {
    return hub.send({.target = "/id", .headers = {{"cookie", cookies}}, .method = Method::get}).status;
  };
  CHECK(status_with("hub_session=" + session) == 200);
  CHECK(status_with("a=b;hub_session=" + session + "; c") == 200);
  CHECK(status_with("hub_session=" + session + "; hub_session=" + session) == 302);
  CHECK(status_with("hub_session=\"" + session + "\"") == 302);
  CHECK(status_with("Hub_Session=" + session) == 302);
  CHECK(status_with("hub_session=" + browser_cookie) == 302);
  CHECK(status_with("__Host-hub_session=" + session) == 302);
}

TEST_CASE("WB-03: a form needs its token and the token is bound to form and browser and time") {
  PageHub hub;
  Browser browser(hub);
  browser.open("/id/sign-in");
  const Form good = browser.form("/id/sign-in");
  const Fields fields{{"email", OauthHub::jane}, {"password", PageHub::password}};
  const auto with_token = [&](const std::string& token) {
    Form form = good;
    return browser.submit(form.set("csrf", token).set("email", fields[0].second).set("password", fields[1].second));
  };
  browser.open("/id/sign-up");
  const auto token_of = [](const Form& form) {
    for (const auto& [name, value] : form.fields) {
      if (name == "csrf") return value;
    }
    return std::string();
  };
  const std::string other_form = token_of(browser.form("/id/sign-up"));
  Browser stranger(hub);
  stranger.open("/id/sign-in");
  for (const std::string& token : {std::string(), std::string("1.abc"), other_form,
                                   token_of(stranger.form("/id/sign-in")), token_of(good) + "x"}) {
    CAPTURE(token);
    const Answer refused = with_token(token);
    CHECK(refused.status == 403);
    CHECK(refused.body.find("form_expired") != std::string::npos);
    CHECK(!browser.cookies().contains("hub_session"));
  }
  hub.clock().advance(std::chrono::minutes(16));
  CHECK(with_token(token_of(good)).status == 403);
  browser.open("/id/sign-in");
  const std::string fresh = token_of(browser.form("/id/sign-in"));
  CHECK(with_token(fresh).status == 200);
  CHECK(browser.cookies().contains("hub_session"));
  // Signed in, the token of the browser counts no more.
  CHECK(with_token(fresh).status == 403);
}

TEST_CASE("WB-03: a form comes from the hub's own origin") {
  PageHub hub;
  Browser browser(hub);
  browser.open("/id/sign-in");
  Fields fields = browser.form("/id/sign-in").fields;
  const std::string cookie = "hub_browser=" + browser.cookies()["hub_browser"];
  const auto status_with = [&](std::vector<http::Header> headers) {
    headers.push_back({"cookie", cookie});
    return hub.send(posted("/id/sign-in", fields, headers)).status;
  };
  constexpr int let_in = 422;  // as far as the empty password
  CHECK(status_with({{"origin", "http://127.0.0.1:4000"}}) == let_in);
  CHECK(status_with({{"sec-fetch-site", "same-origin"}}) == let_in);
  CHECK(status_with({{"sec-fetch-site", "none"}}) == let_in);
  CHECK(status_with({{"origin", "null"}, {"sec-fetch-site", "same-origin"}}) == let_in);
  CHECK(status_with({{"origin", "null"}, {"sec-fetch-site", "none"}}) == 403);
  CHECK(status_with({{"origin", "https://evil.test"}}) == 403);
  CHECK(status_with({{"origin", "http://127.0.0.1:4000.evil.test"}}) == 403);
  CHECK(status_with({{"origin", "https://evil.test"}, {"sec-fetch-site", "same-origin"}}) == 403);
  CHECK(status_with({{"sec-fetch-site", "cross-site"}}) == 403);
  CHECK(status_with({{"sec-fetch-site", "same-site"}}) == 403);
  CHECK(status_with({{"origin", "http://127.0.0.1:4000"}, {"origin", "https://evil.test"}}) == 403);
  CHECK(status_with({{"host", "evil.test"}, {"origin", "http://evil.test"}}) == 403);
}

TEST_CASE("WB-06: the way back is a page of the hub") {
  PageHub hub;
  struct {
    const char *next, *led_to;
  } const cases[] = {{"/id/account", "/id/account"},
                     {"/grant?request=abc", "/grant?request=abc"},
                     {"/oauth/device_authorizations/verify?code=BCDF", "/oauth/device_authorizations/verify?code=BCDF"},
                     {"", "/id"},
                     {"//evil.test", "/id"},
                     {"/\\evil.test", "/id"},
                     {"https://evil.test/id", "/id"},
                     {"/id/../../x", "/id"},
                     {"/id//evil", "/id"},
                     {"/idle", "/id"},
                     {"/api/v1/person", "/id"},
                     {"/id/sign-in?next=/id", "/id"},
                     {"/id\r\nSet-Cookie: a=b", "/id"},
                     {"javascript:alert(1)", "/id"}};
  for (const auto& c : cases) {
    CAPTURE(c.next);
    Browser browser(hub);
    browser.open("/id/sign-in?next=" + percent_encode(c.next));
    Form form = browser.form("/id/sign-in");
    form.set("email", OauthHub::jane).set("password", PageHub::password).set("next", c.next);
    const Answer answer = browser.ask("/id/sign-in", Method::post, form_of(form.fields));
    CHECK(answer.status == 303);
    CHECK(answer.header("Location") == c.led_to);
  }
}

TEST_CASE("errors are pages for browsers and text or JSON for others") {
  PageHub hub;
  const auto asked = [&](const std::string& accept) {
    std::vector<http::Header> headers;
    if (!accept.empty()) headers.push_back({"accept", accept});
    return hub.send({.target = "/id/nothing", .headers = headers, .method = Method::get});
  };
  const Answer page = asked("text/html,application/xhtml+xml;q=0.9");
  CHECK(page.status == 404);
  CHECK(page.body.find("<h1>That did not work</h1>") != std::string::npos);
  CHECK(page.body.find("<code>not_found</code>") != std::string::npos);
  CHECK(page.body.find("<code>test</code>") != std::string::npos);  // id of the request
  CHECK(asked("application/json").json()["error"] == "not_found");
  CHECK(asked("").body == "error: There is nothing at this path.\n");
  CHECK(hub.send({.target = "/id/sign-in", .method = Method::put}).status == 405);
  CHECK(hub.send({.target = "/dev/mails", .method = Method::get}).status == 404);
}

TEST_CASE("WB-05: names are escaped and cannot lead astray") {
  PageHub hub;
  const std::string name = "<b>&\"'</b>";
  must(hub.run(hub.as_operator(), &core::update_person, {.person = OauthHub::jane, .first_name = name}));
  Browser browser(hub);
  browser.sign_in(OauthHub::jane, PageHub::password);
  CHECK(!browser.shows(name));
  CHECK(browser.shows("&lt;b&gt;&amp;&quot;&apos;&lt;/b&gt;"));
  browser.open("/id/account");
  CHECK(!browser.shows(name));
  CHECK(browser.shows("&lt;b&gt;&amp;&quot;&apos;&lt;/b&gt;"));
  browser.submit(browser.form("/id/sign-out"));
  browser.open("/id/sign-in");
  const std::string misleading = "a\xE2\x80\xAE" + std::string(10'000, 'x') + "\">@b.test";
  const Answer page = browser.submit(browser.form("/id/sign-in").set("email", misleading).set("password", "wrong"));
  CHECK(page.body.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(page.body.find("x\">@b.test") == std::string::npos);
  CHECK(page.body.find("x&quot;&gt;@b.test") != std::string::npos);
}

}  // namespace
}  // namespace hub::testing
