#include "hub/core/membership.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::AcceptInvitation;
using core::AddMember;
using core::AddService;
using core::InviteMember;
using core::ListMemberships;
using core::MembershipAnswer;
using core::RemoveMember;
using core::ShowMembership;
using core::UpdateMembership;

constexpr std::string_view of_member = "Membership by id, or its person together with --org.";
constexpr std::string_view of_org = "Organization, by slug or id.";

Fields<MembershipAnswer> membership_fields() {
  return {
      {"person", &MembershipAnswer::person, "Address; the name of a service account.", {.show = Show::column}},
      {"org", &MembershipAnswer::org, "Slug of the organization.", {.show = Show::column}},
      {"roles", &MembershipAnswer::roles, "Roles they have there.", {.show = Show::column}},
      {"state", &MembershipAnswer::state, "invited or joined.", {.show = Show::column}},
      {"joined_at", &MembershipAnswer::joined_at, "When they joined.", {.show = Show::column}},
      {"id", &MembershipAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &MembershipAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"kind", &MembershipAnswer::kind, "human, contact or service.", {.show = Show::wide}},
      {"person_id", &MembershipAnswer::person_id, "Identifier of the person."},
      {"organization_id", &MembershipAnswer::organization_id, "Identifier of the organization."},
      {"first_name", &MembershipAnswer::first_name, "First name in this organization."},
      {"last_name", &MembershipAnswer::last_name, "Last name in this organization."},
      {"metadata", &MembershipAnswer::metadata, "Free JSON object."},
      {"invited_at", &MembershipAnswer::invited_at, "When they were invited."},
      {"invitation_expires_at", &MembershipAnswer::invitation_expires_at, "Until when they can accept."},
      {"created_at", &MembershipAnswer::created_at, "When it was created.", {.show = Show::wide}},
      {"updated_at", &MembershipAnswer::updated_at, "Last change.", {.show = Show::wide}},
      {"version", &MembershipAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<ListMemberships> list_fields() {
  return {
      {"org", &ListMemberships::org, "Members of this organization only.", {.reference = "org"}},
      {"person", &ListMemberships::person, "Memberships of this person only.", {.reference = "person"}},
  };
}

Fields<ShowMembership> show_fields() {
  return {
      {"member", &ShowMembership::member, of_member, {.reference = "member"}},
      {"org", &ShowMembership::org, of_org, {.reference = "org"}},
  };
}

Fields<AddMember> add_fields() {
  return {
      {"person", &AddMember::person, "Person, by address or id.", {.reference = "person"}},
      {"org", &AddMember::org, of_org, {.reference = "org"}},
      {"role", &AddMember::role, "Role to give; exactly those named.", {.reference = "role"}},
  };
}

Fields<InviteMember> invite_fields() {
  return {
      {"email", &InviteMember::email, "Address to invite."},
      {"org", &InviteMember::org, of_org, {.reference = "org"}},
      {"role", &InviteMember::role, "Role to give; any but owner and contact.", {.reference = "role"}},
      {"first_name", &InviteMember::first_name, "First name."},
      {"last_name", &InviteMember::last_name, "Last name."},
  };
}

Fields<AcceptInvitation> accept_fields() {
  return {
      {"member", &AcceptInvitation::member, of_member, {.reference = "member"}},
      {"org", &AcceptInvitation::org, of_org, {.reference = "org"}},
      {"person", &AcceptInvitation::person, "Person whose only open invitation it is.", {.reference = "person"}},
  };
}

Fields<UpdateMembership> update_fields() {
  return {
      {"member", &UpdateMembership::member, of_member, {.reference = "member"}},
      {"org", &UpdateMembership::org, of_org, {.reference = "org"}},
      {"role", &UpdateMembership::role, "All roles from now on.", {.reference = "role"}},
      {"add_role", &UpdateMembership::add_role, "Role to give.", {.reference = "role"}},
      {"remove_role", &UpdateMembership::remove_role, "Role to take.", {.reference = "role"}},
      {"first_name", &UpdateMembership::first_name, "First name in this organization."},
      {"last_name", &UpdateMembership::last_name, "Last name in this organization."},
      {"metadata", &UpdateMembership::metadata, "Free JSON object; replaces the old one."},
  };
}

Fields<RemoveMember> remove_fields() {
  return {
      {"member", &RemoveMember::member, of_member, {.reference = "member"}},
      {"org", &RemoveMember::org, of_org, {.reference = "org"}},
  };
}

Fields<AddService> service_fields() {
  return {
      {"name", &AddService::name, "Name of the machine, unique in the organization."},
      {"org", &AddService::org, of_org, {.reference = "org"}},
      {"role", &AddService::role, "Role to give.", {.choices = {"member", "admin"}}},
  };
}

Operation list_operation() {
  return operation({.name = "member list",
                    .summary = "List members and invitations",
                    .details = "A contact sees only themselves.",
                    .access = Access::people,
                    .examples = {"hubctl member list --org acme", "hubctl member list --person jane@acme.test",
                                 "hubctl member list --org acme --filter state=invited -q"},
                    .errors = {codes::not_found}},
                   list_fields(), membership_fields(), &core::list_memberships);
}

Operation show_operation() {
  return operation({.name = "member show",
                    .summary = "Show one membership",
                    .access = Access::people,
                    .arguments = {"member"},
                    .examples = {"hubctl member show jane@acme.test --org acme -o json"},
                    .errors = {codes::not_found, codes::role_required}},
                   show_fields(), membership_fields(), &core::show_membership);
}

Operation add_operation() {
  return operation(
      {.name = "member add",
       .summary = "Put a person into an organization",
       .details = "They are in at once, with exactly the roles named. An open invitation of theirs is used up.",
       .access = Access::people,
       .kind = "member",
       .arguments = {"person"},
       .examples = {"hubctl member add jane@acme.test --org acme --role owner,admin --ensure"},
       .errors = {codes::not_found, codes::role_required, codes::exists, codes::unknown_role, codes::invalid_request},
       .ensure = true},
      add_fields(), membership_fields(), &core::add_member);
}

Operation invite_operation() {
  return operation(
      {.name = "member invite",
       .summary = "Invite an address into an organization",
       .details = "A mail says where to accept it, for seven days. One that has expired is renewed.",
       .access = Access::people,
       .kind = "member",
       .arguments = {"email"},
       .examples = {"hubctl member invite jane@acme.test --org acme --role admin"},
       .errors = {codes::not_found, codes::role_required, codes::exists, codes::unknown_role, codes::invalid_request},
       .ensure = true},
      invite_fields(), membership_fields(), &core::invite_member);
}

Operation accept_operation() {
  return operation({.name = "member accept",
                    .summary = "Accept an invitation",
                    .details = "Done by an operator or by the person who is invited.",
                    .access = Access::people,
                    .kind = "member",
                    .arguments = {"member"},
                    .examples = {"hubctl member accept jane@acme.test --org acme",
                                 "hubctl member accept --org acme --actor person:jane@acme.test"},
                    .errors = {codes::not_found, codes::wrong_state, codes::principal_not_allowed, codes::exists,
                               codes::ambiguous_reference},
                    .ensure = true},
                   accept_fields(), membership_fields(), &core::accept_invitation);
}

Operation update_operation() {
  return operation(
      {.name = "member update",
       .summary = "Change a member's roles, names or metadata",
       .details = "Only an owner gives or takes the role owner. Contact stands alone.",
       .access = Access::people,
       .kind = "member",
       .arguments = {"member"},
       .examples = {"hubctl member update jane@acme.test --org acme --add-role purchaser --remove-role designer",
                    "hubctl member update jane@acme.test --org acme --role member --if-version 3"},
       .errors = {codes::not_found, codes::role_required, codes::last_owner, codes::wrong_state, codes::stale,
                  codes::unknown_role, codes::invalid_request},
       .if_version = true},
      update_fields(), membership_fields(), &core::update_membership);
}

Operation remove_operation() {
  return operation({.name = "member remove",
                    .summary = "Take a member out of an organization",
                    .details = "Tokens with which the person acted for the organization stop working. Also withdraws "
                               "or declines an invitation.",
                    .access = Access::people,
                    .kind = "member",
                    .arguments = {"member"},
                    .examples = {"hubctl member remove jane@acme.test --org acme"},
                    .errors = {codes::not_found, codes::role_required, codes::last_owner, codes::stale},
                    .ensure = true,
                    .if_version = true},
                   remove_fields(), membership_fields(), &core::remove_member);
}

Operation service_operation() {
  return operation({.name = "member add-service",
                    .summary = "Put a service account into an organization",
                    .details = "A membership of a machine: no person, no sign-in.",
                    .access = Access::people,
                    .kind = "member",
                    .arguments = {"name"},
                    .examples = {"hubctl member add-service nightly-sync --org acme --role member"},
                    .errors = {codes::not_found, codes::role_required, codes::exists, codes::invalid_request},
                    .ensure = true},
                   service_fields(), membership_fields(), &core::add_service);
}

}  // namespace

std::vector<Operation> membership_operations() {
  return {list_operation(),   show_operation(),   add_operation(),    invite_operation(),
          accept_operation(), update_operation(), remove_operation(), service_operation()};
}

}  // namespace hub::operations
