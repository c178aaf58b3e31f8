#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/membership.h"
#include "hub/domain/membership.h"

// What the two files about memberships share.
namespace hub::core {

// An open invitation shows the address it went to, and not whether somebody has signed up with it (claim AC-01).
MembershipAnswer answer_of(View& view, const Membership& membership);
Changed<MembershipAnswer> done(View& view, bool changed, const Membership& membership);

// Like find_membership; a person also finds their own invitations, in organizations that they do not see yet.
Result<Membership> find_reachable_membership(View& view, std::string_view reference,
                                             const std::optional<std::string>& org);

// Role names, several of them in one text with commas too; at least one.
Result<RoleSet> roles_named(const std::vector<std::string>& names);

// Whether the caller is the person of this membership.
bool is_own(const View& view, const Membership& membership);

}  // namespace hub::core
