#include <doctest/doctest.h>

#include "support/nexus_hub.h"

// Who may do what on the Nexus resources (nexus211.md sections 2, 3 and 4), and that nobody sees another organization.
namespace hub::testing {
namespace {

const Json a_name = {{"name", "Renamed"}};
const Json no_body = nullptr;

// A way in that has every right but the one that is asked about.
struct Doors {
  explicit Doors(NexusHub& hub)
      : own(hub.tool()), owner(hub.owner()), admin(hub.admin()), member(hub.member_token()), contact(hub.contact()) {
    hub.desire("shop", {"shop.items.r", "nexus211.application.rw", "nexus211.organization.rw", "nexus211.profile.rw"});
    hub.organization("county");
    hub.grant("shop", "county");
    third = hub.key_of("shop", "county");
  }
  std::string own, third, owner, admin, member, contact;
};

struct Gate {
  Method method;
  const char* target;
  Json body;
  // Of the own secret, a third party's, and of profiles that are owner, admin, member and contact.
  std::array<const char*, 6> told;
};

constexpr const char* kind = "403 principal_not_allowed";
constexpr const char* role = "403 role_required";

std::vector<Gate> gates(NexusHub& hub) {
  const std::string nobody = "/profiles/000000000000", no_app = "/applications/000000000000",
                    none = "/authorized-applications/000000000000";
  static std::vector<std::string> targets;
  targets = {nobody,
             no_app,
             no_app + "/rotate-secret",
             none,
             none + "/approve",
             none + "/rotate",
             "/organizations/" + hub.org_hash("acme")};
  const auto at = [&](std::size_t i) { return targets[i].c_str(); };
  const char *ok = "200", *gone = "404 not_found", *bad = "400 invalid_request", *lost = "404 unknown_application";
  const Json application = {{"application", "00000000-0000-4000-8000-000000000000"}};
  return {
      {Method::get, "/keys", no_body, {ok, ok, kind, kind, kind, kind}},
      {Method::get, "/key", no_body, {ok, ok, kind, kind, kind, kind}},
      {Method::post, "/keys/000000000000/rotate", no_body, {gone, kind, kind, kind, kind, kind}},
      {Method::get, "/organizations", no_body, {ok, ok, ok, ok, ok, role}},
      {Method::get, "/organization", no_body, {ok, ok, ok, ok, ok, role}},
      {Method::get, at(6), no_body, {ok, gone, ok, ok, ok, role}},
      {Method::post, "/organizations", Json::object(), {kind, kind, bad, bad, bad, role}},
      {Method::patch, at(6), {{"name", 5}}, {bad, bad, bad, bad, role, role}},
      {Method::delete_, "/organizations/000000000000", no_body, {kind, kind, gone, role, role, role}},
      {Method::get, "/profiles", no_body, {ok, ok, ok, ok, ok, ok}},
      {Method::get, at(0), no_body, {gone, gone, gone, gone, gone, gone}},
      {Method::get, "/profiles/me", no_body, {kind, kind, ok, ok, ok, ok}},
      {Method::get, "/profile/me", no_body, {kind, kind, ok, ok, ok, ok}},
      {Method::post, "/profiles", {{"email", 1}}, {bad, bad, bad, bad, bad, role}},
      {Method::post, "/profiles", {{"serviceAccount", true}, {"roles", {"owner"}}}, {kind, kind, bad, bad, role, role}},
      {Method::post, "/profiles", {{"roles", {"member"}}}, {role, role, bad, bad, role, role}},
      {Method::patch, at(0), a_name, {gone, gone, gone, gone, gone, gone}},
      {Method::delete_, at(0), no_body, {gone, gone, gone, gone, gone, gone}},
      {Method::get, "/applications", no_body, {ok, kind, ok, ok, ok, role}},
      {Method::get, at(1), no_body, {gone, kind, gone, gone, gone, role}},
      {Method::post, "/applications", Json::object(), {kind, kind, bad, bad, role, role}},
      {Method::patch, at(1), a_name, {kind, kind, gone, gone, role, role}},
      {Method::post, at(2), no_body, {kind, kind, gone, gone, role, role}},
      {Method::delete_, at(1), no_body, {kind, kind, gone, gone, role, role}},
      {Method::get, "/authorized-applications", no_body, {kind, kind, ok, ok, role, role}},
      {Method::post, "/authorized-applications", application, {kind, kind, lost, lost, role, role}},
      {Method::post, at(4), no_body, {kind, kind, gone, gone, role, role}},
      {Method::post, at(5), no_body, {kind, kind, gone, gone, role, role}},
      {Method::delete_, at(3), no_body, {kind, kind, gone, gone, role, role}},
  };
}

TEST_CASE("nexus gates: kind of principal and role decide as the tables say") {
  NexusHub hub;
  const Doors doors(hub);
  const std::array<const std::string*, 6> callers{&doors.own,   &doors.third,  &doors.owner,
                                                  &doors.admin, &doors.member, &doors.contact};
  for (const Gate& gate : gates(hub)) {
    for (std::size_t i = 0; i < callers.size(); ++i) {
      CAPTURE(http::name(gate.method));
      CAPTURE(gate.target);
      CAPTURE(i);
      CHECK(hub.told(ask(gate.method, gate.target, *callers[i], gate.body)) == gate.told[i]);
    }
  }
}

TEST_CASE("nexus gates: every call but the keys and the own profile needs its scope") {
  NexusHub hub;
  const std::string own = hub.tool(), profile = hub.owner();
  hub.desire("tool", {});
  CHECK(hub.told(get("/keys", own)) == "200");
  CHECK(hub.told(get("/profiles/me", profile)) == "200");
  for (const char* target : {"/organizations", "/profiles", "/applications"}) {
    CHECK(hub.told(get(target, own)) == "403 insufficient_scope");
    CHECK(hub.told(get(target, profile)) == "403 insufficient_scope");
  }
  const Answer refused = hub.send(get("/profiles", own));
  CHECK(refused.json()["details"] == Json({{"required", "profile.r"}}));
  hub.desire("tool", {"nexus211.profile.r", "nexus211.organization.w"});
  CHECK(hub.told(get("/profiles", own)) == "200");
  CHECK(hub.told(get("/organizations", own)) == "403 insufficient_scope");
  CHECK(hub.told(ask(Method::post, "/profiles", own, Json::object())) == "403 insufficient_scope");
}

TEST_CASE("nexus gates: whoever does not prove who they are gets both challenges") {
  NexusHub hub;
  const std::string random = "Bearer 0123456789012345678901234567890123456789012";
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "401 unauthenticated"},
      {"Digest x", "401 unauthenticated"},
      {"Basic !!!", "401 invalid_client"},
      {basic_header(hub.tool_id(), "wrong"), "401 invalid_client"},
      {basic_header("unknown", hub.tool_secret()), "401 invalid_client"},
      {basic_header(hub.client_id(), hub.tool_secret()), "401 invalid_client"},
      {basic_header(hub.public_id(), ""), "401 invalid_client"},
      {random, "401 invalid_token"},
      {"Bearer a.b.c", "401 invalid_token"},
  };
  for (const auto& [authorization, told] : table) {
    CAPTURE(authorization);
    CHECK(hub.told(get("/profiles", authorization)) == told);
    const Answer answer = hub.send(get("/keys", authorization));
    const auto challenges =
        std::ranges::count_if(answer.headers, [](const http::Header& one) { return one.name == "WWW-Authenticate"; });
    CHECK(challenges == 2);
  }
  Ask twice = get("/profiles", hub.tool());
  twice.headers.push_back(twice.headers.front());
  CHECK(hub.told(twice) == "400 invalid_request");
  CHECK(hub.told(ask(Method::put, "/profiles", hub.tool())) == "405 method_not_allowed");
  CHECK(hub.told(get("/nothing", hub.tool())) == "404 not_found");
  CHECK(hub.told({.target = "/profiles",
                  .body = "<x/>",
                  .headers = {{"authorization", hub.tool()}, {"content-type", "text/xml"}}}) ==
        "415 unsupported_media_type");
  CHECK(hub.told({.target = "/profiles", .body = "[]", .headers = {{"authorization", hub.tool()}}}) ==
        "400 invalid_request");
}

TEST_CASE("nexus gates: an id of another organization is answered like one that was never given out") {
  NexusHub hub;
  const std::string vendor_admin = hub.membership("admin@vendor.test", "vendor").id;
  const core::AppAnswer shop = hub.shown("shop");
  const std::string vendor = hub.org_id("vendor"), vendor_hash = hub.org_hash("vendor");
  hub.organization("county");
  const core::AuthorizationAnswer foreign = hub.grant("shop", "county");
  const std::string never = "0192f0c0-0000-7000-8000-00000000dead", never_hash = "Zz0Zz0Zz0Zz0";
  struct Place {
    Method method;
    const char* before;
    const char* after;
    Texts ids;
  };
  const std::vector<Place> places{
      {Method::get, "/organizations/", "", {vendor, vendor_hash}},
      {Method::patch, "/organizations/", "", {vendor, vendor_hash}},
      {Method::delete_, "/organizations/", "", {vendor, vendor_hash}},
      {Method::get, "/profiles/", "", {vendor_admin}},
      {Method::patch, "/profiles/", "", {vendor_admin}},
      {Method::delete_, "/profiles/", "", {vendor_admin}},
      {Method::get, "/applications/", "", {shop.id, shop.hash_id, shop.client_id, shop.name}},
      {Method::patch, "/applications/", "", {shop.id, shop.hash_id, shop.client_id}},
      {Method::post, "/applications/", "/rotate-secret", {shop.id, shop.hash_id, shop.client_id}},
      {Method::delete_, "/applications/", "", {shop.id, shop.hash_id, shop.client_id}},
      {Method::post, "/authorized-applications/", "/approve", {foreign.id, foreign.hash_id}},
      {Method::post, "/authorized-applications/", "/rotate", {foreign.id, foreign.hash_id}},
      {Method::delete_, "/authorized-applications/", "", {foreign.id, foreign.hash_id}},
      {Method::get, "/profiles?organization=", "", {vendor, vendor_hash}},
      {Method::get, "/profiles?id=", "", {vendor_admin}},
      {Method::get, "/applications?id=", "", {shop.id, shop.hash_id}},
      {Method::get, "/applications?clientId=", "", {shop.client_id}},
  };
  const Json body = {{"name", "Mine"}, {"firstName", "Mine"}};
  for (const Place& place : places) {
    const bool writes = place.method == Method::patch || place.method == Method::post;
    for (const std::string& id : place.ids) {
      CAPTURE(place.before);
      CAPTURE(id);
      const auto asked = [&](const std::string& which) {
        return hub.send(ask(place.method, place.before + which + place.after, hub.owner(), writes ? body : no_body));
      };
      const Answer there = asked(id), nowhere = asked(Uuid::parse(id) ? never : never_hash);
      CHECK(there.status == nowhere.status);
      CHECK(there.body == nowhere.body);
    }
  }
  CHECK(hub.membership("admin@vendor.test", "vendor").roles == Texts{"admin"});
  CHECK(hub.shown("shop").title == "shop");
}

TEST_CASE("nexus gates: the key of one organization reads that organization only") {
  NexusHub hub;
  Doors doors(hub);
  CHECK(hub.column("/organizations", doors.third, "name") == Texts{"county"});
  CHECK(hub.column("/organizations", hub.basic(), "name") == Texts{"vendor"});
  CHECK(hub.json_of(get("/profiles", doors.third)).empty());
  CHECK(hub.column("/profiles", hub.basic(), "email").size() == 3);
}

}  // namespace
}  // namespace hub::testing
