#include <doctest/doctest.h>

#include "hub/core/membership.h"
#include "support/test_hub.h"

namespace hub::core {
namespace {

using testing::code_of;
using testing::must;
using testing::TestHub;
using Names = std::vector<std::string>;

MembershipAnswer shown(TestHub& hub, const std::string& member) {
  return must(hub.run(hub.as_operator(), &show_membership, {.member = member, .org = "acme"}));
}

}  // namespace

TEST_CASE("members list all of their organization and contacts only themselves") {
  TestHub hub;
  hub.populate({"owner", "member", "contact"});
  const auto people = [&](const Call& call, const ListMemberships& request) {
    Names out;
    for (const MembershipAnswer& row : must(hub.list(call, &list_memberships, request))) out.push_back(row.person);
    return out;
  };
  const Names all{"owner@acme.test", "member@acme.test", "contact@acme.test"};
  CHECK(people(hub.as_operator(), {.org = "acme"}) == all);
  CHECK(people(hub.as("member@acme.test"), {.org = "acme"}) == all);
  CHECK(people(hub.as("member@acme.test"), {}) == all);
  CHECK(people(hub.as("contact@acme.test"), {.org = "acme"}) == Names{"contact@acme.test"});
  CHECK(people(hub.as("contact@acme.test"), {}) == Names{"contact@acme.test"});
  CHECK(people(hub.as_operator(), {}).size() == 4);
  CHECK(people(hub.as_operator(), {.org = "acme", .person = "owner@acme.test"}) == Names{"owner@acme.test"});
  CHECK(people(hub.as("member@acme.test"), {.org = "acme", .person = "owner@acme.test"}) == Names{"owner@acme.test"});
  CHECK(people(hub.as("contact@acme.test"), {.org = "acme", .person = "owner@acme.test"}).empty());
  CHECK(people(hub.as_operator(), {.org = "acme", .person = "foreign@zeta.test"}).empty());
  CHECK(people(hub.as_operator(), {.person = "owner@acme.test"}) == Names{"owner@acme.test"});
  CHECK(code_of(hub.list(hub.as("member@acme.test"), &list_memberships, {.person = "owner@acme.test"})) == "not_found");
}

TEST_CASE("one membership is shown to members and to its own person") {
  TestHub hub;
  hub.populate({"owner", "member", "contact"});
  const auto show = [&](const std::string& actor, const std::string& member) {
    return code_of(hub.run(hub.as(actor), &show_membership, {.member = member, .org = "acme"}));
  };
  CHECK(show("member@acme.test", "owner@acme.test") == "ok");
  CHECK(show("contact@acme.test", "contact@acme.test") == "ok");
  CHECK(show("contact@acme.test", "owner@acme.test") == "role_required");
  const MembershipAnswer owner = shown(hub, "owner@acme.test");
  CHECK(shown(hub, owner.id).id == owner.id);
  CHECK(shown(hub, owner.hash_id).id == owner.id);
  CHECK(must(hub.run(hub.as_operator(), &show_membership, {.member = owner.hash_id})).id == owner.id);
  CHECK(code_of(hub.run(hub.as_operator(), &show_membership, {.member = owner.id, .org = "zeta"})) == "not_found");
  CHECK(code_of(hub.run(hub.as_operator(), &show_membership, {.member = "owner@acme.test"})) == "not_found");
}

TEST_CASE("another organization and its members are like missing ones") {
  TestHub hub;
  hub.populate({"owner", "member"});
  const Call foreign = hub.as("foreign@zeta.test");
  const MembershipAnswer member = shown(hub, "member@acme.test");
  const std::string missing =
      hub.run(foreign, &show_membership, {.member = std::string("00000000-0000-7000-8000-000000000001")}).error().hint;
  for (const std::string& reference : {member.id, member.hash_id}) {
    const auto refused = hub.run(foreign, &show_membership, {.member = reference});
    CHECK(code_of(refused) == "not_found");
    CHECK(refused.error().hint == missing);
    CHECK(code_of(hub.run(foreign, &update_membership, {.member = reference, .role = {"admin"}})) == "not_found");
    CHECK(code_of(hub.run(foreign, &remove_member, {.member = reference})) == "not_found");
    CHECK(code_of(hub.run(foreign, &accept_invitation, {.member = reference})) == "not_found");
    CHECK(code_of(hub.run(foreign, &show_membership, {.member = reference, .org = "zeta"})) == "not_found");
  }
  CHECK(code_of(hub.list(foreign, &list_memberships, {.org = "acme"})) == "not_found");
  CHECK(must(hub.list(foreign, &list_memberships, {})).size() == 1);
  CHECK(code_of(hub.run(foreign, &invite_member, {.email = "x@acme.test", .org = "acme", .role = {"member"}})) ==
        "not_found");
  CHECK(code_of(hub.run(foreign, &add_service, {.name = "sync", .org = "acme", .role = "member"})) == "not_found");
  Call ensure = foreign;
  ensure.ensure = true;
  CHECK_FALSE(must(hub.run(ensure, &remove_member, {.member = member.id})).changed);
  CHECK(shown(hub, "member@acme.test").version == 1);
}

}  // namespace hub::core
