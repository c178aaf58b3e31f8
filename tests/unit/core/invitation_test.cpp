#include <doctest/doctest.h>

#include <algorithm>

#include "hub/core/mail.h"
#include "hub/core/membership.h"
#include "hub/core/organization.h"
#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "support/test_hub.h"

namespace hub::core {
namespace {

using testing::code_of;
using testing::must;
using testing::TestHub;
using Names = std::vector<std::string>;

Result<Changed<MembershipAnswer>> invite(TestHub& hub, const Call& call, const std::string& email,
                                         const Names& roles = {"member"}) {
  return hub.run(call, &invite_member, {.email = email, .org = "acme", .role = roles});
}

Result<Changed<MembershipAnswer>> accept(TestHub& hub, const Call& call, const std::string& member) {
  return hub.run(call, &accept_invitation, {.member = member, .org = "acme"});
}

std::size_t joins(TestHub& hub) {
  const Names names = hub.event_names();
  return static_cast<std::size_t>(std::count(names.begin(), names.end(), "zaikio.member_joined"));
}

std::vector<MembershipAnswer> members(TestHub& hub) {
  return must(hub.list(hub.as_operator(), &list_memberships, {.org = "acme"}));
}

void make_acme(TestHub& hub) {
  hub.organization("acme");
  hub.person("admin@acme.test");
  hub.member("admin@acme.test", "acme", {"admin"});
}

}  // namespace

TEST_CASE("an invitation is open for seven days and gives no rights") {
  TestHub hub;
  make_acme(hub);
  const auto invited = must(invite(hub, hub.as("admin@acme.test"), "Jane@acme.test", {"admin"}));
  CHECK(invited.object->person == "Jane@acme.test");
  CHECK(invited.object->state == "invited");
  CHECK_FALSE(invited.object->joined_at.has_value());
  CHECK(invited.object->invited_at == hub.clock().now());
  CHECK(invited.object->invitation_expires_at == hub.clock().now() + lifetimes::invitation);
  hub.person("jane@acme.test");
  const Call jane = hub.as("jane@acme.test");
  CHECK(code_of(hub.run(jane, &show_organization, {.organization = "acme"})) == "not_found");
  CHECK(code_of(hub.list(jane, &list_memberships, {.org = "acme"})) == "not_found");
  CHECK(code_of(hub.run(jane, &update_membership, {.member = invited.object->id, .first_name = {"Jane"}})) ==
        "role_required");
  CHECK(code_of(hub.run(jane, &show_membership, {.member = invited.object->id})) == "ok");
  CHECK(joins(hub) == 1);
}

TEST_CASE("nobody is invited as owner or contact or without an address or a role") {
  TestHub hub;
  make_acme(hub);
  const Call call = hub.as_operator();
  for (const Names& roles : {Names{"owner"}, Names{"admin", "owner"}, Names{"contact"}, Names{}}) {
    CHECK(code_of(invite(hub, call, "jane@acme.test", roles)) == "invalid_request");
  }
  CHECK(code_of(invite(hub, call, "jane@acme.test", {"boss"})) == "unknown_role");
  CHECK(code_of(invite(hub, call, "jane")) == "invalid_request");
  CHECK(members(hub).size() == 1);
  CHECK(must(invite(hub, call, "jane@acme.test", {"designer,developer"})).object->roles ==
        Names{"designer", "developer"});
}

TEST_CASE("inviting needs an admin") {
  TestHub hub;
  make_acme(hub);
  for (const std::string role : {"member", "contact"}) {
    hub.person(role + "@acme.test");
    hub.member(role + "@acme.test", "acme", {role});
    CHECK(code_of(invite(hub, hub.as(role + "@acme.test"), "jane@acme.test")) == "role_required");
  }
}

TEST_CASE("an address is invited once whatever its case") {
  TestHub hub;
  make_acme(hub);
  Call call = hub.as_operator();
  must(invite(hub, call, "jane@acme.test"));
  CHECK(code_of(invite(hub, call, "JANE@acme.test")) == "exists");
  CHECK(code_of(invite(hub, call, "Admin@acme.test")) == "exists");
  call.ensure = true;
  CHECK_FALSE(must(invite(hub, call, "JANE@acme.test")).changed);
  CHECK(code_of(invite(hub, call, "jane@acme.test", {"admin"})) == "exists");
  CHECK_FALSE(must(invite(hub, call, "admin@acme.test", {"admin"})).changed);
  CHECK(members(hub).size() == 2);
}

TEST_CASE("the invited person accepts and is in") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  const auto invited = must(invite(hub, hub.as("admin@acme.test"), "jane@acme.test", {"designer"}));
  hub.clock().advance(Seconds(60));
  const auto accepted = must(accept(hub, hub.as("jane@acme.test"), "jane@acme.test"));
  CHECK(accepted.object->id == invited.object->id);
  CHECK(accepted.object->state == "joined");
  CHECK(accepted.object->joined_at == hub.clock().now());
  CHECK(accepted.object->roles == Names{"designer"});
  CHECK(accepted.object->version == 2);
  CHECK(joins(hub) == 2);
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &show_organization, {.organization = "acme"})) == "ok");
}

TEST_CASE("an invitation is found by its id or by its organization or as the only one") {
  for (const int way : {0, 1, 2, 3}) {
    TestHub hub;
    make_acme(hub);
    hub.person("jane@acme.test");
    const auto invited = must(invite(hub, hub.as_operator(), "jane@acme.test"));
    AcceptInvitation request;
    if (way == 0) request.member = invited.object->id;
    if (way == 1) request.member = invited.object->hash_id;
    if (way == 2) request.org = "acme";
    CAPTURE(way);
    CHECK(code_of(hub.run(hub.as("jane@acme.test"), &accept_invitation, request)) == "ok");
  }
}

TEST_CASE("several open invitations of a person have to be told apart") {
  TestHub hub;
  make_acme(hub);
  hub.organization("zeta");
  hub.person("jane@acme.test");
  const Call call = hub.as_operator();
  CHECK(code_of(hub.run(call, &accept_invitation, {.person = "jane@acme.test"})) == "not_found");
  CHECK(code_of(hub.run(call, &accept_invitation, {})) == "invalid_request");
  must(invite(hub, call, "jane@acme.test"));
  must(hub.run(call, &invite_member, {.email = "jane@acme.test", .org = "zeta", .role = {"member"}}));
  CHECK(code_of(hub.run(call, &accept_invitation, {.person = "jane@acme.test"})) == "ambiguous_reference");
  CHECK(code_of(hub.run(call, &accept_invitation, {.org = "zeta", .person = "jane@acme.test"})) == "ok");
  CHECK(must(hub.run(call, &accept_invitation, {.person = "jane@acme.test"})).object->org == "acme");
}

TEST_CASE("nobody accepts for somebody else") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  hub.person("kim@acme.test");
  const auto invited = must(invite(hub, hub.as_operator(), "jane@acme.test"));
  CHECK(code_of(accept(hub, hub.as("admin@acme.test"), invited.object->id)) == "principal_not_allowed");
  CHECK(code_of(hub.run(hub.as("kim@acme.test"), &accept_invitation, {.member = invited.object->id})) == "not_found");
  CHECK(code_of(hub.run(hub.as("kim@acme.test"), &accept_invitation, {.person = "jane@acme.test"})) == "not_found");
  CHECK(joins(hub) == 1);
}

TEST_CASE("an address that is not verified accepts nothing until it is") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test", false);
  const auto invited = must(invite(hub, hub.as_operator(), "jane@acme.test"));
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &accept_invitation, {.member = invited.object->id})) == "not_found");
  CHECK(code_of(accept(hub, hub.as("jane@acme.test"), "jane@acme.test")) == "not_found");
  must(hub.run(hub.as_operator(), &verify_email, {.person = "jane@acme.test"}));
  CHECK(code_of(accept(hub, hub.as("jane@acme.test"), "jane@acme.test")) == "ok");
}

TEST_CASE("an operator accepts for the person with the address who must exist") {
  TestHub hub;
  make_acme(hub);
  const Call call = hub.as_operator();
  must(invite(hub, call, "jane@acme.test"));
  CHECK(code_of(accept(hub, call, "jane@acme.test")) == "not_found");
  const PersonAnswer jane = hub.person("jane@acme.test", false);
  CHECK(must(accept(hub, call, "JANE@acme.test")).object->person_id == jane.id);
}

TEST_CASE("an invitation is accepted once") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  must(invite(hub, hub.as_operator(), "jane@acme.test"));
  Call jane = hub.as("jane@acme.test");
  must(accept(hub, jane, "jane@acme.test"));
  CHECK(code_of(accept(hub, jane, "jane@acme.test")) == "wrong_state");
  jane.ensure = true;
  CHECK_FALSE(must(accept(hub, jane, "jane@acme.test")).changed);
  CHECK(joins(hub) == 2);
}

TEST_CASE("an expired invitation is renewed by inviting again") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  const auto first = must(invite(hub, hub.as_operator(), "jane@acme.test", {"admin"}));
  hub.clock().advance(lifetimes::invitation - Seconds(1));
  CHECK(code_of(invite(hub, hub.as_operator(), "jane@acme.test")) == "exists");
  hub.clock().advance(Seconds(1));
  CHECK(code_of(accept(hub, hub.as("jane@acme.test"), "jane@acme.test")) == "wrong_state");
  CHECK(code_of(accept(hub, hub.as_operator(), "jane@acme.test")) == "wrong_state");
  const auto second = must(invite(hub, hub.as_operator(), "jane@acme.test", {"member"}));
  CHECK(second.changed);
  CHECK(second.object->id == first.object->id);
  CHECK(second.object->roles == Names{"member"});
  CHECK(second.object->invitation_expires_at == hub.clock().now() + lifetimes::invitation);
  CHECK(must(accept(hub, hub.as("jane@acme.test"), "jane@acme.test")).object->roles == Names{"member"});
}

TEST_CASE("adding a person uses up the open invitation of their address") {
  TestHub hub;
  make_acme(hub);
  const auto invited = must(invite(hub, hub.as_operator(), "jane@acme.test", {"member"}));
  hub.person("jane@acme.test", false);
  const MembershipAnswer added = hub.member("Jane@acme.test", "acme", {"owner"});
  CHECK(added.id == invited.object->id);
  CHECK(added.state == "joined");
  CHECK(added.roles == Names{"owner"});
  CHECK(members(hub).size() == 2);
  CHECK(joins(hub) == 2);
}

TEST_CASE("an invitation is withdrawn by an admin or declined by the invited without an event") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  must(invite(hub, hub.as_operator(), "jane@acme.test"));
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &remove_member, {.member = "jane@acme.test", .org = "acme"})) ==
        "ok");
  must(invite(hub, hub.as_operator(), "jane@acme.test"));
  CHECK(code_of(hub.run(hub.as("admin@acme.test"), &remove_member, {.member = "jane@acme.test", .org = "acme"})) ==
        "ok");
  CHECK(members(hub).size() == 1);
  CHECK(hub.event_names() == Names{"zaikio.member_joined"});
}

TEST_CASE("an admin does not learn from an invitation who has signed up") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  const Call admin = hub.as("admin@acme.test");
  const MembershipAnswer known = *must(invite(hub, admin, "Jane@acme.test")).object;
  const MembershipAnswer unknown = *must(invite(hub, admin, "Kim@acme.test")).object;
  CHECK(known.person == "Jane@acme.test");
  CHECK_FALSE(known.person_id.has_value());
  CHECK_FALSE(unknown.person_id.has_value());
  CHECK(known.version == unknown.version);
  CHECK(known.updated_at == unknown.updated_at);
}

TEST_CASE("a new holder of an address does not find the membership of the former one") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  must(invite(hub, hub.as_operator(), "jane@acme.test", {"admin"}));
  must(accept(hub, hub.as("jane@acme.test"), "jane@acme.test"));
  must(hub.run(hub.as_operator(), &update_person, {.person = "jane@acme.test", .email = "jane@new.test"}));
  hub.person("jane@acme.test");
  CHECK(code_of(hub.run(hub.as_operator(), &show_membership, {.member = "jane@acme.test", .org = "acme"})) ==
        "not_found");
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &show_organization, {.organization = "acme"})) == "not_found");
  CHECK(must(invite(hub, hub.as_operator(), "jane@acme.test")).changed);
  CHECK(code_of(accept(hub, hub.as("jane@acme.test"), "jane@acme.test")) == "ok");
  CHECK(members(hub).size() == 3);
}

TEST_CASE("a renewed invitation belongs to whoever holds the address now") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  const auto invited = must(invite(hub, hub.as_operator(), "jane@acme.test"));
  must(hub.run(hub.as_operator(), &update_person, {.person = "jane@acme.test", .email = "jane@new.test"}));
  hub.person("jane@acme.test");
  hub.clock().advance(lifetimes::invitation);
  must(invite(hub, hub.as_operator(), "jane@acme.test"));
  CHECK(code_of(hub.run(hub.as("jane@new.test"), &accept_invitation, {.member = invited.object->id})) == "not_found");
  CHECK(code_of(accept(hub, hub.as("jane@acme.test"), "jane@acme.test")) == "ok");
}

TEST_CASE("a person with two addresses invited is in once") {
  TestHub hub;
  make_acme(hub);
  hub.person("jane@acme.test");
  const Call call = hub.as_operator();
  const auto first = must(invite(hub, call, "jane@acme.test"));
  const auto second = must(invite(hub, call, "jane@new.test"));
  must(accept(hub, call, first.object->id));
  must(hub.run(call, &update_person, {.person = "jane@acme.test", .email = "jane@new.test"}));
  must(hub.run(call, &verify_email, {.person = "jane@new.test"}));
  CHECK(code_of(accept(hub, call, second.object->id)) == "exists");
  CHECK(code_of(hub.run(call, &add_member, {.person = "jane@new.test", .org = "acme", .role = {"member"}})) ==
        "exists");
  hub.clock().advance(lifetimes::invitation);
  CHECK(code_of(invite(hub, call, "jane@new.test")) == "ok");  // renewed, and still nobody's
  CHECK(members(hub).size() == 3);
}

TEST_CASE("an invitation sends a mail with nothing that was typed and one address gets only so many") {
  TestHub hub;
  make_acme(hub);
  must(hub.run(hub.as_operator(), &update_organization, {.organization = "acme", .name = "Cheap pills at evil.test"}));
  for (std::int64_t i = 0; i <= attempts::invitations_per_recipient; ++i) {
    const std::string org = "org-" + std::to_string(i);
    hub.organization(org);
    must(hub.run(hub.as_operator(), &invite_member, {.email = "jane@nowhere.test", .org = org, .role = {"member"}}));
  }
  must(invite(hub, hub.as("admin@acme.test"), "joe@nowhere.test"));
  const auto mails = must(hub.hub().read(hub.as_operator(), [](View& view) { return recent_mails(view, 100); }));
  const auto to_jane = std::ranges::count(mails, std::string("jane@nowhere.test"), &Mail::recipient);
  CHECK(to_jane == attempts::invitations_per_recipient);
  // Nobody's password can be kept from being reset by invitations.
  const Result<bool> may =
      hub.hub().write(hub.as_operator(), [](Work& work) { return may_mail(work, "jane@nowhere.test"); });
  CHECK(must(may));
  const auto to_joe = std::ranges::find(mails, std::string("joe@nowhere.test"), &Mail::recipient);
  REQUIRE(to_joe != mails.end());
  CHECK(to_joe->text.find("/id/organizations") != std::string::npos);
  CHECK(to_joe->text.find("acme") != std::string::npos);
  CHECK(to_joe->text.find("evil") == std::string::npos);
}

TEST_CASE("one person sends only so many invitations in an hour") {
  TestHub hub;
  make_acme(hub);
  const Call admin = hub.as("admin@acme.test");
  for (std::int64_t i = 0; i < attempts::invitations_per_person; ++i) {
    must(invite(hub, admin, "p" + std::to_string(i) + "@nowhere.test"));
  }
  CHECK(code_of(invite(hub, admin, "one@more.test")) == "rate_limited");
  CHECK(code_of(invite(hub, hub.as_operator(), "operators@go-on.test")) == "ok");
  hub.clock().advance(attempts::mail_window);
  CHECK(code_of(invite(hub, admin, "one@more.test")) == "ok");
}

}  // namespace hub::core
