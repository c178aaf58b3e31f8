#include "hub/operations/rest.h"

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/operations/command.h"

using namespace hub;
using namespace hub::operations;

namespace {

const RestRoute& route_of(std::string_view name) {
  for (const RestRoute& route : rest_routes()) {
    if (route.operation->info.name == name) return route;
  }
  FAIL("no route of " << name);
  return rest_routes().front();
}

std::string shown(std::string_view name) {
  const RestRoute& route = route_of(name);
  return std::string(route.method) + " " + route.path;
}

struct Read {
  Json fields;
  RestRequest request{nullptr};
  std::string error;
  std::string field;
};

Read read(std::string_view name, const RestParts& parts) {
  Read out;
  const Result<RestRequest> request = read_rest(route_of(name), parts, out.fields);
  if (request) {
    out.request = *request;
  } else {
    out.error = request.error().code.name;
    out.field = request.error().field;
  }
  return out;
}

// In another order they are the same.
std::map<std::string, Json> by_name(const Json& fields) {
  std::map<std::string, Json> out;
  for (const auto& [name, value] : fields.items()) out[name] = value;
  return out;
}

// What the server reads out of what the client wrote.
Read sent(const RestRoute& route, const RestMessage& message) {
  const std::size_t mark = message.target.find('?');
  const std::vector<std::string> segments = *parse_path(message.target.substr(0, mark));
  const std::vector<std::string_view> pattern = split(std::string_view(route.path).substr(1), '/');
  REQUIRE(segments.size() == pattern.size());
  RestParts parts;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i].starts_with('{')) {
      parts.placed.push_back(segments[i]);
    } else {
      CHECK(segments[i] == pattern[i]);
    }
  }
  if (mark != std::string::npos) parts.query = std::string_view(message.target).substr(mark + 1);
  parts.body = message.body;
  return read(route.operation->info.name, parts);
}

}  // namespace

TEST_CASE("rest: method and path follow from the name and the arguments") {
  CHECK(shown("status") == "GET /admin/v1/status");
  CHECK(shown("org list") == "GET /admin/v1/orgs");
  CHECK(shown("org show") == "GET /admin/v1/orgs/{organization}");
  CHECK(shown("org create") == "POST /admin/v1/orgs");
  CHECK(shown("org update") == "PATCH /admin/v1/orgs/{organization}");
  CHECK(shown("org delete") == "DELETE /admin/v1/orgs/{organization}");
  CHECK(shown("person set-password") == "POST /admin/v1/people/{person}/set-password");
  CHECK(shown("member add") == "POST /admin/v1/members");
  CHECK(shown("member invite") == "POST /admin/v1/members/invite");
  CHECK(shown("member remove") == "DELETE /admin/v1/members/{member}");
  CHECK(shown("role decode") == "GET /admin/v1/roles/decode");
  CHECK(shown("credential create") == "POST /admin/v1/credentials");
  CHECK(shown("credential verify") == "POST /admin/v1/credentials/verify");
  CHECK(shown("scope provide") == "POST /admin/v1/scopes/{app}/{name}/provide");
  CHECK(shown("scope update") == "PATCH /admin/v1/scopes/{app}/{name}");
  CHECK(shown("scope explain") == "GET /admin/v1/scopes/explain");
  CHECK(shown("scope desired list") == "GET /admin/v1/scopes/desired/{app}");
  CHECK(shown("scope desired add") == "POST /admin/v1/scopes/desired/{app}/add");
  CHECK(shown("scope desired remove") == "POST /admin/v1/scopes/desired/{app}/remove");
  CHECK(shown("connection install") == "POST /admin/v1/connections/install");
  CHECK(shown("authorization keys list") == "GET /admin/v1/authorizations/keys");
  CHECK(shown("authorization keys rotate") == "POST /admin/v1/authorizations/keys/{key}/rotate");
  CHECK(shown("token revoke") == "POST /admin/v1/tokens/revoke");
  CHECK(shown("token revoked") == "GET /admin/v1/tokens/revoked");
  CHECK(shown("key rotate") == "POST /admin/v1/keys/rotate");
  CHECK(shown("key revoke") == "POST /admin/v1/keys/{kid}/revoke");
}

TEST_CASE("rest: no two operations share a method and a path and only reading ones are GET") {
  std::set<std::pair<std::string_view, std::string>> seen;
  for (const RestRoute& route : rest_routes()) {
    CAPTURE(route.operation->info.name);
    std::string pattern;
    for (const std::string_view segment : split(route.path, '/')) {
      pattern += "/" + std::string(segment.starts_with('{') ? std::string_view("{}") : segment);
    }
    CHECK(seen.insert({route.method, pattern}).second);
    CHECK((route.method == "GET") <= (route.operation->effect != Effect::change));
    for (const std::string_view name : route.placed) CHECK(find_field(route.operation->request, name) != nullptr);
    for (const FieldInfo& field : route.operation->request) {
      if (field.kind == ValueKind::secret) CHECK_MESSAGE(route.has_body, field.name);
      CHECK(find_field(route.parameters, field.name) == nullptr);
    }
  }
}

TEST_CASE("rest: fields come from the path and the query or the body") {
  const Read shown_org = read("org show", {.placed = {"acme"}, .query = ""});
  CHECK(shown_org.fields == Json{{"organization", "acme"}});
  CHECK(read("org show", {.placed = {"-"}, .query = "organization=a%2Fb"}).fields == Json{{"organization", "a/b"}});

  const Read tokens = read("token list", {.query = "app=billing&active=true&issued_after=2026-11-22T09:30:00Z"});
  CHECK(tokens.fields == Json{{"app", "billing"}, {"active", true}, {"issued_after", "2026-11-22T09:30:00Z"}});
  CHECK(read("role decode", {.query = "value=3"}).fields == Json{{"value", 3}});
  CHECK(read("role encode", {.query = "roles=owner&roles=admin"}).fields == Json{{"roles", {"owner", "admin"}}});

  const Read updated = read("org update", {.placed = {"acme"}, .query = "", .body = R"({"name":"Acme Ltd"})"});
  CHECK(updated.fields == Json{{"name", "Acme Ltd"}, {"organization", "acme"}});
  CHECK(read("org update", {.placed = {"acme"}, .query = "name"}).fields ==
        Json{{"organization", "acme"}, {"name", nullptr}});
}

TEST_CASE("rest: what accompanies a request stands in the query") {
  const Read all = read("org delete", {.placed = {"acme"},
                                       .query = "confirm=acme&ensure=true&dry_run=true&confirmed=false&reason=it+left"
                                                "&actor=person%3Ajane%40acme.test&if_version=4"});
  REQUIRE(all.error.empty());
  CHECK(all.fields == Json{{"organization", "acme"}, {"confirm", "acme"}});
  CHECK(all.request.call.ensure);
  CHECK(all.request.call.dry_run);
  CHECK_FALSE(all.request.call.confirmed);
  CHECK(all.request.call.reason == "it left");
  CHECK(all.request.call.if_version == 4);
  CHECK(all.request.actor == "person:jane@acme.test");
  CHECK(read("org delete", {.placed = {"acme"}, .query = "", .if_match = "\"7\""}).request.call.if_version == 7);
  // The filter of this list is called like the parameter, and is the filter.
  const Read audit = read("audit list", {.query = "actor=local:root"});
  CHECK(audit.fields == Json{{"actor", "local:root"}});
  CHECK_FALSE(audit.request.actor);
}

TEST_CASE("rest: lists take filters an order a limit and a cursor") {
  const Read list =
      read("org list", {.query = "filter=name%3Dacme&filter=members:gt%3D2&sort=-name&limit=20&cursor=abc"});
  REQUIRE(list.error.empty());
  CHECK(list.request.query.conditions.size() == 2);
  CHECK(list.request.query.sort.size() == 1);
  CHECK(list.request.limit == 20);
  CHECK(list.request.cursor == "abc");
  CHECK(read("org list", {}).request.limit == 1000);
  CHECK(read("org list", {.query = "limit=0"}).error == "invalid_request");
  CHECK(read("org list", {.query = "limit=1001"}).error == "invalid_request");
  CHECK(read("org list", {.query = "skip=-1"}).field == "skip");
  CHECK(read("org list", {.query = "filter=nothing%3D1"}).error == "invalid_query");
  CHECK(read("org show", {.placed = {"acme"}, .query = "limit=3"}).error == "unknown_field");
}

TEST_CASE("rest: what stands twice or in the wrong place is refused") {
  CHECK(read("org show", {.placed = {"acme"}, .query = "organization=acme"}).field == "organization");
  CHECK(read("org show", {.placed = {"acme"}, .query = "organisation=acme"}).error == "unknown_field");
  CHECK(read("token list", {.query = "app=a&app=b"}).error == "invalid_request");
  CHECK(read("org create", {.query = "ensure=true&ensure=true", .body = "{}"}).field == "ensure");
  CHECK(read("org create", {.query = "ensure=yes", .body = "{}"}).field == "ensure");
  CHECK(read("org create", {.query = "if_version=2", .body = "{}"}).error == "unknown_field");
  CHECK(read("org create", {.query = "", .body = "[]"}).error == "invalid_request");
  CHECK(read("org create", {.query = "", .body = "{"}).error == "malformed_json");
  CHECK(read("org create", {.query = "", .body = "{}", .if_match = "\"1\""}).error == "invalid_request");
  CHECK(read("org delete", {.placed = {"acme"}, .query = "", .body = "{}"}).error == "invalid_request");
  CHECK(read("org delete", {.placed = {"acme"}, .query = "if_version=1", .if_match = "1"}).error == "invalid_request");
  CHECK(read("org delete", {.placed = {"acme"}, .query = "", .if_match = "\"one\""}).error == "invalid_request");
  const Read secret = read("person set-password", {.placed = {"jane"}, .query = "password=hunter2hunter2"});
  CHECK(secret.error == "invalid_request");
  CHECK(secret.field == "password");
}

TEST_CASE("rest: the server reads what the client wrote") {
  for (const RestRoute& route : rest_routes()) {
    CAPTURE(route.operation->info.name);
    for (const std::string text :
         {"acme", "billing/ci", "-", "..", "jane doe@acme.test", "a+b&c=d?#%2F", "ä", "keys"}) {
      Json fields = Json::object();
      for (const FieldInfo& field : route.operation->request) {
        const std::string name(field.name);
        if (field.kind == ValueKind::integer) fields[name] = 42;
        if (field.kind == ValueKind::boolean) fields[name] = true;
        if (field.kind == ValueKind::object) fields[name] = Json{{"a", {1, text}}};
        if (field.kind == ValueKind::time) fields[name] = "2026-11-22T09:30:00.5Z";
        if (field.kind == ValueKind::duration) fields[name] = "90s";
        if (field.kind == ValueKind::secret) fields[name] = text;
        if (field.kind == ValueKind::text) fields[name] = field.repeated ? Json{text, "other"} : Json(text);
      }
      Call call;
      call.ensure = route.operation->info.ensure;
      call.dry_run = route.operation->effect == Effect::change;
      if (route.operation->info.if_version) call.if_version = 3;
      const Read got = sent(route, write_rest(route, fields, call, std::nullopt, {}));
      CHECK(got.error == "");
      CHECK(by_name(got.fields) == by_name(fields));
      CHECK(got.request.call.ensure == call.ensure);
      CHECK(got.request.call.dry_run == call.dry_run);
      CHECK(got.request.call.if_version == call.if_version);
    }
  }
}

TEST_CASE("rest: a reference that no segment can hold leaves its place free") {
  const RestRoute& route = route_of("credential show");
  CHECK(write_rest(route, {{"credential", "ci"}}, {}, {}, {}).target == "/admin/v1/credentials/ci");
  CHECK(write_rest(route, {{"credential", "billing/ci"}}, {}, {}, {}).target ==
        "/admin/v1/credentials/-?credential=billing%2Fci");
  CHECK(write_rest(route, {{"credential", "verify"}}, {}, {}, {}).target ==
        "/admin/v1/credentials/-?credential=verify");
  const RestMessage update = write_rest(route_of("org update"), {{"organization", "a/b"}, {"name", "x"}}, {}, {}, {});
  CHECK(update.target == "/admin/v1/orgs/-");
  CHECK(update.body == R"({"organization":"a/b","name":"x"})");
}
