#include "hub/core/app.h"
#include "support/consenting_browser.h"

// GET /oauth/authorize: what never redirects, what does, and with what (zaikio-hub.md section 3.1, nexus211.md section
// 4.1, security.md section 3).
namespace hub::testing {
namespace {

Answer asked(ConsentPages& hub, const std::string& target, const std::string& accept = "*/*") {
  Ask ask = get(target);
  ask.headers.push_back({"accept", accept});
  return hub.send(ask);
}
Answer asked(ConsentPages& hub, const Fields& fields) { return asked(hub, "/oauth/authorize?" + form_of(fields)); }

// "error" out of a Location that leads to the app.
std::string parameter(const std::string& location, const std::string& name) {
  const std::size_t query = location.find('?');
  if (query == std::string::npos) return "";
  for (const Parameter& one : must(parse_form(location.substr(query + 1)))) {
    if (one.name == name) return one.value.value_or("");
  }
  return "";
}

TEST_CASE("AZ-01 what is wrong with client or target is answered here and never redirected") {
  ConsentPages hub;
  const std::string id = hub.client_id(), nowhere = "00000000-0000-4000-8000-000000000000";
  struct Row {
    const char* what;
    std::string query;
    int status;
  };
  const std::string good = form_of({{"client_id", id}, {"redirect_uri", OauthHub::redirect}});
  for (const Row& row : {Row{"nothing at all", "", 422},
                         {"no client_id", form_of({{"redirect_uri", OauthHub::redirect}}), 422},
                         {"an empty client_id", "client_id=&redirect_uri=x", 422},
                         {"client_id twice", good + "&client_id=" + id, 422},
                         {"an unknown client", form_of({{"client_id", nowhere}}), 403},
                         {"a technical name", form_of({{"client_id", "shop"}}), 403},
                         {"another target", form_of({{"client_id", id}, {"redirect_uri", "https://evil.test"}}), 403},
                         {"redirect_uri twice", good + "&redirect_uri=https%3A%2F%2Fevil.test", 403},
                         {"no query of form", "client_id=%zz", 422}}) {
    CAPTURE(row.what);
    const Answer answer = asked(hub, "/oauth/authorize?" + row.query);
    CHECK(answer.status == row.status);
    CHECK(answer.content_type.starts_with("text/plain"));
    CHECK(answer.body.starts_with("error: "));
    CHECK(answer.header("Location").empty());
    CHECK(answer.header("Cache-Control") == "no-store");
  }
}

TEST_CASE("AZ-01 the Nexus dialect answers 400 in JSON or as a page and never redirects") {
  ConsentPages hub;
  const std::string app = hub.shown("shop").client_id, target = OauthHub::redirect;
  struct Row {
    const char* what;
    Fields fields;
    const char* error;
  };
  const std::vector<Row> table{
      {"no application", {{"application", ""}, {"redirect", target}, {"state", "s"}}, "invalid_request"},
      {"no redirect", {{"application", app}, {"state", "s"}}, "invalid_request"},
      {"no state", {{"application", app}, {"redirect", target}}, "invalid_request"},
      {"an empty state", {{"application", app}, {"redirect", target}, {"state", ""}}, "invalid_request"},
      {"state twice", {{"application", app}, {"redirect", target}, {"state", "s"}, {"state", "t"}}, "invalid_request"},
      {"a long state",
       {{"application", app}, {"redirect", target}, {"state", std::string(513, 'x')}},
       "invalid_request"},
      {"an unknown one", {{"application", "nobody"}, {"redirect", target}, {"state", "s"}}, "unknown_application"},
      {"a slash more", {{"application", app}, {"redirect", target + "/"}, {"state", "s"}}, "invalid_redirect"},
      {"AZ-13 both dialects", {{"application", app}, {"client_id", app}, {"state", "s"}}, "ambiguous_dialect"}};
  for (const Row& row : table) {
    CAPTURE(row.what);
    const std::string query = "/oauth/authorize?" + form_of(row.fields);
    const Answer answer = asked(hub, query);
    CHECK(answer.status == 400);
    CHECK(answer.text("error") == row.error);
    CHECK(answer.header("Location").empty());
    const Answer page = asked(hub, query, "text/html,application/xhtml+xml");
    CHECK(page.status == 400);
    CHECK(page.content_type.starts_with("text/html"));
    CHECK(page.header("Location").empty());
  }
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "none"}));
  CHECK(asked(hub, hub.nexus_target()).text("error") == "oauth_not_enabled");
}

TEST_CASE("AZ-02 and AZ-04 targets match byte for byte and no trick is redirected") {
  ConsentPages hub;
  must(hub.run(hub.as_operator(), &core::update_app,
               {.app = "shop",
                .redirects = Texts{"https://shop.test/callback", "https://shop.test/cb?tenant=1",
                                   "http://127.0.0.1:5000/cb", "myapp://auth/cb"}}));
  for (const char* trick : {"https://evil.test@shop.test/callback",
                            "https://shop.test@evil.test/callback",
                            "https://shop.test\\@evil.test/callback",
                            "https://SHOP.test/callback",
                            "HTTPS://shop.test/callback",
                            "https://shop.test:443/callback",
                            "https://shop.test/callback/",
                            "https://shop.test/x/../callback",
                            "https://shop.test/./callback",
                            "https://shop.test/call%62ack",
                            "https://shop.test/callback?x=1",
                            "https://shop.test/callback?",
                            "https://shop.test/callback#",
                            "https://shop.test/callback#x",
                            "https://shop.test.evil.test/callback",
                            "https://evilshop.test/callback",
                            "https://shop.test/callbacks",
                            "https://shop.test/callbac",
                            "http://shop.test/callback",
                            "https://shop.test/callback%0d%0aX: y",
                            "https://shop.test/cb",
                            "https://shop.test/cb?tenant=2",
                            "https://shop.test/cb?tenant=1&x=1",
                            "http://localhost:5000/cb",
                            "http://127.0.0.1:5001/cb",
                            "http://[::1]:5000/cb",
                            "http://127.1:5000/cb",
                            "http://0x7f.0.0.1:5000/cb",
                            "myapp://auth/cb/",
                            "myapp://auth",
                            "MYAPP://auth/cb",
                            "javascript:alert(1)",
                            "//shop.test/callback",
                            "/callback",
                            " https://shop.test/callback",
                            "https://shop.test/callback "}) {
    CAPTURE(std::string(trick));
    // With and without something else that is wrong.
    for (const char* scope : {"", "nonsense", "openid"}) {
      const Answer answer = asked(hub, {{"client_id", hub.client_id()}, {"redirect_uri", trick}, {"scope", scope}});
      CHECK(answer.status == 403);
      CHECK(answer.header("Location").empty());
    }
    const Answer nexus =
        asked(hub, {{"application", hub.shown("shop").client_id}, {"redirect", trick}, {"state", "s"}});
    CHECK(nexus.status == 400);
    CHECK(nexus.header("Location").empty());
  }
}

TEST_CASE("what the app has to hear is redirected with its state and the issuer") {
  ConsentPages hub;
  struct Row {
    const char* what;
    Fields more;
    const char* error;
    const char* description = nullptr;
  };
  const std::string id = "00000000-0000-4000-8000-000000000000";
  const std::vector<Row> table{
      {"AZ-07 the implicit grant", {{"response_type", "token"}}, "unsupported_response_type"},
      {"AZ-07 the hybrid flow", {{"response_type", "code token"}}, "unsupported_response_type"},
      {"AZ-05 the scope twice", {{"scope", "shop.items.r"}, {"scope", "shop.items.w"}}, "invalid_request"},
      {"AZ-05 an unknown one twice", {{"what", "1"}, {"what", "2"}}, "invalid_request"},
      {"CO-04 a challenge without a method", {{"code_challenge", OauthHub::challenge}}, "invalid_request"},
      {"CO-04 the method plain",
       {{"code_challenge", OauthHub::verifier}, {"code_challenge_method", "plain"}},
       "invalid_request"},
      {"CO-04 an unknown method",
       {{"code_challenge", OauthHub::challenge}, {"code_challenge_method", "S512"}},
       "invalid_request"},
      {"CO-04 no challenge of that method",
       {{"code_challenge", "short"}, {"code_challenge_method", "S256"}},
       "invalid_request"},
      {"CO-04 a method alone", {{"code_challenge_method", "S256"}}, "invalid_request"},
      {"no scope", {{"scope", "nonsense"}}, "invalid_scope", "malformed_scope"},
      {"text behind a scope", {{"scope", "shop.items.r!"}}, "invalid_scope", "malformed_scope"},
      {"two kinds of bearer",
       {{"scope", "Org.shop.items.r,Per.shop.items.r"}},
       "invalid_scope",
       "different_bearer_types"},
      {"two ids", {{"scope", "Org/a.shop.items.r Org/b.shop.items.r"}}, "invalid_scope", "different_bearer_ids"},
      {"a person's id", {{"scope", "Per/" + id + ".shop.items.r"}}, "invalid_scope", "unpermitted_bearer_id"},
      {"two ids on behalf",
       {{"scope", "Per/" + id + ">Org/" + id + ".shop.items.r"}},
       "invalid_scope",
       "unpermitted_bearer_id"},
      {"not desired", {{"scope", "warehouse.stock.w"}}, "invalid_scope", "scope_is_not_included_in_desired_scopes"}};
  for (const Row& row : table) {
    CAPTURE(row.what);
    Fields fields{{"client_id", hub.client_id()}, {"redirect_uri", OauthHub::redirect}, {"state", "a=b&c d"}};
    fields.insert(fields.end(), row.more.begin(), row.more.end());
    const Answer answer = asked(hub, fields);
    CHECK(answer.status == 302);
    const std::string location = answer.header("Location");
    CHECK(location.starts_with(std::string(OauthHub::redirect) + "?error="));
    CHECK(parameter(location, "error") == row.error);
    if (row.description != nullptr) CHECK(parameter(location, "error_description") == row.description);
    CHECK(parameter(location, "state") == "a=b&c d");
    CHECK(parameter(location, "iss") == "http://127.0.0.1:4000");
  }
  const Answer bare = asked(hub, {{"client_id", hub.public_id()}});  // the first target; PKCE is not optional
  CHECK(bare.header("Location").starts_with(std::string(OauthHub::redirect) + "?error=invalid_request"));
  CHECK(parameter(bare.header("Location"), "state").empty());
}

TEST_CASE("what the hub contract calls fine leads to signing in") {
  ConsentPages hub;
  const Fields base{{"client_id", hub.client_id()}, {"redirect_uri", OauthHub::redirect}};
  const std::vector<Fields> fine{{},
                                 {{"response_type", "code"}},
                                 {{"response_type", ""}, {"scope", ""}, {"state", ""}, {"code_challenge", ""}},
                                 {{"scope", "zaikio.person.r directory.person.r,,shop.items.r"}},
                                 {{"scope", "nobody.nothing.r"}},
                                 {{"redirect_with_error", "1"}, {"redirect_url", "x"}, {"anything", "else"}},
                                 {{"organization[kinds][]", "printer"}, {"organization[kinds][]", "other"}},
                                 {{"code_challenge", OauthHub::challenge}, {"code_challenge_method", "S256"}},
                                 {{"scope", "Per>Org.shop.items.r"}}};
  for (const Fields& more : fine) {
    Fields fields = base;
    fields.insert(fields.end(), more.begin(), more.end());
    CAPTURE(form_of(more));
    const Answer answer = asked(hub, fields);
    CHECK(answer.status == 302);
    CHECK(answer.header("Location").starts_with("/id/sign-in?next=%2Fgrant%3Frequest%3Dhlr_"));
  }
  // The bracket that no library escapes, and the slash that some add.
  const std::string plain = "client_id=" + hub.client_id() + "&scope=Per>Org.shop.items.r";
  CHECK(asked(hub, "/oauth/authorize?" + plain).header("Location").starts_with("/id/sign-in"));
  CHECK(asked(hub, "/oauth/authorize/?" + plain).header("Location").starts_with("/id/sign-in"));
  CHECK(asked(hub, {{"client_id", hub.client_id()}, {"show_signup", "1"}}).status == 302);
}

TEST_CASE("AZ-06 the state comes back as it was whatever it is") {
  ConsentPages hub;
  std::string everything;
  for (int c = 1; c < 128; ++c) everything += static_cast<char>(c);
  for (const std::string& state : {std::string("abc=="), std::string("a&b=c+d e%20f"), everything, std::string("ä€𝄞"),
                                   std::string(512, 'x'), std::string("\"><script>alert(1)</script>")}) {
    CAPTURE(state);
    const Answer answer = asked(hub, {{"client_id", hub.client_id()}, {"scope", "nonsense"}, {"state", state}});
    CHECK(parameter(answer.header("Location"), "state") == state);
  }
  // A bare = in the query is part of the value.
  const Answer bare = asked(hub, "/oauth/authorize?scope=nonsense&client_id=" + hub.client_id() + "&state=abc==");
  CHECK(parameter(bare.header("Location"), "state") == "abc==");

  ConsentingBrowser browser(hub, OauthHub::jane);
  browser.arrive(hub.authorize_target({{"scope", "zaikio.person.r"}, {"state", everything}}));
  CHECK(browser.returned("state") == everything);
  CHECK(browser.returned("iss") == "http://127.0.0.1:4000");
}

TEST_CASE("the query of a registered target is kept") {
  ConsentPages hub;
  const std::string target = "https://shop.test/cb?tenant=1&x=%2F";
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .redirects = Texts{target}}));
  const Answer answer = asked(hub, {{"client_id", hub.client_id()}, {"redirect_uri", target}, {"scope", "nonsense"}});
  CHECK(answer.header("Location").starts_with(target + "&error=invalid_scope&"));
  ConsentingBrowser browser(hub, OauthHub::jane);
  browser.arrive("/oauth/authorize?" +
                 form_of({{"application", hub.shown("shop").client_id}, {"redirect", target}, {"state", "s"}}));
  browser.decide("deny", "", "/id/authorize");
  CHECK(browser.left_for().starts_with(target + "&error=access_denied"));
}

TEST_CASE("AZ-09 a standard request redirects its errors once somebody has signed in") {
  ConsentPages hub;
  const Fields wrong{{"scope", "openid nonsense"}};
  const Answer stranger = asked(hub, hub.authorize_target(wrong));
  CHECK(stranger.header("Location").starts_with("/id/sign-in?next="));
  ConsentingBrowser browser(hub, OauthHub::jane);
  browser.arrive(hub.authorize_target(wrong));
  CHECK(browser.returned("error_description") == "malformed_scope");
  browser.open(hub.authorize_target({{"scope", "openid"}, {"response_type", "id_token"}}));
  CHECK(browser.returned("error") == "unsupported_response_type");
  browser.open(hub.authorize_target({{"scope", "openid"}, {"max_age", "soon"}}));
  CHECK(browser.returned("error") == "invalid_request");
  browser.open(hub.authorize_target({{"scope", "openid"}, {"request", "eyJ"}}));
  CHECK(browser.returned("error") == "invalid_request");
}

TEST_CASE("AZ-12 with prompt=none there is an answer and never a page") {
  ConsentPages hub;
  const auto target = [&](const std::string& scope, Fields more = {}) {
    more.push_back({"scope", scope});
    more.push_back({"prompt", "none"});
    return hub.authorize_target(more);
  };
  const auto error = [](const Answer& answer) { return parameter(answer.header("Location"), "error"); };
  CHECK(error(asked(hub, target("openid"))) == "login_required");
  CHECK(error(asked(hub, target("openid nonsense"))) == "invalid_scope");
  ConsentingBrowser browser(hub, OauthHub::jane);
  browser.sign_in(OauthHub::jane, ConsentPages::password);
  const auto asks = [&](const std::string& scope, Fields more = {}) {
    return error(browser.ask(target(scope, std::move(more)), Method::get, ""));
  };
  CHECK(asks("openid") == "consent_required");
  CHECK(asks("openid Org.shop.items.r") == "interaction_required");
  hub.clock().advance(minute);
  CHECK(asks("openid", {{"max_age", "30"}}) == "login_required");
  browser.open(hub.authorize_target({{"scope", "openid"}}));
  browser.decide("allow");
  hub.redeemed(browser.returned("code"), {{"redirect_uri", OauthHub::redirect}}, "/oauth/token");
  CHECK(asks("openid") == "");
  CHECK_FALSE(parameter(browser.page().header("Location"), "code").empty());
  browser.open(hub.authorize_target({{"scope", "openid"}, {"prompt", "none login"}}));
  CHECK(browser.returned("error") == "invalid_request");
}

TEST_CASE("AZ-11 the endpoint belongs to browsers on pages and answers no other origin") {
  ConsentPages hub;
  Ask ask = get(hub.authorize_target());
  ask.headers.push_back({"origin", "https://shop.test"});
  const Answer answer = hub.send(ask);
  for (const http::Header& header : answer.headers) CHECK_FALSE(header.name.starts_with("Access-Control-"));
  ask.method = Method::options;
  const Answer preflight = hub.send(ask);
  CHECK(preflight.status == 405);
  for (const http::Header& header : preflight.headers) CHECK_FALSE(header.name.starts_with("Access-Control-"));
  Ask posted = form("/oauth/authorize", {{"client_id", hub.client_id()}});
  CHECK(hub.send(posted).status == 405);
}

TEST_CASE("CO-04 a public client gets a code with a challenge and redeems it with the verifier only") {
  ConsentPages hub;
  ConsentingBrowser browser(hub, OauthHub::jane);
  browser.arrive(hub.authorize_target({{"client_id", hub.public_id()},
                                       {"scope", "zaikio.person.r"},
                                       {"code_challenge", OauthHub::challenge},
                                       {"code_challenge_method", "S256"}}));
  const std::string code = browser.returned("code");
  REQUIRE_FALSE(code.empty());
  const auto redeem = [&](Fields more) {
    more.push_back({"client_id", hub.public_id()});
    more.push_back({"code", code});
    return hub.send(form("/oauth/access_token", more));
  };
  CHECK(redeem({}).text("error") == "invalid_request");
  CHECK(redeem({{"code_verifier", std::string(43, 'a')}}).text("error") == "invalid_grant");
  CHECK(redeem({{"code_verifier", OauthHub::verifier}}).status == 200);
}

}  // namespace
}  // namespace hub::testing
