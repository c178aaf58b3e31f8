#include <atomic>
#include <thread>

#include "support/oauth_hub.h"

// Refresh at both token routes (zaikio-hub.md section 3.4, RFC 6749 section 6; claims RF-01 to RF-08).
namespace hub::testing {
namespace {

const char* const hub_path = "/oauth/access_token";
const char* const standard_path = "/oauth/token";

struct Pair {
  std::string access, refresh;
};
Pair pair_of(const Answer& answer) {
  CAPTURE(answer.body);
  REQUIRE(answer.status == 200);
  return {answer.text("access_token"), answer.text("refresh_token")};
}
Pair first_pair(OauthHub& hub, const Texts& scopes = {"shop.items.r"}) {
  core::CreateCode request;
  request.scopes = scopes;
  return pair_of(hub.redeemed(hub.code(request)));
}
Pair public_pair(OauthHub& hub) {
  const std::string code = hub.code(hub.for_public_client());
  return pair_of(hub.send(
      form(hub_path, {{"client_id", hub.public_id()}, {"code", code}, {"code_verifier", OauthHub::verifier}})));
}

TEST_CASE("a refresh gives a new pair and the old access token goes on working") {
  OauthHub hub;
  const Pair old = first_pair(hub);
  hub.clock().advance(std::chrono::seconds(60));
  const Answer answer = hub.refreshed(old.refresh);
  const Pair pair = pair_of(answer);
  CHECK(answer.header("Cache-Control") == "no-store");
  CHECK(answer.text("scope") == "shop.items.r");
  CHECK(answer.json()["expires_in"] == 3600);
  CHECK(pair.refresh != old.refresh);
  CHECK(hub.claims_of(pair.access)["jti"] != hub.claims_of(old.access)["jti"]);
  CHECK(hub.active(old.access));
  CHECK(hub.active(pair.access));
}

TEST_CASE("a refresh token works once and the successor outlives the mistake of a confidential client") {
  OauthHub hub;
  const Pair old = first_pair(hub);
  const Pair pair = pair_of(hub.refreshed(old.refresh));
  const Answer again = hub.refreshed(old.refresh);
  CHECK(again.status == 400);
  CHECK(again.text("error") == "invalid_grant");
  CHECK(hub.active(pair.access));
  CHECK(hub.refreshed(pair.refresh).status == 200);
}

TEST_CASE("RF-02 a used refresh token of a public client ends the whole family") {
  OauthHub hub;
  const Pair old = public_pair(hub);
  // Without any client id, as browsers do (zaikio-hub.md section 3.2).
  const auto refresh = [&](const std::string& token, Fields more = {}) {
    more.push_back({"grant_type", "refresh_token"});
    more.push_back({"refresh_token", token});
    return hub.send(form(hub_path, more));
  };
  const Pair pair = pair_of(refresh(old.refresh));
  const Pair next = pair_of(refresh(pair.refresh, {{"client_id", hub.public_id()}}));
  CHECK(refresh(next.refresh, {{"client_id", hub.client_id()}}).status == 401);
  CHECK(hub.active(next.access));
  CHECK(refresh(old.refresh).text("error") == "invalid_grant");
  CHECK_FALSE(hub.active(next.access));
  CHECK(refresh(next.refresh).text("error") == "invalid_grant");
}

TEST_CASE("a confidential client proves itself when it refreshes") {
  OauthHub hub;
  const core::CredentialAnswer other = hub.other_client("other");
  const Pair pair = first_pair(hub);
  const Fields fields{{"grant_type", "refresh_token"}, {"refresh_token", pair.refresh}};
  Fields by_parameters = fields, empty_secret = fields;
  by_parameters.push_back({"client_id", hub.client_id()});
  empty_secret.push_back({"client_id", hub.client_id()});
  empty_secret.push_back({"client_secret", ""});
  const std::string foreign = basic_header(other.client_id, other.client_secret->reveal());
  check(hub, {{"nobody", form(hub_path, fields), 401, {"invalid_client"}},
              {"nobody, standard", form(standard_path, fields), 401, {"invalid_client"}},
              {"an id alone", form(hub_path, by_parameters), 401, {"invalid_client"}},
              {"an empty secret", form(hub_path, empty_secret), 401, {"invalid_client"}},
              {"a wrong secret", form(hub_path, fields, basic_header(hub.client_id(), "x")), 401, {"invalid_client"}},
              {"another client", form(hub_path, fields, foreign), 400, {"invalid_grant"}},
              {"no token", form(hub_path, {{"grant_type", "refresh_token"}}, hub.basic()), 400, {"invalid_request"}},
              {"an unknown token",
               form(hub_path, {{"grant_type", "refresh_token"}, {"refresh_token", "x"}}, hub.basic()),
               400,
               {"invalid_grant"}},
              {"an access token in its place",
               form(hub_path, {{"grant_type", "refresh_token"}, {"refresh_token", pair.access}}, hub.basic()),
               400,
               {"invalid_grant"}}});
  // Claim RF-03: none of that hurt the family.
  CHECK(hub.refreshed(pair.refresh).status == 200);
}

TEST_CASE("the standard route narrows the access token and the hub route ignores a scope") {
  OauthHub hub;
  const Pair pair = first_pair(hub, {"shop.items.r", "shop.orders.r"});
  const auto refresh = [&](const std::string& token, const char* path, const std::string& scope) {
    return hub.send(
        form(path, {{"grant_type", "refresh_token"}, {"refresh_token", token}, {"scope", scope}}, hub.basic()));
  };
  const Answer ignored = refresh(pair.refresh, hub_path, "whatever");
  CHECK(ignored.text("scope") == "shop.items.r,shop.orders.r");
  const Answer wide = refresh(ignored.text("refresh_token"), standard_path, "shop.items.rw");
  CHECK(wide.status == 400);
  CHECK(wide.text("error") == "invalid_scope");
  const Answer narrow = refresh(ignored.text("refresh_token"), standard_path, "openid " + hub.org("shop.items.r"));
  CHECK(narrow.text("scope") == "shop.items.r");
  CHECK(hub.claims_of(narrow.text("access_token"))["scope"] == "shop.items.r");
  const Answer restored = hub.refreshed(narrow.text("refresh_token"), standard_path);
  CHECK(restored.text("scope") == "shop.items.r shop.orders.r");
}

TEST_CASE("RF-01 whoever may read and write may ask for reading alone") {
  OauthHub hub;
  const Pair pair = first_pair(hub, {"shop.items.rw"});
  const Answer narrow = hub.send(
      form(standard_path, {{"grant_type", "refresh_token"}, {"refresh_token", pair.refresh}, {"scope", "shop.items.r"}},
           hub.basic()));
  REQUIRE_MESSAGE(narrow.status == 200, narrow.body);
  CHECK(narrow.text("scope") == "shop.items.r");
  CHECK(hub.claims_of(narrow.text("access_token"))["scope"] == "shop.items.r");
  CHECK(hub.refreshed(narrow.text("refresh_token"), standard_path).text("scope") == "shop.items.rw");
}

TEST_CASE("an app gets no token for people whom it no longer admits") {
  OauthHub hub;
  core::CreateCode for_jane;
  for_jane.subject = std::string("person:") + OauthHub::jane;
  const Pair pair = pair_of(hub.redeemed(hub.code(for_jane)));
  const std::string on_behalf = "Per/" + hub.person_id(OauthHub::jane).text() + ">Org/" + hub.acme() + ".shop.items.r";
  const auto admit = [&](const char* audience) {
    must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = audience}));
  };
  CHECK(hub.client_token(on_behalf).status == 200);
  admit("own");
  CHECK(hub.refreshed(pair.refresh).text("error") == "invalid_grant");
  CHECK(hub.client_token(on_behalf).text("error_description") == "bearer_does_not_exist");
  // An audience is about people; and what was refused was not used up.
  CHECK(hub.client_token(hub.org("shop.items.r")).status == 200);
  admit("any");
  CHECK(hub.refreshed(pair.refresh).status == 200);
}

TEST_CASE("a refresh token dies with time and with what it stands on") {
  OauthHub hub;
  const Pair expired = first_pair(hub);
  hub.clock().advance(std::chrono::hours(7 * 24));
  CHECK(hub.refreshed(expired.refresh).text("error") == "invalid_grant");

  const Pair narrowed = first_pair(hub);
  const auto connections = must(hub.list(hub.as_operator(), &core::list_connections, {.app = "shop"}));
  for (const core::ConnectionAnswer& one : connections) hub.uninstall(one.id);
  CHECK(hub.refreshed(narrowed.refresh).text("error") == "invalid_grant");
  CHECK_FALSE(hub.active(narrowed.access));

  hub.install("shop", "org:acme", {"shop.items.r"});
  const Pair gone = first_pair(hub);
  must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.client_id()}));
  CHECK(hub.refreshed(gone.refresh).text("error") == "invalid_client");
}

TEST_CASE("RF-09 of many who refresh with one token at once through two processes one gets a successor") {
  OauthHub hub;
  const std::unique_ptr<core::Hub> other = hub.reopened();
  http::Services elsewhere{.hub = *other, .issuer = hub.services().issuer};
  const Pair pair = first_pair(hub);
  const Ask ask = form(hub_path, {{"grant_type", "refresh_token"}, {"refresh_token", pair.refresh}}, hub.basic());
  std::atomic<int> refreshed = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const Answer answer = hub.send(i % 2 == 0 ? hub.services() : elsewhere, ask);
      if (answer.status == 200) ++refreshed;
      if (answer.body.find("invalid_grant") != std::string::npos) ++refused;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(refreshed == 1);
  CHECK(refused == 7);
}

TEST_CASE("tokens of deleted credentials are on the list of revoked ones until they expire") {
  OauthHub hub;
  const std::string access = first_pair(hub).access;
  const std::string jti = hub.claims_of(access)["jti"];
  const auto listed = [&] {
    return hub.send(get("/api/v1/revoked_access_tokens.json")).body.find(jti) != std::string::npos;
  };
  CHECK_FALSE(listed());
  must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.client_id()}));
  CHECK(listed());
  hub.clock().advance(std::chrono::seconds(3600));
  CHECK_FALSE(listed());
}

}  // namespace
}  // namespace hub::testing
