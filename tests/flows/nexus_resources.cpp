#include <doctest/doctest.h>

#include "support/nexus_hub.h"

// What the Nexus resources do when all gates are open (nexus211.md sections 4.5 to 4.9 and 6).
namespace hub::testing {
namespace {

std::string bearer_of_service(NexusHub& hub, const std::string& profile) {
  const Answer answer = hub.send(ask(Method::post, "/oauth/service-account-token", hub.tool(), {{"profile", profile}}));
  REQUIRE_MESSAGE(answer.status == 200, answer.body);
  return "Bearer " + answer.text("token");
}

TEST_CASE("nexus keys: the app sees the secrets it was given and each opens its own organization") {
  NexusHub hub;
  CHECK(hub.json_of(get("/keys", hub.tool())).empty());
  hub.grant("tool", "vendor");
  hub.organization("county");
  hub.grant("tool", "county");
  const Answer answer = hub.send(get("/keys", hub.tool()));
  CHECK(answer.header("Cache-Control") == "no-store");
  CHECK(answer.header("X-Total-Count") == "2");
  const Json rows = answer.json();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["application"] == hub.tool_id());
  CHECK(rows[0]["organization"] == hub.org_hash("vendor"));
  CHECK(rows[0]["rotatedAt"].is_null());
  const std::string secret = rows[0]["secret"];
  CHECK(secret.size() == 43);
  const std::string vendor_key = basic_header(hub.tool_id(), secret);
  CHECK(hub.column("/keys", vendor_key, "organization") == Texts{hub.org_hash("vendor")});
  CHECK(hub.column("/keys?organization=" + hub.org_hash("county"), hub.tool(), "id") == Texts{rows[1]["id"]});
  CHECK(hub.column("/keys?organization=" + hub.org_id("county"), hub.tool(), "id") == Texts{rows[1]["id"]});
  CHECK(hub.json_of(get("/keys?secret=" + secret + "x", hub.tool())).size() == 2);
  CHECK(hub.column("/keys?$limit=1&$skip=1", hub.tool(), "id") == Texts{rows[1]["id"]});
  CHECK(hub.column("/keys?$order=createdAt+desc&$limit=1", hub.tool(), "id") == Texts{rows[1]["id"]});
  const Json embedded = hub.json_of(get("/keys?$with=organization&$limit=1", hub.tool()));
  CHECK(embedded[0]["organization"] == Json({{"id", hub.org_hash("vendor")}, {"name", "vendor"}}));

  const std::string key = rows[0]["id"];
  hub.clock().advance(minute);
  const Answer rotated = hub.send(ask(Method::post, "/keys/" + key + "/rotate", hub.tool()));
  CHECK(rotated.status == 200);
  CHECK(rotated.header("Cache-Control") == "no-store");
  CHECK(rotated.json()["id"] == key);
  CHECK(rotated.json()["rotatedAt"].is_string());
  CHECK(rotated.text("secret") != secret);
  CHECK(hub.told(get("/keys", vendor_key)) == "401 invalid_client");
  CHECK(hub.told(get("/keys", basic_header(hub.tool_id(), rotated.text("secret")))) == "200");
}

TEST_CASE("nexus organizations: the own one is shown and changed and new ones belong to their creator") {
  NexusHub hub;
  const std::string acme = "/organizations/" + hub.org_hash("acme");
  const Json shown = hub.json_of(get(acme, hub.tool()));
  for (const char* key : {"id", "name", "metadata", "createdAt", "updatedAt"}) CHECK(shown.contains(key));
  CHECK(shown.size() == 5);
  const Json change = {{"name", "North County 211"}, {"metadata", {{"a", 1}}}, {"id", "x"}, {"slug", "hacked"}};
  const Json changed = hub.json_of(ask(Method::patch, acme, hub.tool(), change));
  CHECK(changed["name"] == "North County 211");
  CHECK(changed["metadata"] == Json({{"a", 1}}));
  CHECK(changed["id"] == shown["id"]);

  const Answer made = hub.send(ask(Method::post, "/organizations", hub.member_token(), {{"name", "North County 211"}}));
  REQUIRE(made.status == 201);
  const std::string id = made.text("id");
  CHECK(hub.told(get("/organizations/" + id, hub.member_token())) == "404 not_found");
  CHECK(hub.membership("member@acme.test", id).roles == Texts{"owner", "admin"});
  const Answer again = hub.send(ask(Method::post, "/organizations", hub.admin(), {{"name", "North County 211"}}));
  CHECK(again.status == 201);

  const std::string owner = hub.owner();
  CHECK(hub.told(ask(Method::delete_, acme, owner)) == "204");
  CHECK(hub.told(get("/profiles/me", owner)) == "401 invalid_token");
  CHECK(hub.told(get("/keys", hub.tool())) == "401 invalid_client");
}

TEST_CASE("nexus profiles: contacts are made by the API and linked to the user of their address") {
  NexusHub hub;
  const Json body = {{"email", "Kim@Public.test"},
                     {"firstName", "Kim"},
                     {"metadata", {{"k", "v"}}},
                     {"id", "mine"},
                     {"user", "mine"},
                     {"joinedAt", "2020-01-01T00:00:00Z"},
                     {"organization", "elsewhere"},
                     {"roles", Json::array({"contact"})}};
  const Answer made = hub.send(ask(Method::post, "/profiles", hub.tool(), body));
  REQUIRE(made.status == 201);
  const Json profile = made.json();
  CHECK(profile["roles"] == Json::array({"contact"}));
  CHECK(profile["user"].is_null());
  CHECK(profile["email"] == "Kim@Public.test");
  CHECK(profile["lastName"].is_null());
  CHECK(profile["serviceAccount"] == false);
  CHECK(profile["organization"] == hub.org_hash("acme"));
  CHECK(is_hash_id(profile["id"].get<std::string>()));
  CHECK(hub.told(ask(Method::post, "/profiles", hub.tool(), {{"email", "kim@public.test"}})) == "409 email_taken");
  CHECK(hub.told(ask(Method::post, "/profiles", hub.tool(), {{"email", "admin@acme.test"}})) == "409 email_taken");
  CHECK(hub.told(ask(Method::post, "/profiles", hub.tool(), {{"email", "nothing"}})) == "400 invalid_request");
  hub.person("lee@public.test");
  hub.person("new@public.test", false);
  const Json linked = hub.json_of(ask(Method::post, "/profiles", hub.member_token(), {{"email", "lee@public.test"}}));
  CHECK(linked["user"].is_string());
  const Json waiting = hub.json_of(ask(Method::post, "/profiles", hub.admin(), {{"email", "new@public.test"}}));
  CHECK(waiting["user"].is_null());
  must(hub.run(hub.as_operator(), &core::verify_email, {"new@public.test"}));
  CHECK(hub.json_of(get("/profiles/" + waiting["id"].get<std::string>(), hub.tool()))["user"].is_string());
  // Two anonymous ones do not collide.
  CHECK(hub.told(ask(Method::post, "/profiles", hub.tool(), Json::object())) == "201");
  CHECK(hub.told(ask(Method::post, "/profiles", hub.tool(), Json::object())) == "201");
}

TEST_CASE("nexus profiles: who may touch whom") {
  NexusHub hub;
  const auto path = [&](const std::string& email) { return "/profiles/" + hub.membership(email).hash_id; };
  const std::string contact = path("contact@acme.test"), member = path("member@acme.test"),
                    admin = path("admin@acme.test"), owner = path("owner@acme.test");
  const Json name = {{"firstName", "Kim"}};
  const auto roles = [](const char* role) { return Json{{"roles", Json::array({role})}}; };
  const auto patch = [&](const std::string& target, const std::string& who, const Json& body) {
    return hub.told(ask(Method::patch, target, who, body));
  };
  const char* role_required = "403 role_required";
  CHECK(patch(contact, hub.tool(), name) == "200");
  CHECK(patch(member, hub.tool(), name) == role_required);
  CHECK(patch(contact, hub.tool(), roles("member")) == role_required);
  CHECK(patch(contact, hub.member_token(), name) == "200");
  CHECK(patch(member, hub.member_token(), name) == "200");
  CHECK(patch(admin, hub.member_token(), name) == role_required);
  CHECK(patch(member, hub.member_token(), roles("admin")) == role_required);
  CHECK(patch(contact, hub.contact(), name) == "200");
  CHECK(patch(contact, hub.contact(), roles("owner")) == role_required);
  CHECK(patch(member, hub.contact(), name) == role_required);
  CHECK(hub.told(get(member, hub.contact())) == role_required);
  CHECK(hub.column("/profiles", hub.contact(), "email") == Texts{"contact@acme.test"});
  CHECK(patch(owner, hub.admin(), name) == "200");
  CHECK(patch(contact, hub.admin(), roles("member")) == "200");
  CHECK(hub.membership("contact@acme.test").roles == Texts{"member"});
  CHECK(patch(member, hub.admin(), roles("owner")) == role_required);
  CHECK(patch(owner, hub.admin(), roles("admin")) == role_required);
  CHECK(patch(owner, hub.owner(), roles("admin")) == "409 last_owner");
  CHECK(patch(member, hub.owner(), roles("developer")) == "400 invalid_request");
  CHECK(patch(member, hub.owner(), roles("owner")) == "200");
  CHECK(patch(owner, hub.owner(), roles("admin")) == "200");
  CHECK(hub.told(ask(Method::delete_, member, hub.admin())) == "409 last_owner");
  CHECK(hub.told(ask(Method::delete_, admin, hub.tool())) == role_required);
  const std::string token = hub.admin();
  CHECK(hub.told(ask(Method::delete_, admin, hub.owner())) == "204");
  CHECK(hub.told(get("/profiles/me", token)) == "401 invalid_token");
  CHECK(hub.told(get(admin, hub.tool())) == "404 not_found");
}

TEST_CASE("nexus profiles: roles of the hub show as member and stay with it") {
  NexusHub hub;
  hub.person("dev@acme.test");
  hub.member("dev@acme.test", "acme", {"developer", "purchaser"});
  const std::string path = "/profiles/" + hub.membership("dev@acme.test").hash_id;
  CHECK(hub.json_of(get(path, hub.tool()))["roles"] == Json::array({"member"}));
  hub.json_of(ask(Method::patch, path, hub.admin(), {{"roles", {"member", "admin"}}}));
  CHECK(hub.membership("dev@acme.test").roles == Texts{"admin", "member", "purchaser", "developer"});
  hub.json_of(ask(Method::patch, path, hub.admin(), {{"roles", Json::array({"contact"})}}));
  CHECK(hub.membership("dev@acme.test").roles == Texts{"contact"});
}

TEST_CASE("nexus profiles: a service account acts with the roles it was given") {
  NexusHub hub;
  const Json body = {{"serviceAccount", true}, {"firstName", "Importer"}, {"roles", Json::array({"admin"})}};
  const Answer made = hub.send(ask(Method::post, "/profiles", hub.admin(), body));
  REQUIRE(made.status == 201);
  CHECK(made.json()["serviceAccount"] == true);
  CHECK(made.json()["roles"] == Json::array({"admin"}));
  const std::string token = bearer_of_service(hub, made.text("id"));
  CHECK(hub.json_of(get("/profiles/me", token))["id"] == made.text("id"));
  CHECK(hub.told(ask(Method::post, "/applications", token, {{"name", "By a machine"}})) == "201");
  CHECK(hub.told(ask(Method::post, "/organizations", token, {{"name", "By a machine"}})) ==
        "403 principal_not_allowed");
  CHECK(hub.told(ask(Method::patch, "/profiles/" + made.text("id"), hub.owner(), {{"roles", {"owner"}}})) ==
        "400 invalid_request");
}

TEST_CASE("nexus profiles: a replaced secret makes no token of a service account while it still works") {
  NexusHub hub;
  const Json service = hub.json_of(ask(Method::post, "/profiles", hub.owner(), {{"serviceAccount", true}}));
  const auto rotated =
      *must(hub.run(hub.as_operator(), &core::rotate_credential, {.credential = hub.tool_id(), .overlap = day})).object;
  const auto asked = [&](const std::string& secret) {
    return hub.told(ask(Method::post, "/oauth/service-account-token", basic_header(hub.tool_id(), secret),
                        {{"profile", service["id"]}}));
  };
  CHECK(hub.told(get("/keys", hub.tool())) == "200");
  CHECK(asked(hub.tool_secret()) == "401 invalid_client");
  CHECK(asked(rotated.client_secret->reveal()) == "200");
}

TEST_CASE("nexus profiles: only a contact without a user gets another address and an anonymous one never any") {
  NexusHub hub;
  const auto made = [&](const Json& body) -> std::string {
    return hub.json_of(ask(Method::post, "/profiles", hub.owner(), body))["id"];
  };
  const auto address_after = [&](const std::string& id, const std::string& who) {
    return hub.json_of(ask(Method::patch, "/profiles/" + id, who, {{"email", "other@public.test"}}))["email"];
  };
  CHECK(address_after(made({{"firstName", "Kim"}}), hub.owner()).is_null());
  const std::string service = made({{"serviceAccount", true}, {"email", "robot@acme.test"}});
  CHECK(address_after(service, hub.owner()) == "robot@acme.test");
  for (const char* email : {"contact@acme.test", "member@acme.test", "owner@acme.test"}) {
    CHECK(address_after(hub.membership(email).hash_id, hub.owner()) == email);
  }
  CHECK(address_after(hub.membership("contact@acme.test").hash_id, hub.contact()) == "contact@acme.test");
  CHECK(address_after(made({{"email", "kim@public.test"}}), hub.member_token()) == "other@public.test");
}

TEST_CASE("nexus profiles: the names of a user stay hidden while they are a contact") {
  NexusHub hub;
  for (const char* email : {"contact@acme.test", "member@acme.test"}) {
    must(hub.run(hub.as_operator(), &core::update_person,
                 {.person = email, .email = {}, .first_name = std::string("Robin"), .last_name = std::string("Hood")}));
  }
  const auto shown = [&](const std::string& email) {
    return hub.json_of(get("/profiles?$with=user&email=" + email, hub.owner()));
  };
  const Json contact = shown("contact@acme.test");
  REQUIRE(contact.size() == 1);
  CHECK(contact[0]["user"].is_object());
  CHECK(to_line(contact).find("Robin") == std::string::npos);
  CHECK(to_line(contact).find("Hood") == std::string::npos);
  CHECK(shown("member@acme.test")[0]["firstName"] == "Robin");
  const std::string path = "/profiles/" + hub.membership("contact@acme.test").hash_id;
  CHECK(hub.json_of(ask(Method::patch, path, hub.owner(), {{"roles", {"member"}}}))["lastName"] == "Hood");
}

TEST_CASE("nexus applications: made with a secret that is shown once and changed by admins") {
  NexusHub hub;
  const Json body = {{"name", "Care Suite"}, {"scopes", {"profile.r", "organization.r", "profile.r"}}};
  const Answer made = hub.send(ask(Method::post, "/applications", hub.admin(), body));
  REQUIRE(made.status == 201);
  CHECK(made.header("Cache-Control") == "no-store");
  const Json app = made.json();
  CHECK(app["scopes"] == Json::array({"organization.r", "profile.r"}));
  CHECK(app["tenancy"] == "single");
  CHECK(app["oauth"].is_null());
  CHECK(app["organization"] == hub.org_hash("acme"));
  const std::string path = "/applications/" + made.text("id"), secret = made.text("clientSecret");
  const std::string own = basic_header(made.text("clientId"), secret);
  CHECK(hub.told(get("/profiles", own)) == "200");
  CHECK(hub.send(get(path, hub.member_token())).body.find(secret) == std::string::npos);
  CHECK(hub.json_of(get("/applications/" + made.text("clientId"), hub.admin()))["id"] == made.text("id"));
  CHECK(hub.json_of(get(path + "?$with=organization", hub.admin()))["organization"]["name"] == "acme");
  // The same name again is fine; what people see need not be unique.
  CHECK(hub.told(ask(Method::post, "/applications", hub.admin(), {{"name", "Care Suite"}})) == "201");
  CHECK(hub.told(ask(Method::post, "/applications", hub.admin(), {{"name", "oauth"}})) == "201");
  CHECK(hub.told(ask(Method::post, "/applications", hub.admin(), {{"name", "211!"}})) == "201");

  const auto patch = [&](const Json& change) { return hub.told(ask(Method::patch, path, hub.admin(), change)); };
  CHECK(patch({{"scopes", {"weird.r"}}}) == "400 unknown_scope");
  CHECK(patch({{"scopes", {"not a scope"}}}) == "400 unknown_scope");
  CHECK(patch({{"scopes", "profile.r"}}) == "400 invalid_request");
  CHECK(patch({{"name", ""}}) == "400 invalid_request");
  CHECK(patch({{"organization", hub.org_hash("vendor")}}) == "409 transfer_not_supported");
  CHECK(patch({{"organization", hub.org_hash("acme")}, {"clientId", "x"}, {"id", "y"}}) == "200");
  CHECK(patch({{"scopes", Json::array()}}) == "200");
  CHECK(hub.told(get("/profiles", own)) == "403 insufficient_scope");

  const Answer rotated = hub.send(ask(Method::post, path + "/rotate-secret", hub.admin()));
  CHECK(rotated.json().size() == 2);
  CHECK(rotated.text("clientId") == made.text("clientId"));
  CHECK(rotated.header("Cache-Control") == "no-store");
  CHECK(hub.told(get("/keys", own)) == "401 invalid_client");
  CHECK(hub.told(get("/keys", basic_header(made.text("clientId"), rotated.text("clientSecret")))) == "200");
  CHECK(hub.told(ask(Method::delete_, path, hub.admin())) == "204");
  CHECK(hub.told(get(path, hub.admin())) == "404 not_found");
}

TEST_CASE("nexus applications: the sign-in setup decides tenancy and who stays signed in") {
  NexusHub hub;
  const std::string path = "/applications/" + hub.tool_id();
  const auto oauth = [&](const Json& setup) {
    const Answer answer = hub.send(ask(Method::patch, path, hub.admin(), {{"oauth", setup}}));
    return answer.status == 200 ? answer.json() : Json(answer.text("error"));
  };
  const Json targets = Json::array({"https://tool.test/back"});
  for (const std::string bad : {"http://tool.test/back", "tool://back", "https://a@tool.test/", "https://tool.test/#x",
                                "/relative", "http://localhost.evil.test/", "http://localhost@evil.test/"}) {
    CAPTURE(bad);
    CHECK(oauth({{"redirects", {bad}}}) == "invalid_request");
  }
  CHECK(oauth({{"redirects", Json::array()}}) == "invalid_request");
  CHECK(oauth({{"redirects", targets}, {"audience", "none"}}) == "invalid_request");
  CHECK(oauth({{"redirects", targets}, {"audience", "list"}, {"organizations", {"zeta"}}}) == "invalid_request");
  CHECK(oauth({{"redirects", targets}})["oauth"]["audience"] == "any");
  CHECK(oauth({{"redirects", {"http://localhost:3000/a", "http://[::1]/b"}}})["tenancy"] == "multi");
  const Json listed = oauth({{"redirects", targets}, {"audience", "list"}, {"organizations", {hub.org_id("vendor")}}});
  CHECK(listed["oauth"]["organizations"] == Json::array({hub.org_hash("vendor")}));
  CHECK(listed["tenancy"] == "multi");
  const std::string member = hub.member_token();
  CHECK(oauth({{"redirects", targets}, {"audience", "own"}})["tenancy"] == "single");
  CHECK(hub.told(get("/profiles/me", member)) == "200");
  const Json service = hub.json_of(ask(Method::post, "/profiles", hub.owner(), {{"serviceAccount", true}}));
  const std::string machine = bearer_of_service(hub, service["id"]);
  CHECK(oauth(nullptr)["oauth"].is_null());
  CHECK(hub.told(get("/profiles/me", member)) == "401 invalid_token");
  CHECK(hub.told(get("/profiles/me", machine)) == "200");
}

TEST_CASE("nexus authorizations: granted and approved and rotated and ended by an admin of the organization") {
  NexusHub hub;
  hub.desire("shop", {"nexus211.profile.r"});
  hub.app("desk");
  hub.desire("desk", {"nexus211.profile.r"});
  const std::string desk = hub.shown("desk").client_id, path = "/authorized-applications";
  const auto grant = [&](const std::string& app) {
    return hub.send(ask(Method::post, path, hub.admin(), {{"application", app}}));
  };
  CHECK(grant(hub.tool_id()).text("error") == "own_application");
  CHECK(grant("desk").text("error") == "unknown_application");
  CHECK(grant("00000000-0000-7000-8000-0000000000ca").text("error") == "unknown_application");
  hub.clock().advance(minute);
  const Answer granted = grant(desk);
  REQUIRE_MESSAGE(granted.status == 201, granted.body);
  const Json row = granted.json();
  CHECK(row["application"] == desk);
  CHECK(row["grantedScopes"] == Json::array({"profile.r"}));
  CHECK(row["pendingScopes"] == Json::array());
  CHECK(row["grantedBy"] == hub.membership("admin@acme.test").hash_id);
  CHECK(row["status"] == "active");
  CHECK(row.size() == 12);
  CHECK(grant(desk).text("error") == "already_authorized");
  const std::string key = hub.key_of("desk", "acme"), one = path + "/" + granted.text("id");
  CHECK(hub.told(get("/profiles", key)) == "200");

  hub.desire("desk", {"nexus211.profile.r", "nexus211.organization.r"});
  CHECK(hub.told(get("/organizations", key)) == "403 insufficient_scope");
  CHECK(hub.column(path + "?applicationName=desk", hub.admin(), "pendingScopes") == Texts{R"(["organization.r"])"});
  CHECK(hub.json_of(ask(Method::post, one + "/approve", hub.admin()))["pendingScopes"].empty());
  CHECK(hub.told(get("/organizations", key)) == "200");

  CHECK(hub.told(ask(Method::post, one + "/rotate", hub.admin())) == "204");
  CHECK(hub.told(get("/organizations", key)) == "401 invalid_client");
  const std::string second = hub.key_of("desk", "acme");
  const Json with = hub.json_of(get(path + "?$with=grantedBy,organization&applicationName=desk", hub.admin()));
  CHECK(with[0]["grantedBy"]["email"] == "admin@acme.test");
  CHECK(with[0]["organization"]["name"] == "acme");

  CHECK(hub.told(ask(Method::delete_, one, hub.admin())) == "204");
  CHECK(hub.told(get("/organizations", second)) == "401 invalid_client");
  CHECK(hub.told(ask(Method::delete_, one, hub.admin())) == "404 not_found");
  CHECK(hub.json_of(get(path + "?application=" + desk, hub.admin())).empty());
  CHECK(hub.column(path + "?status=ended", hub.admin(), "endedReason") == Texts{"revoked"});
  const Answer again = grant(desk);
  CHECK(again.status == 201);
  CHECK(again.text("id") != granted.text("id"));
}

TEST_CASE("nexus changes leave rows in the audit trail under the name of who made them") {
  NexusHub hub;
  hub.json_of(ask(Method::post, "/profiles", hub.tool(), {{"firstName", "Kim"}}));
  hub.json_of(ask(Method::post, "/applications", hub.admin(), {{"name", "Audited"}}));
  const std::string admin = "/profiles/" + hub.membership("admin@acme.test").hash_id;
  CHECK(hub.told(ask(Method::delete_, admin, hub.member_token())) == "403 role_required");
  CHECK(hub.told(ask(Method::post, "/applications", hub.member_token(), {{"name", "x"}})) == "403 role_required");
  const std::vector<AuditRow> rows = hub.audit_rows();
  const auto has_row = [&](const std::string& action, const std::string& actor, const std::string& result = "ok") {
    return std::ranges::any_of(rows, [&](const AuditRow& row) {
      return row.action == action && row.actor.starts_with(actor) && row.result == result;
    });
  };
  CHECK(has_row("profiles delete", "person:", "role_required"));
  CHECK(has_row("applications create", "person:", "role_required"));
  CHECK(has_row("profile create", "app:"));
  CHECK(has_row("application create", "person:"));
}

}  // namespace
}  // namespace hub::testing
