#include "support/oauth_hub.h"

// The opaque tokens of the Nexus dialect (nexus211.md sections 4.2 to 4.4).
namespace hub::testing {
namespace {

const char* const exchange = "/oauth/access-token";
const char* const service = "/oauth/service-account-token";

class NexusHub : public OauthHub {
 public:
  std::string profile_code() {
    core::CreateCode request;
    request.dialect = "nexus";
    request.profile = must(list(as_operator(), &core::list_memberships, {.org = "acme"})).at(0).id;
    return code(request);
  }
};

TEST_CASE("a Nexus code becomes one opaque token and is then used up") {
  NexusHub hub;
  for (const bool as_json : {true, false}) {
    const std::string code = hub.profile_code();
    const Ask ask =
        as_json ? json(exchange, {{"code", code}}, hub.basic()) : form(exchange, {{"code", code}}, hub.basic());
    const Answer answer = hub.send(ask);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.header("Cache-Control") == "no-store");
    CHECK(answer.json().size() == 1);
    const std::string token = answer.text("token");
    CHECK(token.size() == 43);
    CHECK(hub.active(token));
    const Answer again = hub.send(ask);
    CHECK(again.status == 400);
    CHECK(again.text("error") == "invalid_grant");
    CHECK_FALSE(hub.active(token));
  }
}

TEST_CASE("the exchange of a Nexus code refuses with the contract's errors") {
  NexusHub hub;
  const std::string code = hub.profile_code();
  const core::CredentialAnswer other = hub.other_client("other");
  const core::KeyAnswer key = must(hub.list(hub.as_operator(), &core::list_authorization_keys,
                                            {.app = "shop", .by = "acme", .show_secrets = true}))
                                  .at(0);
  const std::string foreign = basic_header(other.client_id, other.client_secret->reveal());
  const std::string third_party = basic_header(key.client_id, key.client_secret->reveal());
  const std::string bearer = "Bearer " + hub.client_token(hub.org("shop.items.r")).text("access_token");
  Ask plain = json(exchange, {{"code", code}}, hub.basic());
  plain.headers.front().value = "text/plain";
  check(
      hub,
      {{"no code", json(exchange, Json::object(), hub.basic()), 400, {R"("error":"invalid_request")", R"("message")"}},
       {"a number", json(exchange, {{"code", 5}}, hub.basic()), 400, {"invalid_request"}},
       {"an unknown code", json(exchange, {{"code", "x"}}, hub.basic()), 400, {"invalid_grant"}},
       {"a code of the hub dialect", json(exchange, {{"code", hub.code()}}, hub.basic()), 400, {"invalid_grant"}},
       {"another app", json(exchange, {{"code", code}}, foreign), 400, {"invalid_grant"}},
       {"a wrong secret",
        json(exchange, {{"code", code}}, basic_header(hub.client_id(), "x")),
        401,
        {R"("error":"invalid_client")"}},
       {"a third-party secret", json(exchange, {{"code", code}}, third_party), 403, {"principal_not_allowed"}},
       {"a bearer", json(exchange, {{"code", code}}, bearer), 403, {"principal_not_allowed"}},
       {"nobody", json(exchange, {{"code", code}}), 401, {R"("error":"unauthenticated")"}},
       {"a code in the query", json("/oauth/access-token?code=hush", Json::object(), hub.basic()), 400, {}, {"hush"}},
       {"another media type", plain, 415, {"unsupported_media_type"}}});
  CHECK(hub.redeemed(code).text("error") == "invalid_grant");
  CHECK(hub.send(json(exchange, {{"code", code}}, hub.basic())).status == 200);
}

TEST_CASE("a Nexus code ends when the audience shuts its organization out and with no other change of the app") {
  NexusHub hub;
  const auto redeemed = [&](const std::string& code) {
    return hub.send(json(exchange, {{"code", code}}, hub.basic())).text("error");
  };
  const auto audience = [&](const Texts& organizations) {
    must(hub.run(hub.as_operator(), &core::update_app,
                 {.app = "shop", .audience = "list", .audience_organizations = organizations}));
  };
  const std::string kept = hub.profile_code();
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .title = "The shop"}));
  CHECK(redeemed(kept).empty());
  const std::string admitted = hub.profile_code(), ended = hub.profile_code();
  audience({"acme"});
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .title = "A shop"}));
  CHECK(redeemed(admitted).empty());
  audience({"vendor"});
  audience({"acme"});
  CHECK(redeemed(ended) == "invalid_grant");
  CHECK(redeemed(hub.profile_code()).empty());
}

TEST_CASE("a Nexus token ends itself and answers 401 from then on") {
  NexusHub hub;
  const std::string token = hub.send(json(exchange, {{"code", hub.profile_code()}}, hub.basic())).text("token");
  const Ask ask{.target = "/oauth/revoke", .headers = {{"authorization", "Bearer " + token}}};
  CHECK(hub.send(ask).status == 204);
  const Answer again = hub.send(ask);
  CHECK(again.status == 401);
  CHECK(again.text("error") == "invalid_token");
  CHECK_FALSE(hub.active(token));
}

TEST_CASE("a service account token is for service accounts of the client's organization") {
  NexusHub hub;
  const auto profile_of = [&](const std::string& org) {
    return must(hub.list(hub.as_operator(), &core::list_memberships, {.org = org})).at(0);
  };
  check(hub,
        {{"no profile", json(service, Json::object(), hub.basic()), 400, {"invalid_request"}},
         {"an unknown profile", json(service, {{"profile", "AAAAAAAAAAAA"}}, hub.basic()), 404, {"not_found"}},
         {"a person's profile", json(service, {{"profile", profile_of("vendor").id}}, hub.basic()), 404, {"not_found"}},
         {"a foreign profile", json(service, {{"profile", profile_of("acme").id}}, hub.basic()), 404, {"not_found"}},
         {"nobody", json(service, {{"profile", "x"}}), 401, {"unauthenticated"}}});
}

}  // namespace
}  // namespace hub::testing
