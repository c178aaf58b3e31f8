#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"
#include "hub/domain/role.h"

namespace hub {

enum class MembershipKind { human, contact, service };  // nexus211.md section 9.1
std::string_view name(MembershipKind kind);
std::optional<MembershipKind> parse_membership_kind(std::string_view name);

// One individual inside exactly one organization, for life: a membership of the hub dialect, a profile of the Nexus
// one. No joined_at: an open invitation without any rights. kind service: no person, roles member or admin only.
struct Membership {
  MembershipId id;
  OrganizationId organization_id;
  std::optional<PersonId> person_id;
  std::optional<std::string> email, email_key;  // key is unique in the organization
  std::optional<std::string> first_name, last_name;
  RoleSet roles;
  MembershipKind kind = MembershipKind::human;
  std::string metadata = "{}";
  std::optional<Instant> invited_at, invitation_expires_at, joined_at;
  std::int64_t version = 1;
  Instant created_at, updated_at;
};

}  // namespace hub
