#include "hub/core/admin_token.h"
#include "support/oauth_hub.h"

// Revocation and introspection (RFC 7009, RFC 7662, nexus211.md section 9.4; claims TK-06 to TK-08).
namespace hub::testing {
namespace {

const char* const introspect = "/oauth/introspect";
const char* const revoke = "/oauth/revoke";

std::string admin_token(OauthHub& hub) {
  return must(hub.run(hub.as_operator(), &core::issue_admin_token, {.name = "ops"})).object->token->reveal();
}

TEST_CASE("introspection tells the asking app about its own tokens") {
  OauthHub hub;
  const Answer issued = hub.redeemed(hub.code());
  const std::string access = issued.text("access_token");
  for (const Ask& ask :
       {form(introspect, {{"token", access}}, hub.basic()),
        form(introspect, {{"token", access}, {"token_type_hint", "refresh_token"}}, hub.basic()),
        form(introspect, {{"token", access}, {"client_id", hub.client_id()}, {"client_secret", hub.secret()}}),
        json(introspect, {{"token", access}}, hub.basic())}) {
    const Answer answer = hub.send(ask);
    CAPTURE(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type == "application/json; charset=utf-8");
    CHECK(answer.header("Cache-Control") == "no-store");
    const Json body = answer.json();
    CHECK(body["active"] == true);
    CHECK(body["scope"] == "shop.items.r");
    CHECK(body["sub"] == "Organization/" + hub.acme());
    CHECK(body["client_id"] == hub.client_id());
    CHECK(body["exp"] == hub.claims_of(access)["exp"]);
  }
  CHECK(hub.active(issued.text("refresh_token")));
  const Answer standard = hub.client_token(hub.org("shop.items.r"), "/oauth/token");
  CHECK(hub.active(standard.text("access_token")));
}

TEST_CASE("TK-07 whatever is no live token of the app is exactly inactive") {
  OauthHub hub;
  const Answer issued = hub.redeemed(hub.code());
  const std::string access = issued.text("access_token");
  const core::CredentialAnswer other = hub.other_client("other");
  const std::string foreign = basic_header(other.client_id, other.client_secret->reveal());
  const std::string inactive = R"({"active":false})";
  const auto asked = [&](const std::string& token, const std::string& authorization) {
    const Answer answer = hub.send(form(introspect, {{"token", token}}, authorization));
    CHECK(answer.status == 200);
    return answer.body;
  };
  CHECK(asked(access, foreign) == inactive);
  CHECK(asked(issued.text("refresh_token"), foreign) == inactive);
  CHECK(asked("x", hub.basic()) == inactive);
  CHECK(asked(access + "x", hub.basic()) == inactive);
  CHECK(asked(access.substr(0, access.size() - 6) + "AAAAAA", hub.basic()) == inactive);
  CHECK(asked(hub.code(), hub.basic()) == inactive);
  CHECK(asked(hub.secret(), hub.basic()) == inactive);
  CHECK(asked(std::string(20'000, 'x'), hub.basic()) == inactive);
  const std::string used = issued.text("refresh_token");
  REQUIRE(hub.refreshed(used).status == 200);
  CHECK(asked(used, hub.basic()) == inactive);
  hub.clock().advance(std::chrono::seconds(3600));
  CHECK(asked(access, hub.basic()) == inactive);
}

TEST_CASE("introspection refuses those who prove nothing") {
  OauthHub hub;
  const std::string access = hub.client_token(hub.org("shop.items.r")).text("access_token");
  const Fields fields{{"token", access}};
  check(hub,
        {{"nobody", form(introspect, fields), 401, {R"("invalid_client")"}, {"active"}},
         {"a wrong secret", form(introspect, fields, basic_header(hub.client_id(), "x")), 401, {R"("invalid_client")"}},
         {"a public client",
          form(introspect, {{"token", access}, {"client_id", hub.public_id()}}),
          401,
          {R"("invalid_client")"},
          {"active"}},
         {"the token itself", form(introspect, fields, "Bearer " + access), 401, {R"("invalid_token")"}},
         {"no token", form(introspect, {}, hub.basic()), 400, {R"("invalid_request")"}},
         {"a token in the query",
          form(std::string(introspect) + "?token=hush", {}, hub.basic()),
          400,
          {R"("invalid_request")"},
          {"hush"}}});
  CHECK(hub.send(form(introspect, fields)).header("WWW-Authenticate").starts_with("Basic"));
  CHECK(hub.send(form(introspect, fields, "Bearer x")).header("WWW-Authenticate").starts_with("Bearer"));
}

TEST_CASE("an admin token may ask about the tokens of every app") {
  OauthHub hub;
  const core::CredentialAnswer other = hub.other_client("other");
  const std::string access = hub.client_token(hub.org("shop.items.r")).text("access_token");
  const std::string bearer = "Bearer " + admin_token(hub);
  const Answer answer = hub.send(form(introspect, {{"token", access}}, bearer));
  CAPTURE(answer.body);
  CHECK(answer.status == 200);
  CHECK(answer.json()["active"] == true);
  CHECK(hub.send(form(introspect, {{"token", "x"}}, bearer)).body == R"({"active":false})");
  CHECK(hub.send(form(introspect, {}, bearer)).status == 400);
}

TEST_CASE("a client revokes what belongs to its app and learns nothing of the rest") {
  OauthHub hub;
  const core::CredentialAnswer other = hub.other_client("other");
  const std::string foreign = basic_header(other.client_id, other.client_secret->reveal());
  const Answer issued = hub.redeemed(hub.code());
  const std::string access = issued.text("access_token"), refresh = issued.text("refresh_token");
  const auto ask = [&](const std::string& token, const std::string& authorization) {
    return form(revoke, {{"token", token}, {"token_type_hint", "nonsense"}}, authorization);
  };
  for (const std::string& token : {access, refresh, std::string("x")}) {
    const Answer answer = hub.send(ask(token, foreign));
    CHECK(answer.status == 200);
    CHECK(answer.body.empty());
    CHECK(answer.header("Cache-Control") == "no-store");
  }
  CHECK(hub.active(access));
  CHECK(hub.active(refresh));

  CHECK(hub.send(ask(access, hub.basic())).status == 200);
  CHECK_FALSE(hub.active(access));
  CHECK_FALSE(hub.active(refresh));
  CHECK(hub.send(ask(access, hub.basic())).status == 200);
  CHECK(hub.refreshed(refresh).text("error") == "invalid_grant");

  const Answer second = hub.redeemed(hub.code());
  CHECK(hub.send(form(revoke, {{"token", second.text("refresh_token")},
                               {"client_id", hub.client_id()},
                               {"client_secret", hub.secret()}}))
            .status == 200);
  CHECK_FALSE(hub.active(second.text("access_token")));
}

TEST_CASE("a public client revokes its own tokens") {
  OauthHub hub;
  const std::string code = hub.code(hub.for_public_client());
  const std::string access =
      hub.send(form("/oauth/access_token",
                    {{"client_id", hub.public_id()}, {"code", code}, {"code_verifier", OauthHub::verifier}}))
          .text("access_token");
  CHECK(hub.active(access));
  CHECK(hub.send(form(revoke, {{"token", access}, {"client_id", hub.public_id()}})).status == 200);
  CHECK_FALSE(hub.active(access));
}

TEST_CASE("a bearer ends its own token with an empty body") {
  OauthHub hub;
  const std::string access = hub.client_token(hub.org("shop.items.r")).text("access_token");
  const Ask ask{.target = revoke, .headers = {{"authorization", "Bearer " + access}}};
  const Answer answer = hub.send(ask);
  CHECK(answer.status == 204);
  CHECK(answer.body.empty());
  CHECK(answer.content_type.empty());
  CHECK_FALSE(hub.active(access));
  const Answer again = hub.send(ask);
  CHECK(again.status == 401);
  CHECK(again.text("error") == "invalid_token");
}

TEST_CASE("revocation refuses requests that cannot be understood") {
  OauthHub hub;
  Ask twice = form(revoke, {{"token", "x"}}, hub.basic());
  twice.headers.push_back({"authorization", hub.basic()});
  check(hub, {{"Basic without a token",
               {.target = revoke, .headers = {{"authorization", hub.basic()}}},
               400,
               {R"("error":"invalid_request")", R"("error_description")", R"("message")"}},
              {"nobody", form(revoke, {{"token", "x"}}), 401, {R"("invalid_client")"}},
              {"a wrong secret",
               form(revoke, {{"token", "x"}}, basic_header(hub.client_id(), "x")),
               401,
               {R"("invalid_client")"}},
              {"a token in the query", form("/oauth/revoke?token=hush", {}, hub.basic()), 400, {}, {"hush"}},
              {"two headers", twice, 400, {R"("invalid_request")"}},
              {"another media type",
               {.target = revoke,
                .body = "token=x",
                .headers = {{"content-type", "text/xml"}, {"authorization", hub.basic()}}},
               415}});
}

}  // namespace
}  // namespace hub::testing
