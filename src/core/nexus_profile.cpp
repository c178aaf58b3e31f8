#include "hub/core/nexus_profile.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/store/membership.h"
#include "hub/store/person.h"
#include "nexus_profile_rules.h"
#include "nexus_rules.h"

namespace hub::core {

std::vector<std::string> ProfileAnswer::roles() const {
  std::vector<std::string> out;
  if (profile.roles.has(Role::contact)) return {"contact"};
  RoleSet beyond = profile.roles;
  beyond.remove(Role::owner);
  beyond.remove(Role::admin);
  if (!beyond.empty()) out.emplace_back("member");
  if (profile.roles.has(Role::admin)) out.emplace_back("admin");
  if (profile.roles.has(Role::owner)) out.emplace_back("owner");
  return out;
}

std::optional<std::string> ProfileAnswer::email() const {
  if (profile.email) return profile.email;
  return user ? std::optional(user->email) : std::nullopt;
}

std::optional<std::string> ProfileAnswer::first_name() const {
  return profile.first_name || !shows_names() ? profile.first_name : user->first_name;
}

std::optional<std::string> ProfileAnswer::last_name() const {
  return profile.last_name || !shows_names() ? profile.last_name : user->last_name;
}

ProfileAnswer profile_answer(View& view, const Membership& membership) {
  ProfileAnswer answer{.profile = membership, .user = {}};
  if (membership.joined_at && membership.person_id) {
    answer.user = store::find_person(view.db(), *membership.person_id);
  }
  return answer;
}

Result<Membership> find_profile(View& view, const NexusActor& actor, const std::string& reference) {
  const auto id = store::membership_in(view.db(), actor.organization_id, reference);
  if (!id) return Error{codes::not_found, "There is no such profile."};
  return *store::find_membership(view.db(), *id);
}

namespace {

// The few profiles that can have the id or the address, which is their own or that of their user.
std::int64_t list_sought(View& view, const NexusActor& actor, const Sought& sought, const EachProfile& each) {
  std::vector<MembershipId> found;
  const auto add = [&](const std::optional<MembershipId>& id) {
    if (id && std::ranges::find(found, *id) == found.end()) found.push_back(*id);
  };
  if (sought.id) {
    add(store::membership_in(view.db(), actor.organization_id, *sought.id));
  } else {
    const std::string key = comparison_form(*sought.email);
    const auto by_address = store::find_membership_by_email(view.db(), actor.organization_id, key);
    if (by_address) add(by_address->id);
    add(store::membership_with_user(view.db(), actor.organization_id, key));
  }
  std::ranges::sort(found);
  for (const MembershipId& id : found) {
    if (!each(profile_answer(view, *store::find_membership(view.db(), id)))) break;
  }
  return static_cast<std::int64_t>(found.size());
}

// All rows with one statement, in the order of creation and within a millisecond in that of their ids.
void each_of_all(View& view, const OrganizationId& organization, const EachProfile& each) {
  std::vector<Membership> group;
  bool wants_more = true;
  const auto give = [&] {
    std::ranges::sort(group, {}, [](const Membership& one) { return one.id.hash_id(); });
    for (std::size_t i = 0; i < group.size() && wants_more; ++i) wants_more = each(profile_answer(view, group[i]));
    group.clear();
  };
  const auto millisecond = [](const Membership& one) {
    return std::chrono::floor<std::chrono::milliseconds>(one.created_at);
  };
  store::each_membership_in(view.db(), organization, [&](const Membership& membership) {
    if (!group.empty() && millisecond(group.back()) != millisecond(membership)) give();
    group.push_back(membership);
    return wants_more;
  });
  give();
}

}  // namespace

Result<std::int64_t> list_profiles(View& view, const Caller& caller, ProfileRequest request, const EachProfile& each) {
  const Result<NexusActor> actor = nexus_actor(view, caller);
  if (!actor) return actor.error();
  if (actor->is_contact()) {
    request.sought = {};
    request.filter.require(ProfileColumn::id, store::Comparison::equal, {actor->profile->id.hash_id()});
  }
  if (!request.page && (request.sought.id || request.sought.email)) {
    return list_sought(view, *actor, request.sought, each);
  }
  if (!request.page && request.filter.conditions.empty()) {
    each_of_all(view, actor->organization_id, each);
    return std::int64_t{0};
  }
  const auto show = [&](const MembershipId& id) {
    return each(profile_answer(view, *store::find_membership(view.db(), id)));
  };
  return store::each_profile(view.db(), actor->organization_id, request.filter, request.page, show);
}

Result<ProfileAnswer> show_profile(View& view, const Caller& caller, const std::string& profile) {
  const Result<NexusActor> actor = nexus_actor(view, caller);
  if (!actor) return actor.error();
  const Result<Membership> found = find_profile(view, *actor, profile);
  if (!found) return found.error();
  if (actor->is_contact() && !(found->id == actor->profile->id)) return role_required(Need::member);
  return profile_answer(view, *found);
}

Result<ProfileAnswer> own_profile(View& view, const Caller& caller) {
  const Result<NexusActor> actor = nexus_actor(view, caller);
  if (!actor) return actor.error();
  if (!actor->profile) return Error{codes::principal_not_allowed, "An application has no profile."};
  return profile_answer(view, *actor->profile);
}

}  // namespace hub::core
