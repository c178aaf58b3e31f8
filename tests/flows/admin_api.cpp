#include <algorithm>

#include "hub/core/admin_token.h"
#include "hub/operations/rest.h"
#include "support/oauth_hub.h"

// The operation table over HTTP, asked through the route table without sockets.
namespace hub::testing {
namespace {

class AdminHub : public OauthHub {
 public:
  AdminHub() : full_(made("ci", "full")), reading_(made("eye", "read-only")) {}

  Answer ask(Method method, const std::string& target, const std::optional<Json>& body = std::nullopt,
             const std::string& authorization = "") {
    http::Services services{.hub = hub(), .issuer = "http://127.0.0.1:4000"};
    const std::size_t mark = std::min(target.find('?'), target.size());
    http::Request request{.method = method,
                          .path = target.substr(0, mark),
                          .query = mark == target.size() ? "" : target.substr(mark + 1),
                          .headers = {{"authorization", authorization.empty() ? "Bearer " + full_ : authorization}},
                          .body = body ? to_line(*body) : "",
                          .peer = "127.0.0.1",
                          .id = "request-1",
                          .door = door};
    if (body) request.headers.push_back({"content-type", media_type});
    request.headers.insert(request.headers.end(), more.begin(), more.end());
    return {http::serve_request(services, request)};
  }
  Answer get(const std::string& target) { return ask(Method::get, target); }
  std::string reader() const { return "Bearer " + reading_; }

  http::Door door = http::Door::admin;
  std::string media_type = "application/json";
  std::vector<http::Header> more;

 private:
  std::string made(const std::string& name, const std::string& role) {
    return must(run(as_operator(), &core::issue_admin_token, {.name = name, .role = role})).object->token->reveal();
  }
  std::string full_, reading_;
};

std::string code(const Answer& answer) { return answer.json()["error"].value("code", ""); }

}  // namespace

TEST_CASE("admin: an operation is a request and its answer is what the command prints") {
  AdminHub hub;
  const Answer made = hub.ask(Method::post, "/admin/v1/orgs", Json{{"name", "North County"}, {"slug", "north"}});
  CHECK(made.status == 200);
  CHECK(made.json()["changed"] == true);
  CHECK(made.json()["object"]["slug"] == "north");
  CHECK(made.header("Cache-Control") == "no-store");
  CHECK(hub.get("/admin/v1/orgs/north").json()["name"] == "North County");
  CHECK(hub.get("/admin/v1/orgs/-?organization=north").json()["name"] == "North County");

  const Answer again =
      hub.ask(Method::post, "/admin/v1/orgs?ensure=true", Json{{"name", "North County"}, {"slug", "north"}});
  CHECK(again.json()["changed"] == false);
  const Answer renamed =
      hub.ask(Method::patch, "/admin/v1/orgs/north?if_version=1&reason=moved", Json{{"name", "North"}});
  CHECK(renamed.json()["object"]["name"] == "North");
  hub.more = {{"if-match", "\"1\""}};
  const Answer stale = hub.ask(Method::patch, "/admin/v1/orgs/north", Json{{"name", "South"}});
  CHECK(stale.status == 409);
  CHECK(code(stale) == "stale");
  hub.more.clear();
  CHECK(hub.ask(Method::delete_, "/admin/v1/orgs/north?confirm=north&dry_run=true").status == 200);
  CHECK(hub.get("/admin/v1/orgs/north").status == 200);
  CHECK(hub.ask(Method::delete_, "/admin/v1/orgs/north?confirm=north").status == 200);
  CHECK(hub.get("/admin/v1/orgs/north").status == 404);
}

TEST_CASE("admin: a refusal names its code and field and the request") {
  AdminHub hub;
  const Answer missing = hub.get("/admin/v1/orgs/nobody");
  CHECK(missing.status == 404);
  const Json error = missing.json()["error"];
  CHECK(error["code"] == "not_found");
  CHECK(error["message"] == "There is no organization \"nobody\".");
  CHECK(error["request_id"] == "request-1");
  const Answer unknown = hub.ask(Method::post, "/admin/v1/orgs", Json{{"nmae", "x"}});
  CHECK(unknown.status == 400);
  CHECK(code(unknown) == "unknown_field");
  CHECK(unknown.json()["error"]["field"] == "nmae");
  CHECK(hub.get("/admin/v1/orgs?filter=foo%3D1").status == 400);
  hub.media_type = "text/plain";
  CHECK(hub.ask(Method::post, "/admin/v1/orgs", Json{{"name", "x"}}).status == 415);
  CHECK(hub.get("/admin/v1/nothing").status == 404);
  CHECK(hub.ask(Method::delete_, "/admin/v1/orgs").status == 405);
}

TEST_CASE("admin: only admin tokens come in and only by the admin door") {
  AdminHub hub;
  const Answer none = hub.ask(Method::get, "/admin/v1/orgs", {}, "Basic eDp5");
  CHECK(none.status == 401);
  CHECK(code(none) == "unauthenticated");
  CHECK(none.header("WWW-Authenticate").starts_with("Bearer"));
  const Answer wrong = hub.ask(Method::get, "/admin/v1/orgs", {}, "Bearer hat_nothing");
  CHECK(wrong.status == 401);
  CHECK(code(wrong) == "invalid_token");
  const std::string token = hub.client_token(hub.org("shop.items.r")).text("access_token");
  CHECK(code(hub.ask(Method::get, "/admin/v1/orgs", {}, "Bearer " + token)) == "invalid_token");
  hub.door = http::Door::open;
  CHECK(hub.get("/admin/v1/orgs").status == 404);
  CHECK(hub.get("/openapi.json").status == 404);
}

TEST_CASE("admin: a token that reads runs what reads and nothing else") {
  AdminHub hub;
  for (const operations::RestRoute& route : operations::rest_routes()) {
    CAPTURE(route.operation->info.name);
    std::string path = route.path;
    while (path.find('{') != std::string::npos) {
      path.replace(path.find('{'), path.find('}') - path.find('{') + 1, "x");
    }
    Method method = Method::get;
    for (const Method one : {Method::post, Method::patch, Method::delete_}) {
      if (http::name(one) == route.method) method = one;
    }
    const Answer answer =
        hub.ask(method, path, route.has_body ? std::optional(Json::object()) : std::nullopt, hub.reader());
    const bool refused = answer.status == 403 && code(answer) == "principal_not_allowed";
    CHECK(refused == (route.operation->effect == operations::Effect::change));
  }
  CHECK(hub.ask(Method::get, "/admin/v1/whoami", {}, hub.reader()).json()["role"] == "read-only");
  CHECK(hub.get("/admin/v1/whoami").json()["actor"] == "admin:ci");
}

TEST_CASE("CA-06 admin: a token that reads sees no secret") {
  AdminHub hub;
  const std::string keys = "/admin/v1/authorizations/keys?app=shop&by=acme", secrets = keys + "&show_secrets=true";
  const Answer shown = hub.get(secrets);
  REQUIRE(shown.status == 200);
  const std::string secret = shown.json()["items"][0]["client_secret"];
  REQUIRE(secret.size() == 43);
  const Answer refused = hub.ask(Method::get, secrets, {}, hub.reader());
  CHECK(refused.status == 403);
  CHECK(code(refused) == "principal_not_allowed");
  CHECK(refused.body.find(secret) == std::string::npos);
  const Answer without = hub.ask(Method::get, keys, {}, hub.reader());
  CHECK(without.status == 200);
  CHECK(without.json()["items"].size() == 1);
  CHECK(without.body.find(secret) == std::string::npos);
}

TEST_CASE("admin: whoever acts is in the audit trail with the request") {
  AdminHub hub;
  hub.ask(Method::post, "/admin/v1/orgs?reason=first", Json{{"name", "north"}});
  const AuditRow row = hub.audit_rows().back();
  CHECK(row.action == "org create");
  CHECK(row.actor == "admin:ci");
  CHECK(row.reason == "first");
  CHECK(row.request_id == "request-1");
  const Answer refused =
      hub.ask(Method::patch, "/admin/v1/orgs/acme?actor=person:member@vendor.test", Json{{"name", "x"}});
  CHECK(refused.status == 404);
  CHECK(hub.ask(Method::get, "/admin/v1/keys?actor=person:owner@acme.test").status == 403);
  CHECK(hub.ask(Method::patch, "/admin/v1/orgs/acme?actor=person:owner@acme.test", Json{{"name", "Acme"}}).status ==
        200);
  CHECK(hub.audit_rows().back().actor.starts_with("person:"));
}

TEST_CASE("admin: lists come in pages that do not slip when rows come and go") {
  AdminHub hub;
  for (const char* const name : {"b1", "b2", "b3", "b4", "b5"}) hub.organization(name);
  std::vector<std::string> all;
  const Json whole = hub.get("/admin/v1/orgs").json();
  for (const Json& row : whole["items"]) all.push_back(row["slug"]);
  CHECK(whole["next"].is_null());
  REQUIRE(all.size() >= 7);

  std::vector<std::string> paged;
  std::string cursor;
  for (std::size_t pages = 0; pages < 20; ++pages) {
    const Json page = hub.get("/admin/v1/orgs?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
    for (const Json& row : page["items"]) paged.push_back(row["slug"]);
    if (page["next"].is_null()) break;
    cursor = page["next"];
    if (pages == 0) {
      // A row before the place where the page ended goes: nothing is left out.
      must(hub.run(hub.as_operator(), &core::delete_organization, {.organization = all[0], .confirm = all[0]}));
    }
  }
  CHECK(paged == all);
  CHECK(hub.get("/admin/v1/orgs?limit=2&skip=1").json()["items"].size() == 2);
  CHECK(code(hub.get("/admin/v1/orgs?cursor=nonsense")) == "invalid_request");
  CHECK(hub.get("/admin/v1/orgs?filter=slug:like%3Db%25&sort=-slug").json()["items"][0]["slug"] == "b5");
}

TEST_CASE("admin: the pages of a sorted list make the whole of it") {
  AdminHub hub;
  for (const char* const name : {"b3", "b1", "b5", "b2", "b4"}) hub.organization(name);
  std::vector<std::string> whole, paged;
  const Json all = hub.get("/admin/v1/orgs?sort=-slug").json();
  for (const Json& row : all["items"]) whole.push_back(row["slug"]);
  REQUIRE(whole.size() >= 7);
  CHECK(std::is_sorted(whole.rbegin(), whole.rend()));
  std::string more = "/admin/v1/orgs?sort=-slug&limit=2";
  for (std::size_t pages = 0; pages < 20; ++pages) {
    const Json page = hub.get(more).json();
    for (const Json& row : page["items"]) paged.push_back(row["slug"]);
    if (page["next"].is_null()) break;
    more = "/admin/v1/orgs?sort=-slug&limit=2&cursor=" + page["next"].get<std::string>();
  }
  CHECK(paged == whole);
}

TEST_CASE("admin: an answer that says no carries the exit status of its command") {
  AdminHub hub;
  const std::string token = hub.client_token(hub.org("shop.items.r")).text("access_token");
  const Answer good = hub.ask(Method::post, "/admin/v1/tokens/verify", Json{{"token", token}});
  CHECK(good.json()["valid"] == true);
  CHECK(good.header("Hubctl-Exit").empty());
  const Answer claims = hub.ask(Method::post, "/admin/v1/tokens/verify", Json{{"token", token}, {"aud", "other"}});
  CHECK(claims.status == 200);
  CHECK(claims.header("Hubctl-Exit") == "14");
  const Answer inactive =
      hub.ask(Method::post, "/admin/v1/tokens/introspect", Json{{"token", "hrt_x"}, {"check", true}});
  CHECK(inactive.json() == Json{{"active", false}});
  CHECK(inactive.header("Hubctl-Exit") == "10");
  CHECK(hub.ask(Method::post, "/admin/v1/tokens/introspect", Json{{"token", token}}).json()["active"] == true);
  CHECK(hub.get("/admin/v1/keys/export").json()["text"].get<std::string>().find("\"keys\"") != std::string::npos);
}

TEST_CASE("admin: a refresh needs the secret of the client") {
  AdminHub hub;
  const auto issued =
      hub.ask(Method::post, "/admin/v1/tokens/issue",
              Json{{"app", "shop"}, {"credential", "shop/main"}, {"for", "org:acme"}, {"scope", {"shop.items.r"}}});
  REQUIRE(issued.status == 200);
  const std::string token = issued.text("refresh_token");
  const Answer without = hub.ask(Method::post, "/admin/v1/tokens/refresh", Json{{"token", token}});
  CHECK(without.status == 401);
  CHECK(code(without) == "invalid_client");
  const Answer wrong = hub.ask(Method::post, "/admin/v1/tokens/refresh",
                               Json{{"token", token}, {"credential", "shop/main"}, {"secret", "wrong"}});
  CHECK(wrong.status == 401);
  const Answer right = hub.ask(Method::post, "/admin/v1/tokens/refresh",
                               Json{{"token", token}, {"credential", "shop/main"}, {"secret", hub.secret()}});
  CHECK(right.status == 200);
  CHECK_FALSE(right.text("access_token").empty());
}

TEST_CASE("admin: the description and its page are served to whoever may reach the door") {
  AdminHub hub;
  const Answer document = hub.ask(Method::get, "/openapi.json", {}, "none");
  CHECK(document.status == 200);
  const Json api = must(parse_json(document.body, {.members = 100'000}));
  CHECK(api["openapi"] == "3.1.0");
  CHECK(api["paths"]["/admin/v1/orgs/{organization}"]["patch"]["operationId"] == "org_update");
  CHECK(api["paths"].contains("/oauth/token"));
  const Answer page = hub.ask(Method::get, "/docs", {}, "none");
  CHECK(page.status == 200);
  CHECK(page.header("Content-Security-Policy").find("default-src 'none'") == 0);
  CHECK(page.body.find("<script") == std::string::npos);
  CHECK(page.body.find("PATCH /admin/v1/orgs/{organization}") != std::string::npos);
}

}  // namespace hub::testing
