#include "hub/core/nexus_actor.h"

#include "hub/base/codes.h"
#include "hub/store/membership.h"
#include "nexus_rules.h"

namespace hub::core {
namespace {

Error no_profile() {
  return {codes::principal_not_allowed, "This token speaks for no single profile.",
          "act for one organization, or use a Nexus token"};
}

// The one profile of a person whose token names no organization. Contacts count only where there is nothing else:
// anybody can make one of somebody else's address.
Result<Membership> only_profile(View& view, const PersonId& person) {
  std::vector<Membership> members, contacts;
  store::each_membership_of(view.db(), person, [&](const Membership& membership) {
    if (membership.joined_at) (membership.roles.at_least_member() ? members : contacts).push_back(membership);
    return members.size() < 2;
  });
  const std::vector<Membership>& candidates = members.empty() ? contacts : members;
  if (candidates.size() != 1) return no_profile();
  return candidates.front();
}

Result<Membership> profile_of(View& view, const Caller& caller) {
  if (caller.kind == Caller::Kind::person) return only_profile(view, *caller.person_id);
  const auto found = caller.kind == Caller::Kind::on_behalf
                         ? store::find_membership_of(view.db(), *caller.organization_id, *caller.person_id)
                         : store::find_membership(view.db(), caller.membership->id);
  if (found && found->joined_at) return *found;
  return Error{codes::invalid_token, "The profile of this token is gone."};
}

}  // namespace

bool NexusActor::has(Need need) const {
  if (!profile) return false;
  switch (need) {
    case Need::member:
      return profile->roles.at_least_member();
    case Need::admin:
      return profile->roles.at_least_admin();
    case Need::owner:
      return profile->roles.has(Role::owner);
  }
  __builtin_unreachable();
}

Result<NexusActor> nexus_actor(View& view, const Caller& caller) {
  switch (caller.kind) {
    case Caller::Kind::client:
    case Caller::Kind::organization: {
      NexusActor actor{.organization_id = *caller.organization_id, .app = caller.app, .profile = {}};
      actor.own_key = caller.app && caller.app->owner_id == caller.organization_id && !caller.third_party();
      return actor;
    }
    case Caller::Kind::person:
    case Caller::Kind::on_behalf:
    case Caller::Kind::profile: {
      const Result<Membership> profile = profile_of(view, caller);
      if (!profile) return profile.error();
      return NexusActor{.organization_id = profile->organization_id, .app = caller.app, .profile = *profile};
    }
    case Caller::Kind::admin:
      return Error{codes::principal_not_allowed, "An admin token has no place here."};
  }
  __builtin_unreachable();
}

Error role_required(Need need) {
  constexpr std::array<std::string_view, 3> words{"at least the role member", "the role admin or owner",
                                                  "the role owner"};
  return {codes::role_required, "This needs " + std::string(words[static_cast<std::size_t>(need)]) + ".", "", "role"};
}

Result<void> need_role(const NexusActor& actor, Need need) {
  if (!actor.profile) {
    return Error{codes::principal_not_allowed, "Only a profile may do this, not an application."};
  }
  if (!actor.has(need)) return role_required(need);
  return {};
}

}  // namespace hub::core
