#include <atomic>
#include <set>
#include <thread>

#include "hub/core/device.h"
#include "support/oauth_hub.h"

// The start of a device and its polls at both dialects' routes (RFC 8628, zaikio-hub.md sections 3.2, 3.3 and 3.6).
namespace hub::testing {
namespace {

const char* const hub_start = "/oauth/device_authorizations/authorize";
const char* const standard_start = "/oauth/device_authorization";
const char* const grant = "urn:ietf:params:oauth:grant-type:device_code";

Answer polled(OauthHub& hub, const std::string& code, const std::string& client,
              const std::string& path = "/oauth/access_token", const std::string& authorization = "") {
  Fields fields{{"grant_type", grant}, {"device_code", code}};
  if (!client.empty()) fields.push_back({"client_id", client});
  return hub.send(form(path, fields, authorization));
}

void approve(OauthHub& hub, const Answer& started, const std::optional<std::string>& subject = std::nullopt) {
  must(hub.run(hub.as(OauthHub::jane), &core::approve_device, {started.text("user_code"), subject, std::nullopt}));
}

TEST_CASE("DV-02 a device starts without a secret and polls for its token") {
  OauthHub hub;
  const Answer started =
      hub.send(form(hub_start, {{"client_id", hub.client_id()}, {"scope", "shop.items.r,zaikio.person.r"}}));
  REQUIRE(started.status == 200);
  CHECK(started.header("Cache-Control") == "no-store");
  const Json fields = started.json();
  std::set<std::string> names;
  for (const auto& [name, value] : fields.items()) names.insert(name);
  CHECK(names == std::set<std::string>{"device_code", "user_code", "verification_uri", "verification_uri_complete",
                                       "expires_in", "interval"});
  CHECK(fields["expires_in"] == 600);
  CHECK(fields["interval"] == 5);
  CHECK(fields["verification_uri_complete"] == started.text("verification_uri") + "?code=" + started.text("user_code"));

  const std::string code = started.text("device_code");
  const auto expect = [&](const Answer& answer, const char* error) {
    CHECK(answer.status == 400);
    CHECK(answer.text("error") == error);
  };
  expect(polled(hub, code, hub.client_id()), "authorization_pending");
  expect(polled(hub, code, hub.client_id()), "slow_down");
  expect(polled(hub, code, hub.public_id()), "invalid_grant");
  approve(hub, started);
  const Answer token = polled(hub, code, hub.client_id());
  CAPTURE(token.body);
  REQUIRE(token.status == 200);
  CHECK(token.text("scope") == "shop.items.r,zaikio.person.r");
  CHECK_FALSE(token.text("refresh_token").empty());
  CHECK(token.json()["bearer"]["type"] == "Person");
  CHECK(hub.active(token.text("access_token")));
  expect(polled(hub, code, hub.client_id()), "invalid_grant");
  CHECK(hub.active(token.text("access_token")));
}

TEST_CASE("DV-02 denied and late devices are told so with 400") {
  OauthHub hub;
  const Answer denied = hub.send(form(hub_start, {{"client_id", hub.public_id()}}));
  must(hub.run(hub.as(OauthHub::jane), &core::deny_device, {denied.text("user_code")}));
  for (const char* path : {"/oauth/access_token", "/oauth/token"}) {
    const Answer answer = polled(hub, denied.text("device_code"), hub.public_id(), path);
    CHECK(answer.status == 400);
    CHECK(answer.text("error") == "access_denied");
  }
  const Answer late = hub.send(form(hub_start, {{"client_id", hub.public_id()}}));
  hub.clock().advance(Seconds(600));
  const Answer answer = polled(hub, late.text("device_code"), hub.public_id());
  CHECK(answer.status == 400);
  CHECK(answer.text("error") == "expired_token");
}

TEST_CASE("the start of a device is asked in all the ways clients are known to") {
  OauthHub hub;
  const std::string id = hub.client_id(), json_path = std::string(hub_start) + ".json";
  Ask as_xml = form(hub_start, {{"client_id", id}});
  as_xml.headers.push_back({"accept", "application/xml"});
  Ask as_text = as_xml;
  as_text.headers.back().value = "text/plain";
  Ask xml_error = form(hub_start, {{"client_id", id}, {"scope", "nonsense"}});
  xml_error.headers.push_back({"accept", "text/xml"});
  check(hub,
        {{"json", json(json_path, {{"client_id", id}, {"scope", "shop.items.r"}}), 200, {"\"user_code\":"}},
         {"query", {.target = std::string(hub_start) + "?client_id=" + id}, 200, {"\"user_code\":"}},
         {"xml", as_xml, 200, {"<OAuth><device_code>", "<interval>5</interval>"}},
         {"text", as_text, 200, {"device_code=", "&user_code=", "&expires_in=600&interval=5"}, {"{"}},
         {"no client", form(hub_start, {{"scope", "shop.items.r"}}), 422, {"error: "}, {"{"}},
         {"unknown client", form(hub_start, {{"client_id", "nobody"}}), 401, {"invalid_client"}},
         {"right secret", form(hub_start, {}, hub.basic()), 200},
         {"wrong secret", form(hub_start, {{"client_id", id}, {"client_secret", "wrong"}}), 401, {"invalid_client"}},
         {"empty secret", form(hub_start, {{"client_id", id}, {"client_secret", ""}}), 200},
         {"malformed scope",
          form(hub_start, {{"client_id", id}, {"scope", "nonsense"}}),
          400,
          {R"("error":"invalid_scope")", R"("error_description":"malformed_scope")",
           R"("errors":{"scopes":["malformed_scope"]})"}},
         {"malformed scope in xml", xml_error, 400, {"<error_description>malformed_scope</error_description>"}},
         {"undesired scope",
          form(hub_start, {{"client_id", id}, {"scope", "warehouse.stock.w"}}),
          400,
          {"scope_is_not_included_in_desired_scopes"}},
         {"a person by id",
          form(hub_start, {{"client_id", id}, {"scope", "Per/x.shop.items.r"}}),
          400,
          {"unpermitted_bearer_id"}},
         {"polls without a code",
          form("/oauth/access_token", {{"grant_type", grant}, {"client_id", id}}),
          400,
          {"invalid_request"}},
         {"polls without a client",
          form("/oauth/access_token", {{"grant_type", grant}, {"device_code", "x"}}),
          400,
          {"invalid_request"}},
         {"polls with a wrong secret",
          form("/oauth/access_token",
               {{"grant_type", grant}, {"device_code", "x"}, {"client_id", id}, {"client_secret", "wrong"}}),
          401,
          {"invalid_client"}}});
  const Answer text = hub.send(as_text);
  CHECK(text.body.find("verification_uri=http%3A%2F%2F") != std::string::npos);
  const Answer lacking = hub.send(form(hub_start, {}));
  CHECK(lacking.content_type.starts_with("text/plain"));
}

TEST_CASE("browsers of any origin start devices and poll") {
  OauthHub hub;
  for (const std::string path : {hub_start, standard_start, "/oauth/device_authorizations/authorize.json"}) {
    CAPTURE(path);
    const Answer preflight =
        hub.send({.target = path,
                  .headers = {{"origin", "https://demo.test"}, {"access-control-request-method", "POST"}},
                  .method = Method::options});
    CHECK(preflight.status == 204);
    CHECK(preflight.header("Access-Control-Allow-Origin") == "*");
    Ask ask = json(path, {{"client_id", hub.public_id()}});
    ask.headers.push_back({"origin", "https://demo.test"});
    CHECK(hub.send(ask).header("Access-Control-Allow-Origin") == "*");
  }
}

TEST_CASE("on the standard route confidential clients prove themselves at the start and at each poll") {
  OauthHub hub;
  const Fields asks{{"scope", "offline_access shop.items.r"}};
  CHECK(hub.send(form(standard_start, {{"client_id", hub.client_id()}})).text("error") == "invalid_client");
  CHECK(hub.send(form(standard_start, asks)).text("error") == "invalid_request");
  const Answer started = hub.send(form(standard_start, asks, hub.basic()));
  CAPTURE(started.body);
  REQUIRE(started.status == 200);
  const std::string code = started.text("device_code");
  CHECK(polled(hub, code, hub.client_id(), "/oauth/token").text("error") == "invalid_client");
  CHECK(polled(hub, code, "", "/oauth/token", hub.basic()).text("error") == "authorization_pending");
  CHECK(polled(hub, code, "", "/oauth/token", hub.basic()).text("error") == "slow_down");
  approve(hub, started);
  const Answer token = polled(hub, code, "", "/oauth/token", hub.basic());
  CAPTURE(token.body);
  REQUIRE(token.status == 200);
  CHECK(token.text("token_type") == "Bearer");
  CHECK_FALSE(token.text("refresh_token").empty());
  CHECK(hub.refreshed(token.text("refresh_token"), "/oauth/token").status == 200);

  const Answer spa = hub.send(form(standard_start, {{"client_id", hub.public_id()}}));
  REQUIRE(spa.status == 200);
  CHECK(polled(hub, spa.text("device_code"), hub.public_id(), "/oauth/token").text("error") == "authorization_pending");
}

TEST_CASE("the metadata names the endpoint and the grant of devices") {
  OauthHub hub;
  const Json metadata = hub.send(get("/.well-known/oauth-authorization-server")).json();
  CHECK(metadata["device_authorization_endpoint"] == std::string("http://127.0.0.1:4000") + standard_start);
  const auto grants = metadata["grant_types_supported"].get<Texts>();
  CHECK(has(grants, grant));
}

TEST_CASE("DV-05 what a poll says besides its code changes nothing") {
  OauthHub hub;
  const Answer started = hub.send(form(hub_start, {{"client_id", hub.client_id()}, {"scope", "Org.shop.items.r"}}));
  approve(hub, started, "org:acme");
  const Answer token = hub.send(form("/oauth/access_token", {{"grant_type", grant},
                                                             {"device_code", started.text("device_code")},
                                                             {"client_id", hub.client_id()},
                                                             {"scope", "Org.shop.orders.r Org.shop.items.w"},
                                                             {"organization", "zeta"}}));
  REQUIRE(token.status == 200);
  CHECK(token.text("scope") == "shop.items.r");
  CHECK(token.json()["bearer"]["id"] == hub.acme());
}

TEST_CASE("the device demo polls every half second in json and is let in at once") {
  OauthHub hub;
  const Answer started = hub.send(
      json("/oauth/device_authorizations/authorize.json", {{"client_id", hub.public_id()}, {"scope", "shop.items.r"}}));
  REQUIRE(started.status == 200);
  const Ask poll =
      json("/oauth/access_token.json",
           {{"grant_type", grant}, {"client_id", hub.public_id()}, {"device_code", started.text("device_code")}});
  for (int i = 0; i < 20; ++i) {
    const std::string error = hub.send(poll).text("error");
    CHECK((error == "authorization_pending" || error == "slow_down"));
    hub.clock().advance(std::chrono::milliseconds(500));
  }
  approve(hub, started);
  CHECK(hub.send(poll).status == 200);
}

TEST_CASE("DV-02 of many polls at once of one approved device one is answered with a token") {
  OauthHub hub;
  const Answer started = hub.send(form(hub_start, {{"client_id", hub.public_id()}}));
  approve(hub, started);
  std::atomic<int> tokens = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] {
      const Answer answer = polled(hub, started.text("device_code"), hub.public_id());
      if (answer.status == 200) ++tokens;
      if (answer.status == 400) ++refused;
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(tokens == 1);
  CHECK(refused == 5);
}

}  // namespace
}  // namespace hub::testing
