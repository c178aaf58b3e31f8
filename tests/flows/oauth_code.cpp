#include <atomic>
#include <thread>

#include "support/oauth_hub.h"

// Redemption of authorization codes at both token routes (zaikio-hub.md section 3.2, RFC 6749 section 4.1.3).
namespace hub::testing {
namespace {

const char* const hub_path = "/oauth/access_token";
const char* const standard_path = "/oauth/token";

std::string on(const char* path, OauthHub& hub, core::CreateCode request = {}) {
  request.dialect = path == hub_path ? "hub" : "standard";
  return hub.code(request);
}

TEST_CASE("a code becomes a token with a refresh token and is then used up") {
  OauthHub hub;
  for (const char* path : {hub_path, standard_path}) {
    CAPTURE(path);
    const std::string code = on(path, hub);
    const Answer answer = hub.redeemed(code, {}, path);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK(answer.text("scope") == "shop.items.r");
    CHECK_FALSE(answer.text("refresh_token").empty());
    CHECK(hub.active(answer.text("access_token")));

    const Answer again = hub.redeemed(code, {}, path);
    CHECK(again.status == 400);
    CHECK(again.text("error") == "invalid_grant");
    // Claim CO-02: what came of the first redemption ends with the second.
    CHECK_FALSE(hub.active(answer.text("access_token")));
    CHECK(hub.refreshed(answer.text("refresh_token"), path).text("error") == "invalid_grant");
  }
}

TEST_CASE("clients redeem codes in all the ways they are known to") {
  OauthHub hub;
  const std::string id = hub.client_id(), secret = hub.secret();
  const auto code = [&] { return on(hub_path, hub); };
  const auto spa = [&] { return hub.code(hub.for_public_client()); };
  const std::string spa_id = hub.public_id(), proof = OauthHub::verifier;
  check(hub,
        {{"without a grant type or a redirect_uri",
          form(hub_path, {{"code", code()}, {"client_id", id}, {"client_secret", secret}}), 200},
         {"by Basic with scope and redirect_uri",
          form(hub_path,
               {{"grant_type", "authorization_code"},
                {"code", code()},
                {"redirect_uri", OauthHub::redirect},
                {"scope", "whatever"}},
               hub.basic()),
          200},
         {"a browser: json without a grant type",
          json("/oauth/access_token.json", {{"client_id", spa_id}, {"code_verifier", proof}, {"code", spa()}}), 200},
         {"a public client that sends an empty secret",
          form(hub_path, {{"grant_type", "authorization_code"},
                          {"client_id", spa_id},
                          {"client_secret", ""},
                          {"code_verifier", proof},
                          {"redirect_uri", OauthHub::redirect},
                          {"code", spa()}}),
          200},
         {"a public client with Basic and no secret",
          form(hub_path, {{"code_verifier", proof}, {"code", spa()}}, basic_header(spa_id, "")), 200}});
}

TEST_CASE("a code is refused with the contract's error and is not used up by that") {
  OauthHub hub;
  const core::CredentialAnswer other = hub.other_client("other");
  for (const char* path : {hub_path, standard_path}) {
    CAPTURE(path);
    core::CreateCode proven;
    proven.code_challenge = OauthHub::challenge;
    proven.code_challenge_method = "S256";
    const std::string code = on(path, hub), with_proof = on(path, hub, proven);
    const std::string wrong_proof(43, 'a');
    const auto ask = [&](const std::string& value, Fields more = {}) {
      more.push_back({"grant_type", "authorization_code"});
      more.push_back({"code", value});
      return form(path, more, hub.basic());
    };
    Ask foreign = ask(code), wrong_secret = ask(code);
    foreign.headers.back().value = basic_header(other.client_id, other.client_secret->reveal());
    wrong_secret.headers.back().value = basic_header(hub.client_id(), "wrong");
    check(hub,
          {{"missing", form(path, {{"grant_type", "authorization_code"}}, hub.basic()), 400, {"invalid_request"}},
           {"null",
            json(path, {{"grant_type", "authorization_code"}, {"code", nullptr}}, hub.basic()),
            400,
            {"invalid_request"}},
           {"unknown", ask("nothing"), 400, {"invalid_grant"}},
           {"of another client", foreign, 400, {"invalid_grant"}},
           {"with a wrong secret", wrong_secret, 401, {"invalid_client"}},
           {"another redirect_uri", ask(code, {{"redirect_uri", "https://shop.test/other"}}), 400, {"invalid_grant"}},
           {"a verifier that was not asked for", ask(code, {{"code_verifier", OauthHub::verifier}}), 400, {"invalid_"}},
           {"no verifier although the secret is right", ask(with_proof), 400, {"invalid_request"}},
           {"a wrong verifier", ask(with_proof, {{"code_verifier", wrong_proof}}), 400, {"invalid_grant"}},
           {"longer", ask(code + "x"), 400, {"invalid_grant"}},
           {"shorter", ask(code.substr(0, code.size() - 1)), 400, {"invalid_grant"}}});
    // Claim CO-03.
    CHECK(hub.send(ask(code)).status == 200);
    CHECK(hub.send(ask(with_proof, {{"code_verifier", OauthHub::verifier}})).status == 200);
  }
}

TEST_CASE("AZ-13 a code works at its own route and one of the hub at the standard route too") {
  OauthHub hub;
  const std::string of_hub = on(hub_path, hub), of_standard = on(standard_path, hub), other = on(hub_path, hub);
  CHECK(hub.redeemed(of_standard, {}, hub_path).text("error") == "invalid_grant");
  CHECK(hub.redeemed(of_hub, {}, hub_path).status == 200);
  CHECK(hub.redeemed(of_standard, {}, standard_path).status == 200);
  // The token is in the style of the route.
  const Answer answer = hub.redeemed(other, {}, standard_path);
  CHECK(answer.status == 200);
  CHECK(hub.claims_of(answer.text("access_token"))["iss"] == "http://127.0.0.1:4000");
}

TEST_CASE("a code expires after a minute") {
  OauthHub hub;
  const std::string early = hub.code(), late = hub.code();
  hub.clock().advance(std::chrono::seconds(59));
  CHECK(hub.redeemed(early).status == 200);
  hub.clock().advance(std::chrono::seconds(2));
  const Answer answer = hub.redeemed(late);
  CHECK(answer.status == 400);
  CHECK(answer.text("error") == "invalid_grant");
}

TEST_CASE("a connection comes into being when the code is redeemed") {
  OauthHub hub;
  hub.organization("zeta");
  core::CreateCode request;
  request.subject = "org:zeta";
  const std::string code = hub.code(request);
  const std::string scope = "Org/" + hub.org_id("zeta") + ".shop.items.r";
  CHECK(hub.client_token(scope).text("error_description") == "bearer_does_not_exist");
  CHECK(hub.redeemed(code).status == 200);
  CHECK(hub.client_token(scope).status == 200);
}

TEST_CASE("CO-07 a code dies with the secret that was to redeem it") {
  OauthHub hub;
  const std::string code = hub.code();
  must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.client_id()}));
  const Answer answer = hub.redeemed(code);
  CHECK(answer.status == 401);
  CHECK(answer.text("error") == "invalid_client");
}

TEST_CASE("CO-04 the challenge method plain is for apps that switched it on") {
  OauthHub hub;
  core::CreateCode request;
  request.app = "shop";
  request.subject = "org:acme";
  request.scopes = {"shop.items.r"};
  request.code_challenge = OauthHub::verifier;
  request.code_challenge_method = "plain";
  CHECK(code_of(hub.run(hub.as_operator(), &core::create_code, request)) == "invalid_request");
  const auto switched = [&](const char* how) {
    must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .pkce_plain = how}));
  };
  switched("on");
  const std::string code = hub.code(request);
  const std::string other(std::string(OauthHub::verifier).size(), 'x');
  CHECK(hub.redeemed(code).status == 400);
  CHECK(hub.redeemed(code, {{"code_verifier", other}}).text("error") == "invalid_grant");
  switched("off");
  CHECK(hub.redeemed(code, {{"code_verifier", OauthHub::verifier}}).text("error") == "invalid_grant");
  switched("on");
  CHECK(hub.redeemed(code, {{"code_verifier", OauthHub::verifier}}).status == 200);
}

TEST_CASE("SC-05 what was taken away is not given back by a code of before") {
  OauthHub hub;
  const std::string code = hub.code(), of_jane = hub.code({.subject = std::string("person:") + OauthHub::jane});
  must(hub.run(hub.as_operator(), &core::update_connection,
               {.connection = "shop/acme", .remove_scopes = {"shop.items.r"}}));
  CHECK(hub.redeemed(code).text("error") == "invalid_grant");
  CHECK(hub.redeemed(of_jane).status == 200);
}

TEST_CASE("CO-08 of many who redeem one code at once through two processes one gets a token") {
  OauthHub hub;
  const std::unique_ptr<core::Hub> other = hub.reopened();
  http::Services elsewhere{.hub = *other, .issuer = hub.services().issuer};
  for (int round = 0; round < 5; ++round) {
    const Ask ask = form(hub_path, {{"code", hub.code()}}, hub.basic());
    std::atomic<int> redeemed = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        const Answer answer = hub.send(i % 2 == 0 ? hub.services() : elsewhere, ask);
        if (answer.status == 200) ++redeemed;
        if (answer.body.find("invalid_grant") != std::string::npos) ++refused;
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(redeemed == 1);
    CHECK(refused == 7);
  }
}

}  // namespace
}  // namespace hub::testing
