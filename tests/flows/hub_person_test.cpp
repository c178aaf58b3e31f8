#include <doctest/doctest.h>

#include "support/nexus_hub.h"

// A person and their organizations on the REST routes of the hub dialect (zaikio-hub.md sections 5.4 to 5.6).
namespace hub::testing {
namespace {

const Texts& person_scopes() {
  static const Texts scopes{"zaikio.person.rw", "zaikio.organizations.rw"};
  return scopes;
}

class PersonHub : public NexusHub {
 public:
  PersonHub() {
    desire("shop", {"zaikio.person.r", "zaikio.person.rw", "zaikio.organizations.r", "zaikio.organizations.rw",
                    "zaikio.organization.r", "shop.items.r"});
    const auto connection = must(run(as_operator(), &core::show_connection, {"shop/" + std::string(jane)}));
    must(run(as_operator(), &core::update_connection, {.connection = connection.id, .scopes = person_scopes()}));
    for (const char* email : {"admin@acme.test", "member@acme.test", "contact@acme.test", "admin@vendor.test"}) {
      install("shop", std::string("person:") + email, person_scopes());
    }
  }
  std::string bearer(const std::string& email = jane, const Texts& wanted = person_scopes(),
                     const std::optional<std::string>& acting = std::nullopt) {
    clock().advance(std::chrono::milliseconds(1));
    const std::string subject = email.find('@') == std::string::npos ? "org:" + email : "person:" + email;
    const core::Issued issued = must(core::issue_token(
        hub(), as_operator(),
        {.app = "shop", .credential = client_id(), .subject = subject, .acting = acting, .scopes = wanted}));
    return "Bearer " + issued.access_token->reveal();
  }
  // The status and the first of the errors.
  std::string refused(const Ask& asked) {
    const Answer answer = send(asked);
    if (answer.body.empty() || answer.status < 300) return std::to_string(answer.status);
    const Json errors = answer.json()["errors"];
    return std::to_string(answer.status) + " " +
           (errors.is_array() ? errors[0].get<std::string>() : errors.begin().key());
  }
  Json patched(const Json& attributes) {
    return json_of(ask(Method::patch, "/api/v1/person", bearer(), {{"person", attributes}}));
  }
  std::string org_path(const std::string& rest) { return "/api/v1/person/organizations/" + acme() + rest; }
};

Texts keys_of(const Json& object) {
  Texts out;
  for (const auto& [key, value] : object.items()) out.push_back(key);
  std::ranges::sort(out);
  return out;
}

TEST_CASE("hub person: every key of the contract is there with what a person said or the default") {
  PersonHub hub;
  const Json person = hub.json_of(get("/api/v1/person.json", hub.bearer()));
  CHECK(keys_of(person) == Texts{"accessible_apps",
                                 "avatar_url",
                                 "connected",
                                 "country_code",
                                 "created_at",
                                 "currency",
                                 "email",
                                 "email_confirmed",
                                 "first_name",
                                 "full_name",
                                 "granted_oauth_scopes",
                                 "id",
                                 "locale",
                                 "name",
                                 "organization_memberships",
                                 "pronoun",
                                 "requested_oauth_scopes",
                                 "requested_oauth_scopes_waiting_for_approval",
                                 "subscription",
                                 "test_account_owner_id",
                                 "time_zone",
                                 "two_factor_authentication_enabled",
                                 "unit_system",
                                 "updated_at"});
  CHECK(person["id"] == hub.person_id(OauthHub::jane).text());
  CHECK(person["email"] == OauthHub::jane);
  CHECK(person["email_confirmed"] == true);
  CHECK(person["connected"] == true);
  CHECK(person["granted_oauth_scopes"] == Json(person_scopes()));
  CHECK(person["pronoun"].is_null());
  CHECK(person["locale"] == "en");
  CHECK(person["unit_system"] == "metric");
  CHECK(person["time_zone"] == "Etc/UTC");
  CHECK(person["created_at"].get<std::string>().ends_with("Z"));
}

TEST_CASE("hub person: memberships tell roles and which organizations have installed the app") {
  PersonHub hub;
  hub.organization("second");
  hub.member(OauthHub::jane, "second", {"member"});
  const Json rows = hub.json_of(get("/api/v1/person/organization_memberships", hub.bearer()));
  REQUIRE(rows.size() == 2);
  CHECK(rows == hub.json_of(get("/api/v1/person", hub.bearer()))["organization_memberships"]);
  CHECK(keys_of(rows[0]) == Texts{"created_at", "id", "organization", "roles", "updated_at"});
  CHECK(rows[0]["organization"]["slug"] == "acme");
  CHECK(rows[0]["organization"]["connected"] == true);
  CHECK(rows[1]["organization"]["slug"] == "second");
  CHECK(rows[1]["organization"]["connected"] == false);
  CHECK(rows[1]["roles"] == Json::array({"member"}));
  for (const char* association : {"memberships", "sites", "connections", "apps", "business_relationships"}) {
    CHECK_FALSE(rows[0]["organization"].contains(association));
  }
  // Somebody who is only invited, or a contact, belongs to no organization of this dialect.
  CHECK(hub.json_of(get("/api/v1/person", hub.bearer("contact@acme.test")))["organization_memberships"].empty());
}

TEST_CASE("hub person: the apps one can open are those of oneself and of one's organizations") {
  PersonHub hub;
  hub.install("warehouse", "org:acme", {});
  const Json apps = hub.json_of(get("/api/v1/person", hub.bearer()))["accessible_apps"];
  REQUIRE(apps.size() == 2);
  CHECK(keys_of(apps[0]) == Texts{"category", "entry_point_url", "logo_url", "name", "slug", "translated_title"});
  CHECK(apps[0]["name"] == "shop");
  CHECK(apps[1]["name"] == "warehouse");
  CHECK(hub.json_of(get("/api/v1/person", hub.bearer("admin@vendor.test")))["accessible_apps"].size() == 1);
}

TEST_CASE("hub person: a person changes what the contract lets them change and nothing else") {
  PersonHub hub;
  const Json changed = hub.patched({{"first_name", "Jane"},
                                    {"name", "Doe"},
                                    {"pronoun", "She/Her"},
                                    {"locale", "de"},
                                    {"unit_system", "imperial"},
                                    {"country_code", "US"},
                                    {"email", "other@acme.test"},
                                    {"time_zone", "Europe/Berlin"},
                                    {"unknown", 1}});
  CHECK(changed["full_name"] == "Jane Doe");
  CHECK(changed["pronoun"] == "She/Her");
  CHECK(changed["locale"] == "de");
  CHECK(changed["unit_system"] == "imperial");
  CHECK(changed["country_code"] == "US");
  CHECK(changed["currency"] == "USD");
  CHECK(changed["email"] == OauthHub::jane);
  CHECK(changed["time_zone"] == "Etc/UTC");
  CHECK(changed.contains("organization_memberships"));
  CHECK(has(hub.event_names(), "zaikio.person_updated"));
  const Json cleared = hub.patched({{"pronoun", nullptr}, {"country_code", ""}, {"first_name", nullptr}});
  CHECK(cleared["pronoun"].is_null());
  CHECK(cleared["country_code"].is_null());
  CHECK(cleared["currency"].is_null());
  CHECK(cleared["full_name"] == "Doe");
  CHECK(cleared["locale"] == "de");
  for (const Method method : {Method::post, Method::put, Method::patch}) {
    const Json again = hub.json_of(ask(method, "/api/v1/person", hub.bearer(), {{"person", {{"name", "Miller"}}}}));
    CHECK(again["name"] == "Miller");
  }
  // A whole object sent back changes nothing.
  const Json whole = hub.json_of(get("/api/v1/person", hub.bearer()));
  CHECK(hub.json_of(ask(Method::patch, "/api/v1/person", hub.bearer(), {{"person", whole}})) == whole);
}

TEST_CASE("hub person: wrong values are told at their field as lists of texts") {
  PersonHub hub;
  for (const auto& [field, value] : std::vector<std::pair<std::string, Json>>{{"pronoun", "They"},
                                                                              {"locale", "xx"},
                                                                              {"locale", 5},
                                                                              {"unit_system", "metrical"},
                                                                              {"country_code", "de"},
                                                                              {"country_code", "Germany"},
                                                                              {"name", std::string(1, '\t')}}) {
    CAPTURE(field);
    CAPTURE(value);
    const Answer answer = hub.send(ask(Method::patch, "/api/v1/person", hub.bearer(), {{"person", {{field, value}}}}));
    CHECK(answer.status == 422);
    const Json errors = answer.json()["errors"];
    REQUIRE(errors.is_object());
    CHECK(keys_of(errors) == Texts{field});
    CHECK(errors.begin()->is_array());
  }
}

TEST_CASE("hub person: times carry the offset of the person and of nobody else") {
  PersonHub hub;
  must(hub.run(hub.as_operator(), &core::update_person,
               {.person = OauthHub::jane, .time_zone = std::string("Asia/Kathmandu")}));
  const Json person = hub.json_of(get("/api/v1/person", hub.bearer()));
  CHECK(person["time_zone"] == "Asia/Kathmandu");
  CHECK(person["created_at"].get<std::string>().ends_with("+05:45"));
  const Json membership = person["organization_memberships"][0];
  CHECK(membership["created_at"].get<std::string>().ends_with("+05:45"));
  CHECK(membership["organization"]["updated_at"].get<std::string>().ends_with("+05:45"));
  CHECK(hub.json_of(get("/api/v1/access_token", hub.bearer()))["expires_at"].get<std::string>().ends_with("+05:45"));
  const Json members = hub.json_of(get(hub.org_path("/memberships"), hub.bearer()));
  CHECK(members[0]["created_at"].get<std::string>().ends_with("+05:45"));
  const std::string organization = hub.bearer("acme", {"zaikio.organization.r"});
  CHECK(hub.json_of(get("/api/v1/organization", organization))["created_at"].get<std::string>().ends_with("Z"));
  const std::string on_behalf = hub.bearer("acme", {"zaikio.person.rw"}, OauthHub::jane);
  CHECK(hub.json_of(get("/api/v1/person", on_behalf))["created_at"].get<std::string>().ends_with("Z"));
  CHECK(code_of(hub.run(hub.as_operator(), &core::update_person,
                        {.person = OauthHub::jane, .time_zone = std::string("Mars/Olympus")})) == "invalid_request");
}

TEST_CASE("hub person: a token on behalf of an organization is good for the person who acts") {
  PersonHub hub;
  const std::string on_behalf = hub.bearer("acme", {"zaikio.person.rw", "zaikio.organizations.rw"}, "member@acme.test");
  CHECK(hub.json_of(get("/api/v1/person", on_behalf))["email"] == "member@acme.test");
  CHECK(hub.json_of(get(hub.org_path("/memberships"), on_behalf)).size() == 3);
  const std::string organization = hub.bearer("acme", {"zaikio.organization.r"});
  CHECK(hub.refused(get("/api/v1/person", organization)) == "403 unpermitted_subject");
  const std::string poor = hub.bearer(OauthHub::jane, {"zaikio.organizations.rw"});
  CHECK(hub.refused(get("/api/v1/person", poor)) == "403 unpermitted_scope");
  const std::string reader = hub.bearer(OauthHub::jane, {"zaikio.person.r"});
  CHECK(hub.refused(ask(Method::patch, "/api/v1/person", reader, {{"person", {{"name", "X"}}}})) ==
        "403 unpermitted_scope");
  CHECK(hub.refused(get("/api/v1/person")) == "401 no_jwt_passed");
}

TEST_CASE("hub person: a new organization is owned by the person and connected to the app of the token at once") {
  PersonHub hub;
  const Json body{{"organization", {{"name", "Acme"}, {"country_code", "DE"}, {"kinds", {"printer"}}}}};
  const Answer made = hub.send(ask(Method::post, "/api/v1/person/organizations", hub.bearer(), body));
  REQUIRE_MESSAGE(made.status == 201, made.body);
  const Json organization = made.json();
  CHECK(organization["name"] == "Acme");
  CHECK(organization["slug"] == "acme-2");
  CHECK(organization["currency"] == "EUR");
  CHECK(organization["kind"] == "printer");
  CHECK(organization["connected"] == true);
  CHECK(organization["granted_oauth_scopes"] == Json::array({"shop.items.r", "zaikio.organization.r"}));
  const std::string id = organization["id"].get<std::string>();
  const Json rows = hub.json_of(get("/api/v1/person/organization_memberships", hub.bearer()));
  CHECK(rows.back()["organization"]["id"] == id);
  CHECK(rows.back()["roles"] == Json::array({"owner", "admin"}));
  CHECK(hub.json_of(get("/api/v1/person/organizations", hub.bearer())).back() == organization);
  CHECK(hub.client_token("Org/" + id + ".zaikio.organization.r").status == 200);
  CHECK(has(hub.event_names(), "zaikio.established_connection"));

  const auto without = [&](const Json& attributes) {
    return hub.refused(ask(Method::post, "/api/v1/person/organizations", hub.bearer(), {{"organization", attributes}}));
  };
  CHECK(without({{"kinds", {"printer"}}}) == "422 name");
  CHECK(without({{"name", "X"}, {"kinds", {"printing"}}}) == "422 kinds");
  CHECK(without({{"name", "X"}, {"country_code", "Germany"}}) == "422 country_code");
  CHECK(without({{"name", "By kind"}, {"kind", "publisher"}}) == "201");
}

TEST_CASE("hub person: fellow members are seen in short by members and changed by admins") {
  PersonHub hub;
  const std::string member = hub.bearer("member@acme.test");
  const Json rows = hub.json_of(get(hub.org_path("/memberships"), member));
  REQUIRE(rows.size() == 3);
  CHECK(keys_of(rows[0]["person"]) == Texts{"avatar_url", "connected", "full_name", "id"});
  const std::string other = hub.membership("member@acme.test").id, owner = hub.membership(OauthHub::jane).id;
  CHECK(hub.json_of(get(hub.org_path("/memberships/" + other), member))["id"] == other);
  const Json roles{{"membership", {{"roles", {"member", "designer"}}}}};
  const auto change = [&](const std::string& id, const std::string& who, const Json& body) {
    return ask(Method::patch, hub.org_path("/memberships/" + id), who, body);
  };
  CHECK(hub.refused(change(other, member, roles)) == "403 forbidden");
  const std::string admin = hub.bearer("admin@acme.test");
  CHECK(hub.json_of(change(other, admin, roles))["roles"] == Json::array({"member", "designer"}));
  CHECK(hub.refused(change(other, admin, {{"membership", {{"roles", {"owner"}}}}})) == "422 roles");
  CHECK(hub.refused(change(other, admin, {{"membership", {{"roles", {"king"}}}}})) == "422 roles");
  const std::string reader = hub.bearer("admin@acme.test", {"zaikio.organizations.r", "zaikio.organizations.rw"});
  CHECK(hub.refused(change(hub.membership("admin@vendor.test", "vendor").id, reader, roles)) == "404 not_found");
  CHECK(hub.refused(ask(Method::delete_, hub.org_path("/memberships/" + owner), admin)) == "403 forbidden");
  CHECK(hub.refused(ask(Method::delete_, hub.org_path("/memberships/" + other), member)) == "403 forbidden");
  CHECK(hub.refused(ask(Method::delete_, hub.org_path("/memberships/" + other), admin)) == "204");
  CHECK(hub.refused(get(hub.org_path("/memberships/" + other), admin)) == "404 not_found");
  CHECK(hub.refused(get(hub.org_path("/memberships"), member)) == "404 not_found");
}

TEST_CASE("hub person: an organization is there for its members only") {
  PersonHub hub;
  const std::string foreign = hub.bearer("admin@vendor.test"), contact = hub.bearer("contact@acme.test");
  for (const char* rest : {"/memberships", "/membership_invitations"}) {
    CAPTURE(rest);
    CHECK(hub.refused(get(hub.org_path(rest), foreign)) == "404 not_found");
    CHECK(hub.refused(get(hub.org_path(rest), contact)) == "404 not_found");
    CHECK(hub.refused(get("/api/v1/person/organizations/nobody" + std::string(rest), foreign)) == "404 not_found");
  }
  const auto install_sites = [&](const char* email) {
    const auto connection = must(hub.run(hub.as_operator(), &core::show_connection, {"shop/" + std::string(email)}));
    must(hub.run(hub.as_operator(), &core::update_connection,
                 {.connection = connection.id, .add_scopes = {"zaikio.sites.r"}}));
    return hub.bearer(email, {"zaikio.sites.r"});
  };
  hub.desire("shop", {"zaikio.sites.r", "zaikio.organizations.rw"});
  CHECK(hub.send(get(hub.org_path("/sites"), install_sites(OauthHub::jane))).body == "[]");
  CHECK(hub.refused(get(hub.org_path("/sites"), install_sites("admin@vendor.test"))) == "404 not_found");
  const Json body{{"membership_invitation", {{"email", "new@acme.test"}}}};
  CHECK(hub.refused(ask(Method::post, hub.org_path("/membership_invitations"), foreign, body)) == "404 not_found");
}

TEST_CASE("hub person: admins invite by address and withdraw invitations") {
  PersonHub hub;
  const std::string admin = hub.bearer("admin@acme.test"), path = hub.org_path("/membership_invitations");
  const auto invite = [&](const Json& attributes, const std::string& who) {
    return ask(Method::post, path, who, {{"membership_invitation", attributes}});
  };
  const Answer made =
      hub.send(invite({{"email", "new@acme.test"}, {"roles", {"member", "designer"}}, {"name", "Newman"}}, admin));
  REQUIRE_MESSAGE(made.status == 200, made.body);
  const Json invitation = made.json();
  CHECK(keys_of(invitation) ==
        Texts{"avatar_url", "created_at", "email", "expires_at", "full_name", "id", "roles", "updated_at"});
  CHECK(invitation["full_name"] == "Newman");
  CHECK(invitation["roles"] == Json::array({"member", "designer"}));
  CHECK(hub.json_of(get(path, admin)) == Json::array({invitation}));
  CHECK(hub.json_of(get(hub.org_path("/memberships"), admin)).size() == 3);
  CHECK(hub.refused(invite({{"email", "new@acme.test"}}, admin)) == "422 email");
  CHECK(hub.refused(invite({{"email", "nobody"}}, admin)) == "422 email");
  CHECK(hub.refused(invite({{"name", "X"}}, admin)) == "422 email");
  CHECK(hub.refused(invite({{"email", "b@acme.test"}, {"roles", {"owner"}}}, admin)) == "422 roles");
  CHECK(hub.json_of(invite({{"email", "b@acme.test"}}, admin))["full_name"] == "b@acme.test");
  const std::string member = hub.bearer("member@acme.test");
  CHECK(hub.refused(get(path, member)) == "403 forbidden");
  CHECK(hub.refused(invite({{"email", "c@acme.test"}}, member)) == "403 forbidden");
  const std::string one = path + "/" + invitation["id"].get<std::string>();
  CHECK(hub.refused(ask(Method::delete_, one, member)) == "403 forbidden");
  CHECK(hub.refused(ask(Method::delete_, one, admin)) == "204");
  CHECK(hub.refused(ask(Method::delete_, one, admin)) == "404 not_found");
  CHECK(hub.refused(ask(Method::delete_, path + "/" + hub.membership(OauthHub::jane).id, admin)) == "404 not_found");
}

}  // namespace
}  // namespace hub::testing
