#include <doctest/doctest.h>

#include <algorithm>
#include <optional>

#include "route_try.h"

// What a body says beside what its route declares changes nothing, and nobody sets what is not theirs to set (claim
// TN-04): every route that takes a body, with members that the entity has and that are read-only.
namespace hub::testing {
namespace {

struct Extra {
  std::string_view name;
  std::string_view value;  // JSON, "<org>" being beta's
};
constexpr Extra extras[] = {
    {"id", R"("<org>")"},
    {"hash_id", R"("<org>")"},
    {"organization", R"("<org>")"},
    {"organization_id", R"("<org>")"},
    {"organizationId", R"("<org>")"},
    {"owner", R"("<org>")"},
    {"owner_organization_id", R"("<org>")"},
    {"user", R"("<person>")"},
    {"person", R"("<person>")"},
    {"person_id", R"("<person>")"},
    {"granted_by", R"("<person>")"},
    {"roles", R"(["owner","admin"])"},
    {"role", R"("owner")"},
    {"is_admin", "true"},
    {"serviceAccount", "true"},
    {"kind", R"("private")"},
    {"state", R"("active")"},
    {"status", R"("active")"},
    {"tenancy", R"("multi")"},
    {"slug", R"("beta")"},
    {"emailVerifiedAt", R"("2026-01-01T00:00:00.000Z")"},
    {"email_verified_at", R"("2026-01-01T00:00:00.000Z")"},
    {"email_confirmed", "true"},
    {"verified", "true"},
    {"joinedAt", R"("2026-01-01T00:00:00.000Z")"},
    {"joined_at", R"("2026-01-01T00:00:00.000Z")"},
    {"invitedAt", R"("2026-01-01T00:00:00.000Z")"},
    {"createdAt", R"("2026-01-01T00:00:00.000Z")"},
    {"created_at", R"("2026-01-01T00:00:00.000Z")"},
    {"updatedAt", R"("2026-01-01T00:00:00.000Z")"},
    {"version", "99"},
    {"password_hash", R"("x")"},
    {"passwordHash", R"("x")"},
    {"secret", R"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")"},
    {"secret_hash", R"("x")"},
    {"client_id", R"("<client>")"},
    {"clientId", R"("<client>")"},
    {"clientSecret", R"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")"},
    {"secretRotatedAt", R"("2026-01-01T00:00:00.000Z")"},
    {"grantedScopes", R"(["profile.rw"])"},
    {"granted_scopes", R"(["zaikio.organization.r"])"},
    {"granted_oauth_scopes", R"(["zaikio.organization.r"])"},
    {"pendingScopes", "[]"},
    {"test_account_owner_id", R"("<org>")"},
};

// What a route declares, and so may change something.
constexpr Reasoned declared[] = {
    {"PATCH /profiles/{id}", "roles", "an admin gives roles (nexus211.md section 4.7)"},
    {"POST /profiles", "serviceAccount", "an admin makes service accounts (nexus211.md section 4.7)"},
};
bool is_declared(const http::Route& route, std::string_view name) { return has_reason(declared, route, name); }

// The object of the body that holds the attributes: the hub dialect wraps them.
Json& attributes_of(Json& body) {
  if (body.size() == 1 && body.begin()->is_object()) return *body.begin();
  return body;
}

struct Working {
  Try one;
  const Visitor* visitor = nullptr;
  Names names;
  Told told;
};
// The first who can do it, and how.
std::optional<Working> working(RouteSweep& sweep, const Try& one) {
  for (std::size_t way = 0; way < ways_to_name; ++way) {
    const Names names = spelled(route_plan().alpha, way);
    for (const Visitor& visitor : route_plan().visitors) {
      Told told = sweep.told(one, visitor, names);
      if (told.done) return Working{one, &visitor, names, std::move(told)};
    }
  }
  return std::nullopt;
}

Json extra_value(const Extra& extra) {
  std::string text(extra.value);
  for (const std::string name : {"org", "person", "client"}) {
    const std::size_t at = text.find("<" + name + ">");
    if (at != std::string::npos)
      text.replace(at, name.size() + 2, route_plan().beta.at(name).at(name == "org" ? 1 : 0));
  }
  return *parse_json(text);
}

// Nothing but the trail of a refusal.
bool is_trail_only(const std::string& changes) {
  return changes.empty() || (changes.starts_with("+ audit: ") && changes.find("\n", 0) == changes.size() - 1);
}

void check_without_effect(RouteSweep& sweep, const Working& working, const http::Request& request) {
  const Told told = sweep.told(request);
  if (told.status >= 400) {
    CHECK(is_trail_only(told.changes));
  } else {
    CHECK(told.words == working.told.words);
    CHECK(told.changes == working.told.changes);
  }
}

void check_json(RouteSweep& sweep, const Working& working, const http::Request& request, const Json& body) {
  for (const Extra& extra : extras) {
    Json more = body;
    Json& attributes = attributes_of(more);
    if (attributes.contains(std::string(extra.name)) || is_declared(*working.one.route, extra.name)) continue;
    attributes[std::string(extra.name)] = extra_value(extra);
    CAPTURE(extra.name);
    http::Request with = request;
    with.body = to_line(more);
    check_without_effect(sweep, working, with);
  }
}

void check_form(RouteSweep& sweep, const Working& working, const http::Request& request) {
  const std::string around = "&" + request.body;
  for (const Extra& extra : extras) {
    const std::string name(extra.name);
    if (around.find("&" + name + "=") != std::string::npos || is_declared(*working.one.route, name)) continue;
    if (name == "client_id" && request.header("authorization") != nullptr) continue;  // says who asks
    CAPTURE(extra.name);
    const Json value = extra_value(extra);
    http::Request with = request;
    with.body += "&" + name + "=" + (value.is_string() ? value.get<std::string>() : "true");
    check_without_effect(sweep, working, with);
  }
}

}  // namespace

TEST_CASE("TN-04 read-only and unknown members of a body have no effect") {
  RouteSweep sweep;
  int bodies = 0;
  for (const http::Route& route : http::all_routes()) {
    if (route.operation != nullptr || is_alias(route)) continue;  // of operations the sweep over requests knows more
    const std::string name = route_name(route);
    CAPTURE(name);
    for (const Try& one : tries_of(route)) {
      if (one.sample.rest.empty() || one.sample.rest.starts_with('?') || one.sample.costly) continue;
      CAPTURE(one.sample.rest);
      const std::optional<Working> found = working(sweep, one);
      if (!found) continue;
      const http::Request request = request_of(one, *found->visitor, found->names, sweep.world().clock().now());
      ++bodies;
      const Result<Json> body = parse_json(request.body);
      if (body && body->is_object()) {
        check_json(sweep, *found, request, *body);
      } else {
        check_form(sweep, *found, request);
      }
    }
  }
  CHECK(bodies > 25);
}

}  // namespace hub::testing
