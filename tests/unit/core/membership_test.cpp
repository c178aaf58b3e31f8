#include "hub/core/membership.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "hub/core/reference.h"
#include "hub/store/connection.h"
#include "hub/store/token.h"
#include "support/test_hub.h"

namespace hub::core {
namespace {

using testing::code_of;
using testing::must;
using testing::TestHub;
using Names = std::vector<std::string>;

Result<Changed<MembershipAnswer>> set_roles(TestHub& hub, const Call& call, const std::string& member,
                                            const Names& roles) {
  return hub.run(call, &update_membership, {.member = member, .org = "acme", .role = roles});
}

Result<Changed<MembershipAnswer>> remove(TestHub& hub, const Call& call, const std::string& member) {
  return hub.run(call, &remove_member, {.member = member, .org = "acme"});
}

MembershipAnswer shown(TestHub& hub, const std::string& member) {
  return must(hub.run(hub.as_operator(), &show_membership, {.member = member, .org = "acme"}));
}

// A token with which the person acts for acme, and the row of which tells whether it was revoked.
TokenId issue_on_behalf(TestHub& hub, const std::string& email) {
  const PersonId person = hub.person_id(email);
  return must(hub.hub().write(hub.as_operator(), [&](Work& work) -> Result<TokenId> {
    Connection connection;
    connection.id = ConnectionId::make(work.now(), work.random());
    connection.app_id = AppId::make(work.now(), work.random());
    connection.organization_id = must(find_organization(work, "acme")).id;
    connection.granted_at = connection.created_at = connection.updated_at = work.now();
    store::insert_connection(work.db(), connection);
    Token token;
    token.id = TokenId::make(work.now(), work.random());
    token.family_id = FamilyId::make(work.now(), work.random());
    token.app_id = connection.app_id;
    token.connection_id = connection.id;
    token.organization_id = connection.organization_id;
    token.person_id = person;
    token.issued_at = work.now();
    token.expires_at = work.now() + Seconds(3600);
    store::insert_token(work.db(), token, std::nullopt);
    return token.id;
  }));
}

bool revoked(TestHub& hub, const TokenId& id) {
  return must(hub.hub().read(hub.as_operator(), [&](View& view) -> Result<bool> {
    return store::find_token(view.db(), id)->revoked_at.has_value();
  }));
}

}  // namespace

TEST_CASE("a member has exactly the roles named and is in at once") {
  TestHub hub;
  const OrganizationAnswer acme = hub.organization("acme");
  const PersonAnswer jane = hub.person("jane@acme.test", false);
  const auto added = must(hub.run(hub.as_operator(), &add_member,
                                  {.person = "Jane@acme.test", .org = "acme", .role = {"designer,owner", "admin"}}));
  CHECK(added.changed);
  CHECK(added.name == "acme/jane@acme.test");
  CHECK(added.object->roles == Names{"owner", "admin", "designer"});
  CHECK(added.object->state == "joined");
  CHECK(added.object->joined_at == hub.clock().now());
  CHECK(added.object->kind == "human");
  CHECK(added.object->person_id == jane.id);
  const std::vector<Event> events = hub.events();
  REQUIRE(events.size() == 1);
  CHECK(events[0].name == "zaikio.member_joined");
  CHECK(events[0].subject == "Org/" + acme.id);
  CHECK(events[0].payload == R"({"membership_id":")" + added.object->id + R"(","person_id":")" + jane.id + R"("})");
}

TEST_CASE("adding somebody who is in is refused unless ensure finds the same roles") {
  TestHub hub;
  hub.populate({"member"});
  Call call = hub.as_operator();
  CHECK(code_of(hub.run(call, &add_member, {.person = "member@acme.test", .org = "acme", .role = {"member"}})) ==
        "exists");
  call.ensure = true;
  const auto same = must(hub.run(call, &add_member, {.person = "MEMBER@acme.test", .org = "acme", .role = {"member"}}));
  CHECK_FALSE(same.changed);
  CHECK(code_of(hub.run(call, &add_member, {.person = "member@acme.test", .org = "acme", .role = {"admin"}})) ==
        "exists");
  CHECK(shown(hub, "member@acme.test").roles == Names{"member"});
}

TEST_CASE("adding needs a person and roles that can be held together") {
  TestHub hub;
  hub.populate({});
  hub.person("jane@acme.test");
  const Call call = hub.as_operator();
  const auto add = [&](const std::string& person, const Names& roles) {
    return code_of(hub.run(call, &add_member, {.person = person, .org = "acme", .role = roles}));
  };
  CHECK(add("none@acme.test", {"member"}) == "not_found");
  CHECK(add("jane@acme.test", {}) == "invalid_request");
  CHECK(add("jane@acme.test", {","}) == "invalid_request");
  CHECK(add("jane@acme.test", {"boss"}) == "unknown_role");
  CHECK(add("jane@acme.test", {"member,contact"}) == "invalid_request");
  CHECK(add("jane@acme.test", {"contact"}) == "ok");
}

TEST_CASE("only an operator adds people without asking them") {
  TestHub hub;
  hub.populate({"owner", "admin", "member", "developer", "contact"});
  hub.person("new@acme.test");
  hub.person("chief@acme.test");
  const auto add = [&](const std::string& actor, const std::string& person, const std::string& role) {
    return code_of(hub.run(hub.as(actor), &add_member, {.person = person, .org = "acme", .role = {role}}));
  };
  for (const std::string role : {"member", "developer", "contact"}) {
    CHECK(add(role + "@acme.test", "new@acme.test", "member") == "role_required");
  }
  CHECK(add("foreign@zeta.test", "new@acme.test", "member") == "not_found");
  CHECK(add("new@acme.test", "new@acme.test", "owner") == "not_found");
  // An answer that depended on the address would tell which addresses have an account.
  CHECK(add("admin@acme.test", "new@acme.test", "admin") == "principal_not_allowed");
  CHECK(add("admin@acme.test", "nobody@acme.test", "member") == "principal_not_allowed");
  CHECK(add("owner@acme.test", "chief@acme.test", "owner") == "principal_not_allowed");
}

TEST_CASE("roles are replaced or given and taken one by one") {
  TestHub hub;
  hub.populate({"owner", "member"});
  const Call call = hub.as_operator();
  const std::string member = "member@acme.test";
  const auto given =
      must(hub.run(call, &update_membership, {.member = member, .org = "acme", .add_role = {"designer,admin"}}));
  CHECK(given.object->roles == Names{"admin", "member", "designer"});
  const auto both =
      must(hub.run(call, &update_membership,
                   {.member = given.object->id, .add_role = {"purchaser"}, .remove_role = {"member", "designer"}}));
  CHECK(both.object->roles == Names{"admin", "purchaser"});
  CHECK(must(set_roles(hub, call, member, {"developer"})).object->roles == Names{"developer"});
  CHECK_FALSE(must(set_roles(hub, call, member, {"developer"})).changed);
  CHECK_FALSE(
      must(hub.run(call, &update_membership, {.member = member, .org = "acme", .remove_role = {"admin"}})).changed);
  CHECK(shown(hub, member).version == 4);
  CHECK(code_of(hub.run(call, &update_membership,
                        {.member = member, .org = "acme", .role = {"admin"}, .add_role = {"member"}})) ==
        "invalid_request");
  CHECK(code_of(hub.run(call, &update_membership, {.member = member, .org = "acme", .remove_role = {"developer"}})) ==
        "invalid_request");
  const Names names = hub.event_names();
  CHECK(std::count(names.begin(), names.end(), "zaikio.member_roles_updated") == 3);
}

TEST_CASE("contact stands alone") {
  TestHub hub;
  hub.populate({"member", "contact"});
  const Call call = hub.as_operator();
  const auto change = [&](const std::string& member, const Names& add, const Names& remove) {
    return hub.run(call, &update_membership, {.member = member, .org = "acme", .add_role = add, .remove_role = remove});
  };
  CHECK(code_of(change("member@acme.test", {"contact"}, {})) == "invalid_request");
  CHECK(must(change("contact@acme.test", {"member"}, {})).object->roles == Names{"member"});
  CHECK(must(change("member@acme.test", {"contact"}, {"member"})).object->roles == Names{"contact"});
}

TEST_CASE("the last owner keeps the role and the membership") {
  TestHub hub;
  hub.populate({"owner", "admin"});
  for (const Call& call : {hub.as_operator(), hub.as("owner@acme.test")}) {
    CHECK(code_of(set_roles(hub, call, "owner@acme.test", {"admin"})) == "last_owner");
    CHECK(code_of(remove(hub, call, "owner@acme.test")) == "last_owner");
  }
  CHECK(must(set_roles(hub, hub.as("owner@acme.test"), "owner@acme.test", {"owner", "admin"})).changed);
  must(set_roles(hub, hub.as("owner@acme.test"), "admin@acme.test", {"owner"}));
  CHECK(code_of(set_roles(hub, hub.as("owner@acme.test"), "owner@acme.test", {"admin"})) == "ok");
  CHECK(code_of(remove(hub, hub.as_operator(), "admin@acme.test")) == "last_owner");
}

TEST_CASE("an invitation or a service account does not stand in for the last owner") {
  TestHub hub;
  hub.populate({"owner"});
  const Call call = hub.as_operator();
  const auto invited =
      must(hub.run(call, &invite_member, {.email = "next@acme.test", .org = "acme", .role = {"admin"}}));
  const auto service = must(hub.run(call, &add_service, {.name = "sync", .org = "acme", .role = "admin"}));
  CHECK(code_of(set_roles(hub, call, invited.object->id, {"owner"})) == "wrong_state");
  CHECK(code_of(set_roles(hub, call, service.object->id, {"owner"})) == "invalid_request");
  CHECK(code_of(remove(hub, call, "owner@acme.test")) == "last_owner");
}

TEST_CASE("an organization without an owner loses members freely until it has one") {
  TestHub hub;
  hub.populate({"admin", "member"});
  CHECK(code_of(remove(hub, hub.as_operator(), "member@acme.test")) == "ok");
  CHECK(code_of(set_roles(hub, hub.as("admin@acme.test"), "admin@acme.test", {"owner"})) == "role_required");
  CHECK(code_of(set_roles(hub, hub.as_operator(), "admin@acme.test", {"owner"})) == "ok");
  CHECK(code_of(remove(hub, hub.as_operator(), "admin@acme.test")) == "last_owner");
}

TEST_CASE("only owners give and take the role of an owner") {
  TestHub hub;
  hub.populate({"owner", "admin", "member"});
  hub.person("second@acme.test");
  hub.member("second@acme.test", "acme", {"owner"});
  const Call admin = hub.as("admin@acme.test");
  CHECK(code_of(set_roles(hub, admin, "admin@acme.test", {"owner", "admin"})) == "role_required");
  CHECK(code_of(set_roles(hub, admin, "second@acme.test", {"member"})) == "role_required");
  CHECK(code_of(set_roles(hub, admin, "second@acme.test", {"owner", "designer"})) == "ok");
  CHECK(code_of(set_roles(hub, hub.as("owner@acme.test"), "second@acme.test", {"member"})) == "ok");
  CHECK(code_of(set_roles(hub, hub.as("owner@acme.test"), "admin@acme.test", {"owner"})) == "ok");
}

TEST_CASE("roles are read again for every act") {
  TestHub hub;
  hub.populate({"owner", "admin", "member"});
  const Call admin = hub.as("admin@acme.test");
  CHECK(code_of(set_roles(hub, admin, "member@acme.test", {"designer"})) == "ok");
  must(set_roles(hub, hub.as_operator(), "admin@acme.test", {"member"}));
  CHECK(code_of(set_roles(hub, admin, "member@acme.test", {"member"})) == "role_required");
  must(remove(hub, hub.as_operator(), "admin@acme.test"));
  CHECK(code_of(set_roles(hub, admin, "member@acme.test", {"member"})) == "not_found");
}

TEST_CASE("names and metadata are changed by oneself or an admin or for contacts by any member") {
  TestHub hub;
  hub.populate({"owner", "admin", "member", "developer", "contact"});
  const auto rename = [&](const std::string& actor, const std::string& member) {
    return code_of(hub.run(hub.as(actor + "@acme.test"), &update_membership,
                           {.member = member + "@acme.test", .org = "acme", .first_name = {actor}}));
  };
  CHECK(rename("member", "member") == "ok");
  CHECK(rename("member", "developer") == "role_required");
  CHECK(rename("member", "contact") == "ok");
  CHECK(rename("contact", "contact") == "ok");
  CHECK(rename("contact", "member") == "role_required");
  CHECK(rename("admin", "owner") == "ok");
  CHECK(code_of(set_roles(hub, hub.as("member@acme.test"), "contact@acme.test", {"member"})) == "role_required");
  CHECK(code_of(set_roles(hub, hub.as("member@acme.test"), "member@acme.test", {"admin"})) == "role_required");
  const MembershipAnswer owner = shown(hub, "owner@acme.test");
  CHECK(owner.first_name == "admin");
  CHECK(owner.version == 2);
}

TEST_CASE("a partial update keeps what it does not name and knows the version") {
  TestHub hub;
  hub.populate({"member"});
  Call call = hub.as_operator();
  const std::string member = "member@acme.test";
  must(hub.run(call, &update_membership,
               {.member = member,
                .org = "acme",
                .first_name = {"Jane"},
                .last_name = {"Miller"},
                .metadata = ObjectText{R"({"desk":4})"}}));
  UpdateMembership unset{.member = member, .org = "acme"};
  unset.last_name = Patch<std::string>::unset();
  call.if_version = 1;
  CHECK(code_of(hub.run(call, &update_membership, unset)) == "stale");
  CHECK(code_of(remove(hub, call, member)) == "stale");
  call.if_version = 2;
  const auto after = must(hub.run(call, &update_membership, unset));
  CHECK(after.object->first_name == "Jane");
  CHECK(after.object->last_name == std::nullopt);
  CHECK(after.object->metadata.json == R"({"desk":4})");
  CHECK(after.object->roles == Names{"member"});
  call.if_version = std::nullopt;
  const ObjectText large{"{\"a\":\"" + std::string(limits::metadata_bytes, 'x') + "\"}"};
  CHECK(code_of(hub.run(call, &update_membership, {.member = member, .org = "acme", .metadata = large})) ==
        "invalid_request");
  CHECK(code_of(hub.run(call, &update_membership, {.member = member, .org = "acme", .first_name = {"a\tb"}})) ==
        "invalid_request");
  CHECK(must(remove(hub, call, member)).changed);
}

TEST_CASE("who may remove whom") {
  TestHub hub;
  hub.populate({"owner", "admin", "member", "developer", "designer", "contact"});
  CHECK(code_of(remove(hub, hub.as("member@acme.test"), "developer@acme.test")) == "role_required");
  CHECK(code_of(remove(hub, hub.as("contact@acme.test"), "developer@acme.test")) == "role_required");
  CHECK(code_of(remove(hub, hub.as("foreign@zeta.test"), "developer@acme.test")) == "not_found");
  CHECK(code_of(remove(hub, hub.as("admin@acme.test"), "owner@acme.test")) == "last_owner");
  CHECK(code_of(remove(hub, hub.as("developer@acme.test"), "developer@acme.test")) == "ok");
  CHECK(code_of(remove(hub, hub.as("member@acme.test"), "contact@acme.test")) == "ok");
  CHECK(code_of(remove(hub, hub.as("admin@acme.test"), "designer@acme.test")) == "ok");
  CHECK(code_of(remove(hub, hub.as("admin@acme.test"), "admin@acme.test")) == "ok");
  const Names names = hub.event_names();
  CHECK(std::count(names.begin(), names.end(), "zaikio.member_left") == 4);
  CHECK(must(hub.list(hub.as_operator(), &list_memberships, {.org = "acme"})).size() == 2);
}

TEST_CASE("tokens on behalf of a member end with the membership and not with a change of roles") {
  TestHub hub;
  hub.populate({"admin", "member"});
  const TokenId token = issue_on_behalf(hub, "member@acme.test");
  const TokenId kept = issue_on_behalf(hub, "admin@acme.test");
  must(set_roles(hub, hub.as_operator(), "member@acme.test", {"designer"}));
  CHECK_FALSE(revoked(hub, token));
  must(remove(hub, hub.as_operator(), "member@acme.test"));
  CHECK(revoked(hub, token));
  CHECK_FALSE(revoked(hub, kept));
}

TEST_CASE("removing somebody who is gone is fine with ensure only") {
  TestHub hub;
  hub.populate({"member"});
  Call call = hub.as_operator();
  must(remove(hub, call, "member@acme.test"));
  CHECK(code_of(remove(hub, call, "member@acme.test")) == "not_found");
  call.ensure = true;
  const auto gone = must(remove(hub, call, "member@acme.test"));
  CHECK_FALSE(gone.changed);
  CHECK_FALSE(gone.object.has_value());
}

TEST_CASE("a service account has no person and is member or admin") {
  TestHub hub;
  hub.populate({"owner", "admin", "member"});
  const Call admin = hub.as("admin@acme.test");
  const auto made = must(hub.run(admin, &add_service, {.name = "nightly sync", .org = "acme", .role = "member"}));
  CHECK(made.object->person == "nightly sync");
  CHECK(made.object->kind == "service");
  CHECK(made.object->state == "joined");
  CHECK_FALSE(made.object->person_id.has_value());
  CHECK(code_of(hub.run(admin, &add_service, {.name = "boss", .org = "acme", .role = "owner"})) == "invalid_request");
  CHECK(code_of(hub.run(admin, &add_service, {.name = " ", .org = "acme", .role = "member"})) == "invalid_request");
  CHECK(code_of(hub.run(hub.as("member@acme.test"), &add_service, {.name = "mine", .org = "acme", .role = "member"})) ==
        "role_required");
  CHECK(code_of(hub.run(admin, &add_service, {.name = "nightly sync", .org = "acme", .role = "member"})) == "exists");
  Call ensure = admin;
  ensure.ensure = true;
  CHECK_FALSE(must(hub.run(ensure, &add_service, {.name = "nightly sync", .org = "acme", .role = "member"})).changed);
  CHECK(code_of(hub.run(ensure, &add_service, {.name = "nightly sync", .org = "acme", .role = "admin"})) == "exists");
  CHECK(code_of(set_roles(hub, admin, made.object->id, {"purchaser"})) == "invalid_request");
  CHECK(code_of(set_roles(hub, admin, made.object->id, {"admin"})) == "ok");
  CHECK(hub.event_names().size() == 4);  // of the people only
}

}  // namespace hub::core
