#include "hub/core/login_request.h"

#include <doctest/doctest.h>

#include "support/consent_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Result<LoginRequest> found(ConsentHub& hub, const Secret& handle, const Secret& browser) {
  return hub.hub().read(hub.as_nobody(),
                        [&](core::View& view) { return core::find_login_request(view, handle, browser); });
}

}  // namespace

TEST_CASE("AZ-08 a request is kept under a handle that works in the browser it began in") {
  ConsentHub hub;
  core::AskAuthorization asking = hub.asking("shop.items.r");
  asking.code_challenge = challenge;
  asking.code_challenge_method = "S256";
  asking.nonce = "n";
  asking.hints = {.login = "jane@acme.test", .may_sign_up = false, .force_login = true, .max_age = Seconds(60)};
  asking.hints.kinds = {"printer", "other"};
  const core::Pending pending = hub.pending(asking);
  CHECK(pending.handle.reveal().starts_with("hlr_"));
  CHECK(pending.handle.reveal().size() == 4 + 43);
  const LoginRequest kept = must(found(hub, pending.handle, hub.browser));
  CHECK(kept.redirect_uri == ConsentHub::target);
  CHECK(kept.redirect_given);
  CHECK(kept.scope == "shop.items.r");
  CHECK(kept.state == "s");
  CHECK(kept.challenge == challenge);
  CHECK(kept.nonce == "n");
  CHECK(kept.hints.login == "jane@acme.test");
  CHECK_FALSE(kept.hints.may_sign_up);
  CHECK(kept.hints.force_login);
  CHECK(kept.hints.max_age == Seconds(60));
  CHECK(kept.hints.kinds == Texts{"printer", "other"});

  CHECK(code_of(found(hub, pending.handle, Secret("another browser"))) == "invalid_link");
  CHECK(code_of(found(hub, Secret(pending.handle.reveal() + "x"), hub.browser)) == "invalid_link");
  CHECK(code_of(found(hub, Secret("hlr_"), hub.browser)) == "invalid_link");
  hub.clock().advance(minute * 15);
  CHECK(code_of(found(hub, pending.handle, hub.browser)) == "invalid_link");
}

TEST_CASE("AZ-01 nothing is redirected before client and target are proven") {
  ConsentHub hub;
  core::AskAuthorization unknown = hub.asking("");
  unknown.client_id = "00000000-0000-4000-8000-000000000000";
  CHECK(code_of(hub.asked(unknown)) == "unknown_application");
  unknown.client_id = "shop";  // a name is no client id
  CHECK(code_of(hub.asked(unknown)) == "unknown_application");
  core::AskAuthorization elsewhere = hub.asking("no scope at all");
  elsewhere.redirect_uri = "https://evil.test/cb";
  CHECK(code_of(hub.asked(elsewhere)) == "invalid_redirect");
  core::AskAuthorization standard = hub.asking("openid");
  standard.redirect_uri.reset();
  CHECK(code_of(hub.asked(standard)) == "invalid_redirect");

  core::AskAuthorization first = hub.asking("");
  first.redirect_uri.reset();
  CHECK(hub.pending(first).request.redirect_uri == ConsentHub::target);
  CHECK_FALSE(hub.pending(first).request.redirect_given);
}

TEST_CASE("In the hub's dialect the app hears at once what is wrong with its request") {
  ConsentHub hub;
  const std::string start = std::string(ConsentHub::target) + "?error=";
  const auto says = [&](const std::string& scope, const std::string& identifier) {
    CAPTURE(scope);
    CHECK(hub.turned_away(hub.asking(scope)) ==
          start + "invalid_scope&error_description=" + identifier + "&state=s&iss=http%3A%2F%2F127.0.0.1%3A4000");
  };
  says("nonsense", "malformed_scope");
  says("Org.shop.items.r shop.items.r", "different_bearer_types");
  says("Org/a.shop.items.r Org/b.shop.items.r", "different_bearer_ids");
  says("Per/a.shop.items.r", "unpermitted_bearer_id");
  says("warehouse.stock.w", "scope_is_not_included_in_desired_scopes");

  core::AskAuthorization implicit = hub.asking("");
  implicit.response_type = "token";
  CHECK(contains(hub.turned_away(implicit), "error=unsupported_response_type"));
  core::AskAuthorization twice = hub.asking("");
  twice.problem = Error{codes::invalid_request, "A parameter is there twice."};
  CHECK(contains(hub.turned_away(twice), "error=invalid_request"));
  core::AskAuthorization half = hub.asking("");
  half.code_challenge = challenge;
  CHECK(contains(hub.turned_away(half), "error=invalid_request"));
  // What does not exist or does not apply falls away without a word.
  CHECK(hub.pending("nobody.nothing.r zaikio.organization.r").request.scope ==
        "nobody.nothing.r zaikio.organization.r");
}

TEST_CASE("AZ-09 in a standard request the app hears of it once somebody has signed in") {
  ConsentHub hub;
  core::AskAuthorization asking = hub.asking("openid nonsense");
  const core::Pending kept = hub.pending(asking);
  CHECK(kept.request.dialect == CodeDialect::standard);
  core::ConsentAsked considered = hub.considered(kept.request, ConsentHub::owner);
  REQUIRE(std::holds_alternative<core::Answer>(considered));
  CHECK(contains(core::url_of(std::get<core::Answer>(considered)), "error_description=malformed_scope"));

  asking.scope = "openid";
  asking.response_type = "id_token";
  const LoginRequest stored = must(found(hub, hub.pending(asking).handle, hub.browser));
  considered = hub.considered(stored, ConsentHub::owner);
  REQUIRE(std::holds_alternative<core::Answer>(considered));
  CHECK(contains(core::url_of(std::get<core::Answer>(considered)), "error=unsupported_response_type"));

  asking.hints.no_pages = true;
  CHECK(contains(hub.turned_away(asking), "error=unsupported_response_type"));
}

TEST_CASE("The Nexus dialect asks for all three parameters and for an app that lets people sign in") {
  ConsentHub hub;
  const core::AskAuthorization good{.dialect = CodeDialect::nexus,
                                    .client_id = hub.client_id(),
                                    .redirect_uri = ConsentHub::target,
                                    .scope = {},
                                    .state = "s"};
  CHECK(hub.pending(good).request.dialect == CodeDialect::nexus);
  const auto code_with = [&](auto change) {
    core::AskAuthorization asking = good;
    change(asking);
    return code_of(hub.asked(asking));
  };
  CHECK(code_with([](auto& a) { a.client_id = ""; }) == "invalid_request");
  CHECK(code_with([](auto& a) { a.redirect_uri.reset(); }) == "invalid_request");
  CHECK(code_with([](auto& a) { a.state.reset(); }) == "invalid_request");
  CHECK(code_with([](auto& a) { a.state = std::string(513, 'x'); }) == "invalid_request");
  CHECK(code_with([](auto& a) { a.problem = Error{codes::invalid_request, "Twice."}; }) == "invalid_request");
  CHECK(code_with([](auto& a) { a.client_id = "nobody"; }) == "unknown_application");
  CHECK(code_with([](auto& a) { a.redirect_uri = "https://shop.test/cb/"; }) == "invalid_redirect");
  std::string long_state;
  for (int i = 0; i < 512; ++i) long_state += "ä";
  CHECK(code_with([&](auto& a) { a.state = long_state; }) == "ok");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "none"}));
  CHECK(code_of(hub.asked(good)) == "oauth_not_enabled");
}

TEST_CASE("Answers keep the query of the target and carry state and issuer") {
  const auto url = [](const std::string& target) {
    return core::url_of({target, "a=b&c+d", Secret("xyz"), std::nullopt, "https://hub.test"});
  };
  const std::string rest = "code=xyz&state=a%3Db%26c%2Bd&iss=https%3A%2F%2Fhub.test";
  CHECK(url("https://shop.test/cb") == "https://shop.test/cb?" + rest);
  CHECK(url("https://shop.test/cb?tenant=1") == "https://shop.test/cb?tenant=1&" + rest);
  CHECK(url("https://shop.test/cb?") == "https://shop.test/cb?" + rest);
  CHECK(url("myapp://auth") == "myapp://auth?" + rest);
  const std::string refused = core::url_of({"https://shop.test/cb", std::nullopt, std::nullopt,
                                            Error{codes::login_required, "Nobody is signed in."}, "https://hub.test"});
  CHECK(contains(refused, "?error=login_required&"));
}

TEST_CASE("A password given before the request is not enough where the app wants it again") {
  ConsentHub hub;
  const core::SignedIn before = hub.at_browser(ConsentHub::owner);
  hub.clock().advance(minute);
  core::AskAuthorization asking = hub.asking("");
  const auto needs = [&](const core::SignedIn& who) {
    return core::needs_sign_in(hub.pending(asking).request, who.session, hub.clock().now());
  };
  CHECK_FALSE(needs(before));
  asking.hints.max_age = Seconds(120);
  CHECK_FALSE(needs(before));
  asking.hints.max_age = Seconds(30);
  CHECK(needs(before));
  asking.hints = {.force_login = true};
  CHECK(needs(before));
  const core::Pending forced = hub.pending(asking);
  CHECK(code_of(core::decide(hub.hub(), hub.as_nobody(), before,
                             {.handle = forced.handle, .browser = hub.browser, .allow = true})) == "login_required");
  CHECK(hub.decided(forced, ConsentHub::owner));
}
