#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/work.h"

// Memberships: people and service accounts in organizations, with their roles (zaikio-hub.md section 1.2, nexus211.md
// sections 1.2 and 4.7). An organization that has an owner always keeps one who joined and is a person; only an owner
// gives or takes that role. Organizations are named by `org`; where it is given, a membership may be named by its
// person.
namespace hub::core {

struct MembershipAnswer {
  std::string person;  // address; the name of a service account
  std::string org;     // slug
  std::vector<std::string> roles;
  std::string state;  // "invited" or "joined"
  std::optional<Instant> joined_at;
  std::string id, hash_id, kind;
  std::optional<std::string> person_id;
  std::string organization_id;
  std::optional<std::string> first_name, last_name;
  ObjectText metadata;
  std::optional<Instant> invited_at, invitation_expires_at;
  Instant created_at, updated_at;
  std::int64_t version = 1;
};

struct ListMemberships {
  std::optional<std::string> org, person;
};
// A person sees the organizations they belong to; as a contact, and while invited, only themselves.
Result<void> list_memberships(View& view, const ListMemberships& request,
                              const std::function<bool(const MembershipAnswer&)>& each);

struct ShowMembership {
  std::string member;
  std::optional<std::string> org;
};
Result<MembershipAnswer> show_membership(View& view, const ShowMembership& request);

struct AddMember {
  std::string person;
  std::string org;
  std::vector<std::string> role;
};
// The person is in at once, with exactly these roles; an open invitation of theirs becomes the membership. `exists`
// when they joined before; with ensure that is fine if the roles are the same.
Result<Changed<MembershipAnswer>> add_member(Work& work, const AddMember& request);

struct InviteMember {
  std::string email;
  std::string org;
  std::vector<std::string> role;  // hub roles, not owner
  std::optional<std::string> first_name, last_name;
};
// Open for lifetimes::invitation; one that has expired is renewed. Belongs at once to the person who has verified the
// address, who gets a mail. `exists` when the address is invited or in.
Result<Changed<MembershipAnswer>> invite_member(Work& work, const InviteMember& request);

struct AcceptInvitation {
  std::optional<std::string> member, org;
  std::optional<std::string> person;  // whose only open invitation it is
};
// By an operator, or by the person it belongs to; wrong_state when it has expired or was accepted.
Result<Changed<MembershipAnswer>> accept_invitation(Work& work, const AcceptInvitation& request);

struct UpdateMembership {
  std::string member;
  std::optional<std::string> org;
  std::vector<std::string> role;  // all roles from now on
  std::vector<std::string> add_role, remove_role;
  Patch<std::string> first_name, last_name;
  std::optional<ObjectText> metadata;
};
// Names and metadata: oneself, a member for contacts, an admin for all. Roles: an admin.
Result<Changed<MembershipAnswer>> update_membership(Work& work, const UpdateMembership& request);

struct RemoveMember {
  std::string member;
  std::optional<std::string> org;
};
// Also how an invitation is withdrawn or declined. last_owner.
Result<Changed<MembershipAnswer>> remove_member(Work& work, const RemoveMember& request);

struct AddService {
  std::string name;
  std::string org;
  std::string role;  // member or admin
};
// A membership of a machine, without a person. `exists` when a service account of the organization has that name.
Result<Changed<MembershipAnswer>> add_service(Work& work, const AddService& request);

}  // namespace hub::core
