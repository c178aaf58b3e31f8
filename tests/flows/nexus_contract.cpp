#include <doctest/doctest.h>

#include "support/lifecycle_hub.h"

// Small print of nexus211.md sections 3.4, 4 and 5: the order of checks, what null means in a change, when a key was
// last used, and how much work one list can ask for.
namespace hub::testing {
namespace {

TEST_CASE("nexus gates: a service account makes no organization whatever else is wrong") {
  LifecycleHub hub;
  const std::string robot = hub.service_token_of("acme");
  CHECK(hub.told(ask(Method::post, "/organizations", robot, Json::object())) == "403 principal_not_allowed");
  hub.desire("tool", {"nexus211.organization.rw"});
  CHECK(hub.told(ask(Method::post, "/organizations", robot, Json::object())) == "403 principal_not_allowed");
  CHECK(hub.told(ask(Method::post, "/organizations", robot, {{"name", "Made by a robot"}})) ==
        "403 principal_not_allowed");
  CHECK(hub.told(ask(Method::post, "/organizations", hub.acme_admin(), Json::object())) == "400 invalid_request");
}

TEST_CASE("nexus changes: null takes away what may be absent and is refused for what may not") {
  LifecycleHub hub;
  const std::string tool = "/applications/" + hub.tool_id(), acme = "/organizations/" + hub.org_hash("acme");
  const Json contact = hub.json_of(ask(Method::post, "/profiles", hub.acme_admin(),
                                       {{"email", "kim@public.test"}, {"firstName", "Kim"}, {"metadata", {{"a", 1}}}}));
  const std::string kim = "/profiles/" + contact["id"].get<std::string>();
  const auto patched = [&](const std::string& target, const Json& body) {
    return hub.told(ask(Method::patch, target, hub.acme_admin(), body));
  };
  for (const char* name : {"name", "scopes"}) CHECK(patched(tool, {{name, nullptr}}) == "400 invalid_request");
  CHECK(patched(acme, {{"name", nullptr}}) == "400 invalid_request");
  CHECK(patched(kim, {{"roles", nullptr}}) == "400 invalid_request");
  CHECK(patched(acme, {{"metadata", nullptr}}) == "200");
  CHECK(patched(tool, {{"description", "Reads."}}) == "200");
  CHECK(patched(tool, {{"description", nullptr}}) == "200");
  CHECK(hub.json_of(get(tool, hub.acme_admin()))["description"].is_null());
  const Json emptied = hub.json_of(
      ask(Method::patch, kim, hub.acme_admin(), {{"email", nullptr}, {"firstName", nullptr}, {"metadata", nullptr}}));
  CHECK(emptied["email"].is_null());
  CHECK(emptied["firstName"].is_null());
  CHECK(emptied["metadata"] == Json::object());
}

TEST_CASE("nexus changes: a sign-in setup keeps the redirects that a change does not name") {
  LifecycleHub hub;
  const Json changed = hub.json_of(
      ask(Method::patch, "/applications/" + hub.tool_id(), hub.acme_admin(), {{"oauth", {{"audience", "own"}}}}));
  CHECK(changed["oauth"]["redirects"] == Json::array({OauthHub::redirect}));
  CHECK(changed["oauth"]["audience"] == "own");
  CHECK(hub.told(ask(Method::patch, "/applications/" + hub.tool_id(), hub.acme_admin(),
                     {{"oauth", {{"redirects", Json::array()}}}})) == "400 invalid_request");
}

TEST_CASE("nexus changes: another title leaves the codes of an application with an audience alone") {
  LifecycleHub hub;
  const std::string tool = "/applications/" + hub.tool_id();
  hub.json_of(ask(Method::patch, tool, hub.acme_admin(), {{"oauth", {{"audience", "own"}}}}));
  hub.json_of(ask(Method::patch, tool, hub.acme_admin(), {{"name", "Renamed"}}));
  CHECK(hub.seen(0).at("code of acme") == "good");
}

TEST_CASE("nexus rotation: the overlap is a number of seconds and 30 days at most") {
  LifecycleHub hub;
  const std::string key = "/keys/" + hub.key_id("county") + "/rotate",
                    authorization = "/authorized-applications/" + hub.authorization("county") + "/rotate",
                    own = "/applications/" + hub.tool_id() + "/rotate-secret";
  for (const Json& wrong : {Json("1h"), Json(-1), Json(1.5), Json(true), Json(31 * 24 * 3600), Json(1e18)}) {
    CAPTURE(to_line(wrong));
    const Json body{{"overlap", wrong}};
    CHECK(hub.told(ask(Method::post, key, hub.tool(), body)) == "400 invalid_request");
    CHECK(hub.told(ask(Method::post, authorization, hub.at_county(), body)) == "400 invalid_request");
    CHECK(hub.told(ask(Method::post, own, hub.acme_admin(), body)) == "400 invalid_request");
  }
  CHECK(hub.told(get("/keys", hub.key("county"))) == "200");
  CHECK(hub.told(ask(Method::post, key, hub.tool(), {{"overlap", nullptr}})) == "200");
  CHECK(hub.told(get("/keys", hub.key("county"))) == "401 invalid_client");
}

TEST_CASE("nexus rotation: the end of an authorization ends the secret of before with it") {
  LifecycleHub hub;
  const std::string id = hub.authorization("county");
  hub.json_of(ask(Method::post, "/keys/" + hub.key_id("county") + "/rotate", hub.tool(), {{"overlap", 3600}}));
  CHECK(hub.told(get("/keys", hub.key("county"))) == "200");
  CHECK(hub.told(ask(Method::delete_, "/authorized-applications/" + id, hub.at_county())) == "204");
  CHECK(hub.told(get("/keys", hub.key("county"))) == "401 invalid_client");
}

TEST_CASE("nexus authorizations: the last use of a key shows at once and outlives its rotation") {
  LifecycleHub hub;
  const auto last_used = [&](const std::string& by) {
    const Json rows = hub.json_of(get("/authorized-applications?application=" + hub.tool_id(), by));
    REQUIRE(rows.size() == 1);
    return rows[0]["lastUsedAt"].is_null() ? "never" : rows[0]["lastUsedAt"].get<std::string>();
  };
  const std::string borough = hub.console("admin@borough.test", "borough");
  CHECK(last_used(borough) == "never");
  hub.json_of(get("/keys", hub.tool()));
  CHECK(last_used(borough) == "never");
  hub.clock().advance(hour);
  const std::string first = to_rfc3339_ms(hub.clock().now());
  CHECK(hub.told(get("/profiles", hub.key("borough"))) == "403 insufficient_scope");
  CHECK(last_used(borough) == first);
  // Uses that follow each other closely are written down once.
  hub.clock().advance(Seconds(30));
  hub.json_of(get("/keys", hub.key("borough")));
  CHECK(last_used(borough) == first);
  hub.clock().advance(Seconds(30));
  hub.json_of(get("/keys", hub.key("borough")));
  const std::string second = to_rfc3339_ms(hub.clock().now());
  CHECK(last_used(borough) == second);
  const std::string rotate = "/authorized-applications/" + hub.authorization("borough") + "/rotate";
  hub.clock().advance(hour);
  CHECK(hub.told(ask(Method::post, rotate, borough, {{"overlap", 3600}})) == "204");
  CHECK(last_used(borough) == second);
  hub.clock().advance(minute);
  hub.json_of(get("/keys", hub.key("borough")));
  CHECK(last_used(borough) == to_rfc3339_ms(hub.clock().now()));
  CHECK(hub.told(ask(Method::post, rotate, borough)) == "204");
  CHECK(last_used(borough) == to_rfc3339_ms(hub.clock().now()));
}

TEST_CASE("nexus authorizations: what an organization installed of its own is no part of the history") {
  LifecycleHub hub;
  hub.app("inhouse", "county");
  hub.install("inhouse", "org:county", {});
  must(hub.run(hub.as_operator(), &core::delete_app, {.app = "inhouse", .confirm = "inhouse"}));
  CHECK(hub.json_of(get("/authorized-applications?status=ended", hub.at_county())).empty());
}

TEST_CASE("nexus authorizations: the history keeps those of an application that is gone") {
  LifecycleHub hub;
  const std::string id = hub.authorization("county");
  must(hub.run(hub.as_operator(), &core::delete_app, {.app = "tool", .confirm = "tool"}));
  const auto rows = must(hub.list(hub.as_operator(), &core::list_authorizations, {.by = "county", .ended = true}));
  REQUIRE(rows.size() == 1);
  CHECK(rows.front().ended_reason == "application_deleted");
  CHECK(must(hub.run(hub.as_operator(), &core::show_authorization, {id})).state == "ended");
  CHECK(code_of(hub.run(hub.as_operator(), &core::approve_authorization, {id})) == "not_found");
}

TEST_CASE("nexus lists: one request asks for a bounded amount of work") {
  NexusHub hub;
  const auto repeated = [](const std::string& part, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += part;
    return out;
  };
  const auto told = [&](const std::string& query) { return hub.told(get("/profiles?" + query, hub.tool())); };
  CHECK(told("email:in=a" + repeated("%7Ca", 999)) == "200");
  CHECK(told("email:in=a" + repeated("%7Ca", 1000)) == "400 invalid_query");
  CHECK(told("email:notin=a" + repeated("|a", 1000)) == "400 invalid_query");
  CHECK(told("email:ne=a" + repeated("&email:ne=a", 99)) == "200");
  CHECK(told("email:ne=a" + repeated("&email:ne=a", 100)) == "400 invalid_query");
  CHECK(told("email:ne=a" + repeated("&nothing=a", 500)) == "200");
  CHECK(told("$order=email" + repeated(",email", 25)) == "400 invalid_query");
  CHECK(told("email:like=" + std::string(257, 'a')) == "400 invalid_query");
  CHECK(told("firstName:concatlike=" + std::string(257, 'a')) == "400 invalid_query");
  // What is searched for has no wildcards.
  CHECK(told("firstName:concatlike=" + repeated("_%25", 20)) == "200");
}

TEST_CASE("nexus lists: dates are any of ISO 8601 and UTC where no zone is given") {
  NexusHub hub;
  const std::string made = hub.json_of(get("/profiles?email=owner@acme.test", hub.tool()))[0]["createdAt"];
  const auto found = [&](const std::string& filter) {
    return hub.json_of(get("/profiles?email=owner@acme.test&createdAt" + filter, hub.tool())).size() == 1;
  };
  CHECK(found("=" + made));
  CHECK(found("=" + made.substr(0, made.size() - 1)));
  CHECK(found("=" + made.substr(0, made.size() - 1) + "%2B00:00"));
  CHECK(found("=" + made.substr(0, made.size() - 1) + "-0000"));
  CHECK(found(":gt=1900-01-01"));
  CHECK(!found(":lt=1969-12-31T23:59"));
  for (const char* form : {"2020-01-01", "20200101", "2020-01-01T10:30", "2020-01-01T10:30:15", "20200101T103015Z",
                           "2020-01-01T10:30:15.5", "2020-01-01T10:30:15%2B02", "2020-01-01T10:30-0230"}) {
    CAPTURE(std::string(form));
    CHECK(found(std::string(":gt=") + form));
    CHECK(!found(std::string(":lt=") + form));
  }
  for (const char* bad :
       {"2020", "2020-1-1", "2020-13-01", "2020-01-01T10", "2020-01-01T", "2020-01-01T10:", "2020-01-01x",
        "2020-01-01T25:00", "2020-01-01T10:30%2B", "2020-01-01%2010:30", "2020-01-01T10:30:15.", "yesterday"}) {
    CAPTURE(std::string(bad));
    CHECK(hub.told(get(std::string("/profiles?createdAt:gt=") + bad, hub.tool())) == "400 invalid_query");
  }
}

TEST_CASE("nexus lists: arrays are asked for what they hold") {
  LifecycleHub hub;
  const auto names = [&](const std::string& query) {
    std::string out;
    for (const Json& row : hub.json_of(get("/applications?" + query, hub.acme_admin()))) {
      out += (out.empty() ? "" : " ") + row["name"].get<std::string>();
    }
    return out;
  };
  hub.app("quiet", "acme");
  CHECK(names("scopes=organization.r") == "tool");
  CHECK(names("scopes:ne=organization.r") == "quiet");
  CHECK(names("scopes:in=profile.r%7Corganization.r") == "tool");
  CHECK(names("scopes:notin=profile.r%7Corganization.r") == "quiet");
  for (const char* modifier : {"gt", "gte", "lt", "lte", "bt", "like", "notlike"}) {
    CHECK(hub.told(get(std::string("/applications?scopes:") + modifier + "=a,b", hub.acme_admin())) ==
          "400 invalid_query");
  }
  const auto of_county = [&](const std::string& query) {
    return hub.json_of(get("/authorized-applications?" + query, hub.at_county())).size();
  };
  CHECK(of_county("grantedScopes=organization.r") == 1);
  CHECK(of_county("grantedScopes=profile.r") == 0);
  hub.desire("tool", {"nexus211.organization.r", "nexus211.profile.r"});
  CHECK(of_county("pendingScopes=profile.r") == 1);
}

}  // namespace
}  // namespace hub::testing
