#include <doctest/doctest.h>

#include <set>

#include "hub/crypto/jwt.h"
#include "route_try.h"

// What is made again after it was deleted has nothing of what was there before: another id, and no token, consent,
// session, membership, connection or secret (claim TN-03).
namespace hub::testing {
namespace {

// alpha's things deleted and made again by an operator, and alpha's people and apps trying what they had.
class Again : public RouteWorld {
 public:
  Json done(std::string_view operation, const Json& request) {
    clock().advance(std::chrono::milliseconds(1));
    const Said said = run(as_operator(), operation, request);
    REQUIRE_MESSAGE(!said.error, operation << ": " << (said.error ? said.error->message : ""));
    return said.answer.is_object() && said.answer.contains("object") ? said.answer["object"] : said.answer;
  }
  std::string refused(std::string_view operation, const Json& request) {
    return run(as_operator(), operation, request).code();
  }
  int asked(const std::string& visitor, const std::string& path, const std::string& body = "") {
    const auto& all = http::all_routes();
    const auto method = body.empty() ? http::Method::get : http::Method::post;
    const auto route =
        std::ranges::find_if(all, [&](const http::Route& one) { return one.method == method && one.path == path; });
    REQUIRE_MESSAGE(route != all.end(), path);
    return send(request_of(visitor_named(visitor), *route, path, body, clock().now())).status;
  }
  int redeemed(const std::string& what) {
    return asked(own, "/oauth/access_token",
                 what + "=" + alpha.at(what == "code" ? "code" : "tool_refresh").front() +
                     "&grant_type=" + (what == "code" ? "authorization_code" : what));
  }
  std::size_t count(const std::string& from) { return column("SELECT 1 FROM " + from).size(); }

  const Things& alpha = route_plan().alpha;
  const std::string own = "an app by Basic with its own secret", third = "an app by Basic with a third party's secret",
                    of_org = "a token of the organization", of_owner = "a token of a person, owner",
                    profile = "a profile, owner", service = "a service account of " + own, browser = "a browser, owner";
};

}  // namespace

TEST_CASE("TN-03 an organization made again has nobody and nothing of the one before") {
  Again hub;
  REQUIRE(hub.asked(hub.profile, "/profiles") == 200);
  REQUIRE(hub.asked(hub.of_org, "/api/v1/organization") == 200);
  hub.done("org delete", {{"organization", "alpha"}, {"confirm", "alpha"}});
  const Json again = hub.done("org create", {{"name", "alpha"}});
  CHECK(again["slug"] == "alpha");
  CHECK(again["id"] != hub.alpha.at("org").at(1));
  CHECK(again["hash_id"] != hub.alpha.at("org").at(2));
  const std::string id = again["id"];
  for (const char* table : {"membership", "connection", "credential", "token", "private_app", "connection_request"}) {
    CAPTURE(table);
    if (hub.count("sqlite_master WHERE name = '" + std::string(table) + "'") == 0) continue;
    CHECK(hub.count(std::string(table) + " WHERE organization_id = '" + id + "'") == 0);
  }
  CHECK(hub.count("app WHERE owner_organization_id = '" + id + "'") == 0);
  for (const std::string& who :
       {hub.own, hub.third, hub.of_org, hub.profile, hub.service, std::string("a private token")}) {
    CAPTURE(who);
    CHECK(hub.asked(who, "/organizations") == 401);
  }
  CHECK(hub.asked(hub.of_org, "/api/v1/organization") >= 401);
  // Its people are still people, of nothing.
  CHECK(hub.asked(hub.browser, "/id") == 200);
  CHECK(hub.run(hub.as("owner@alpha.test"), "org show", {{"organization", "alpha"}}).code() == "not_found");
}

TEST_CASE("TN-03 a person made again is nobody's member and signed in nowhere") {
  Again hub;
  REQUIRE(hub.asked(hub.browser, "/id/account") == 200);
  REQUIRE(hub.asked(hub.of_owner, "/api/v1/person") == 200);
  hub.done("member update", {{"member", "admin@alpha.test"}, {"org", "alpha"}, {"add_role", {"owner"}}});
  const std::string old = hub.alpha.at("owner_person").front();
  hub.done("person delete", {{"person", "owner@alpha.test"}, {"confirm", "owner@alpha.test"}});
  const Json again = hub.done("person create", {{"email", "owner@alpha.test"}, {"verified", true}});
  CHECK(again["id"] != old);
  const std::string id = again["id"];
  for (const char* table : {"membership", "connection", "token", "session", "consent", "mail_link"}) {
    CAPTURE(table);
    CHECK(hub.count(std::string(table) + " WHERE person_id = '" + id + "'") == 0);
  }
  CHECK(hub.asked(hub.browser, "/id/account") == 302);
  CHECK(hub.asked(hub.of_owner, "/api/v1/person") >= 401);
  CHECK(hub.asked(hub.profile, "/profiles/me") == 401);
  CHECK(hub.run(hub.as("owner@alpha.test"), "org show", {{"organization", "alpha"}}).code() == "not_found");
}

TEST_CASE("TN-03 a member who comes back has the roles they are given and no token of before") {
  Again hub;
  const std::string admin = "a profile, admin";
  REQUIRE(hub.asked(admin, "/profiles") == 200);
  const std::string old = hub.alpha.at("admin_profile").front();
  hub.done("member remove", {{"member", "admin@alpha.test"}, {"org", "alpha"}});
  const Json again = hub.done("member add", {{"person", "admin@alpha.test"}, {"org", "alpha"}, {"role", {"member"}}});
  CHECK(again["id"] != old);
  CHECK(again["roles"] == Json::array({"member"}));
  CHECK(hub.asked(admin, "/profiles") == 401);
  CHECK(hub.count("nexus_token WHERE membership_id = '" + again["id"].get<std::string>() + "'") == 0);
  CHECK(hub.run(hub.as("admin@alpha.test"), "app create", {{"name", "fresh_app"}, {"owner", "alpha"}}).code() ==
        "role_required");
}

TEST_CASE("TN-03 a service account made again has no token of the one before") {
  Again hub;
  REQUIRE(hub.asked(hub.service, "/profiles") == 200);
  const std::string old = hub.alpha.at("service").front();
  hub.done("member remove", {{"member", old}, {"org", "alpha"}});
  const Json again = hub.done("member add-service", {{"name", "machine"}, {"org", "alpha"}, {"role", "member"}});
  CHECK(again["id"] != old);
  CHECK(hub.asked(hub.service, "/profiles") == 401);
}

TEST_CASE("TN-03 an app made again has no secret and no connection and no client id of the one before") {
  Again hub;
  REQUIRE(hub.asked(hub.own, "/profiles") == 200);
  hub.done("app delete", {{"app", "alpha_tool"}, {"confirm", "alpha_tool"}});
  const Json again = hub.done("app create", {{"name", "alpha_tool"}, {"owner", "beta"}});
  const std::string id = again["id"];
  CHECK(id != hub.alpha.at("tool").at(1));
  CHECK(again["client_id"] != hub.alpha.at("client").front());
  for (const char* table : {"connection", "credential", "token", "nexus_token", "consent", "authorization_code"}) {
    CAPTURE(table);
    CHECK(hub.count(std::string(table) + " WHERE app_id = '" + id + "'") == 0);
  }
  CHECK(hub.done("scope desired list", {{"app", "alpha_tool"}}).empty());
  for (const std::string& who : {hub.own, hub.profile, hub.service, hub.of_org}) {
    CAPTURE(who);
    CHECK(hub.asked(who, "/profiles") == 401);
  }
  CHECK(hub.asked(hub.of_owner, "/api/v1/person") >= 401);
}

TEST_CASE("TN-03 a name that others granted scopes of is nobody's again") {
  Again hub;
  hub.done("app delete", {{"app", "alpha_app"}, {"confirm", "alpha_app"}});
  CHECK(hub.refused("app create", {{"name", "alpha_app"}, {"owner", "alpha"}}) == "exists");
  CHECK(hub.refused("app create", {{"name", "alpha_app"}, {"owner", "beta"}}) == "exists");
}

TEST_CASE("TN-03 a connection made again has no token of the one before") {
  Again hub;
  REQUIRE(hub.asked(hub.of_org, "/api/v1/organization") == 200);
  const Json old = hub.done("connection show", {{"connection", "alpha_tool/org:alpha"}});
  hub.done("connection uninstall", {{"connection", "alpha_tool/org:alpha"}});
  const Json again = hub.done("connection install", {{"app", "alpha_tool"}, {"for", "org:alpha"}, {"desired", true}});
  CHECK(again["id"] != old["id"]);
  CHECK(hub.asked(hub.of_org, "/api/v1/organization") >= 401);
  CHECK(hub.redeemed("refresh_token") >= 400);
  CHECK(hub.redeemed("code") >= 400);
}

TEST_CASE("TN-03 an authorization granted again has another key and another id") {
  Again hub;
  REQUIRE(hub.asked(hub.third, "/profiles") == 200);
  hub.done("authorization revoke", {{"authorization", "gamma_tool/alpha"}});
  CHECK(hub.asked(hub.third, "/profiles") == 401);
  const Json again = hub.done("authorization grant", {{"app", "gamma_tool"}, {"by", "alpha"}});
  CHECK(again["id"] != hub.alpha.at("granted").front());
  CHECK(hub.asked(hub.third, "/profiles") == 401);
  CHECK(hub.asked("a service account of " + hub.third, "/profiles") == 401);
}

}  // namespace hub::testing
