#include "hub/core/organization.h"

#include <doctest/doctest.h>

#include "support/test_hub.h"

namespace hub::core {
namespace {

using testing::code_of;
using testing::must;
using testing::TestHub;

std::vector<std::string> slugs(const std::vector<OrganizationAnswer>& rows) {
  std::vector<std::string> out;
  for (const OrganizationAnswer& row : rows) out.push_back(row.slug);
  return out;
}

}  // namespace

TEST_CASE("the slug of an organization comes from its name and the answer carries the defaults") {
  TestHub hub;
  const auto made = must(hub.run(hub.as_operator(), &create_organization, {.name = "North County 211"}));
  CHECK(made.changed);
  CHECK(made.name == "north-county-211");
  CHECK(made.object->name == "North County 211");
  CHECK(made.object->kinds == std::vector<std::string>{"other"});
  CHECK(made.object->members == 0);
  CHECK(made.object->version == 1);
  CHECK(made.object->metadata.json == "{}");
}

TEST_CASE("a name that gives no slug needs one of its own") {
  TestHub hub;
  const auto refused = hub.run(hub.as_operator(), &create_organization, {.name = "山"});
  REQUIRE(code_of(refused) == "invalid_request");
  CHECK(refused.error().field == "slug");
  CHECK(code_of(hub.run(hub.as_operator(), &create_organization, {.name = "山", .slug = "yama"})) == "ok");
}

TEST_CASE("values that no organization has are refused") {
  TestHub hub;
  const Call call = hub.as_operator();
  CHECK(code_of(hub.run(call, &create_organization, {.name = "a\u202Eb", .slug = "a"})) == "invalid_request");
  CHECK(code_of(hub.run(call, &create_organization, {.name = "A", .slug = "-a"})) == "invalid_request");
  CHECK(code_of(hub.run(call, &create_organization, {.name = "A", .slug = "A"})) == "invalid_request");
  CHECK(code_of(hub.run(call, &create_organization, {.name = "A", .kinds = {"bakery"}})) == "invalid_request");
  CHECK(code_of(hub.run(call, &create_organization, {.name = "A", .country_code = "de"})) == "invalid_request");
  const ObjectText large{"{\"a\":\"" + std::string(limits::metadata_bytes, 'x') + "\"}"};
  CHECK(code_of(hub.run(call, &create_organization, {.name = "A", .metadata = large})) == "invalid_request");
  CHECK(must(hub.list(call, &list_organizations, {})).empty());
}

TEST_CASE("a taken slug is refused unless ensure finds the same values") {
  TestHub hub;
  Call call = hub.as_operator();
  must(hub.run(call, &create_organization, {.name = "Acme", .kinds = {"printer"}}));
  CHECK(code_of(hub.run(call, &create_organization, {.name = "Acme"})) == "exists");
  call.ensure = true;
  const auto same = must(hub.run(call, &create_organization, {.name = "Acme"}));
  CHECK_FALSE(same.changed);
  CHECK(same.object->kinds == std::vector<std::string>{"printer"});
  CHECK(code_of(hub.run(call, &create_organization, {.name = "Acme", .kinds = {"designer"}})) == "exists");
  CHECK(code_of(hub.run(call, &create_organization, {.name = "ACME"})) == "exists");
  CHECK(must(hub.list(call, &list_organizations, {})).size() == 1);
}

TEST_CASE("a person who creates an organization is its owner and admin and an operator is nothing in it") {
  TestHub hub;
  hub.person("jane@acme.test");
  CHECK(hub.organization("empty").members == 0);
  CHECK(must(hub.run(hub.as("jane@acme.test"), &create_organization, {.name = "Acme"})).object->members == 1);
  const auto rows = must(hub.list(hub.as_operator(), &list_memberships, {.org = "acme"}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].person == "jane@acme.test");
  CHECK(rows[0].roles == std::vector<std::string>{"owner", "admin"});
  CHECK(rows[0].state == "joined");
}

TEST_CASE("a dry run makes nothing") {
  TestHub hub;
  Call call = hub.as_operator();
  call.dry_run = true;
  CHECK(must(hub.run(call, &create_organization, {.name = "Acme"})).changed);
  CHECK(must(hub.list(hub.as_operator(), &list_organizations, {})).empty());
}

TEST_CASE("a person sees only the organizations they joined and others are like missing ones") {
  TestHub hub;
  hub.organization("acme");
  const OrganizationAnswer zeta = hub.organization("zeta");
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"owner"});
  const Call jane = hub.as("jane@acme.test");
  CHECK(slugs(must(hub.list(jane, &list_organizations, {}))) == std::vector<std::string>{"acme"});
  CHECK(slugs(must(hub.list(hub.as_operator(), &list_organizations, {}))) == std::vector<std::string>{"acme", "zeta"});
  const auto missing = hub.run(jane, &show_organization, {.organization = "nowhere"});
  for (const std::string& reference : {std::string("zeta"), zeta.id, zeta.hash_id, std::string("org:zeta")}) {
    const auto foreign = hub.run(jane, &show_organization, {.organization = reference});
    CHECK(code_of(foreign) == "not_found");
    CHECK(foreign.error().hint == missing.error().hint);
    CHECK(code_of(hub.run(jane, &update_organization, {.organization = reference, .name = "Mine"})) == "not_found");
    CHECK(code_of(hub.run(jane, &delete_organization, {.organization = reference, .confirm = "zeta"})) == "not_found");
  }
  CHECK(must(hub.run(hub.as_operator(), &show_organization, {.organization = "zeta"})).name == "zeta");
}

TEST_CASE("an open invitation opens no organization") {
  TestHub hub;
  hub.organization("acme");
  hub.person("jane@acme.test");
  must(hub.run(hub.as_operator(), &invite_member, {.email = "jane@acme.test", .org = "acme", .role = {"admin"}}));
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &show_organization, {.organization = "acme"})) == "not_found");
}

TEST_CASE("an update changes what it names and counts the version") {
  TestHub hub;
  hub.organization("acme");
  Call call = hub.as_operator();
  const auto named = must(hub.run(call, &update_organization, {.organization = "acme", .country_code = {"DE"}}));
  CHECK(named.changed);
  CHECK(named.object->name == "acme");
  CHECK(named.object->country_code == "DE");
  CHECK(named.object->version == 2);
  const auto again = must(hub.run(call, &update_organization, {.organization = "acme", .country_code = {"DE"}}));
  CHECK_FALSE(again.changed);
  CHECK(again.object->version == 2);
  UpdateOrganization unset{.organization = "acme", .name = "Acme Ltd"};
  unset.country_code = Patch<std::string>::unset();
  call.if_version = 1;
  CHECK(code_of(hub.run(call, &update_organization, unset)) == "stale");
  call.if_version = 2;
  const auto cleared = must(hub.run(call, &update_organization, unset));
  CHECK(cleared.object->country_code == std::nullopt);
  CHECK(cleared.object->slug == "acme");
  CHECK(hub.event_names() == std::vector<std::string>{"zaikio.organization_updated", "zaikio.organization_updated"});
}

TEST_CASE("only admins update an organization and only owners delete it") {
  TestHub hub;
  hub.organization("acme");
  const std::vector<std::string> roles{"owner", "admin", "member", "developer", "contact"};
  for (const std::string& role : roles) {
    hub.person(role + "@acme.test");
    hub.member(role + "@acme.test", "acme", {role});
  }
  for (const std::string& role : roles) {
    const Call call = hub.as(role + "@acme.test");
    const bool admin = role == "owner" || role == "admin";
    CAPTURE(role);
    CHECK(code_of(hub.run(call, &update_organization, {.organization = "acme", .name = "Acme of " + role})) ==
          (admin ? "ok" : "role_required"));
    if (role == "owner") continue;
    CHECK(code_of(hub.run(call, &delete_organization, {.organization = "acme", .confirm = "acme"})) == "role_required");
  }
  const Call owner = hub.as("owner@acme.test");
  CHECK(code_of(hub.run(owner, &delete_organization, {.organization = "acme", .confirm = "Acme"})) ==
        "invalid_request");
  CHECK(code_of(hub.run(owner, &delete_organization, {.organization = "acme", .confirm = "acme"})) == "ok");
  CHECK(must(hub.list(hub.as_operator(), &list_memberships, {})).empty());
}

TEST_CASE("deleting what is gone is fine with ensure only") {
  TestHub hub;
  Call call = hub.as_operator();
  CHECK(code_of(hub.run(call, &delete_organization, {.organization = "acme", .confirm = "acme"})) == "not_found");
  call.ensure = true;
  const auto gone = must(hub.run(call, &delete_organization, {.organization = "acme", .confirm = "acme"}));
  CHECK_FALSE(gone.changed);
  CHECK_FALSE(gone.object.has_value());
}

TEST_CASE("the slug of a deleted organization is free again and its id is not") {
  TestHub hub;
  const OrganizationAnswer before = hub.organization("acme");
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"owner"});
  must(hub.run(hub.as_operator(), &delete_organization, {.organization = "acme", .confirm = "acme"}));
  const OrganizationAnswer after = hub.organization("acme");
  CHECK(after.id != before.id);
  CHECK(after.members == 0);
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &show_organization, {.organization = "acme"})) == "not_found");
}

}  // namespace hub::core
