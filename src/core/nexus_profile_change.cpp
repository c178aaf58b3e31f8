#include "hub/base/codes.h"
#include "hub/core/lifecycle.h"
#include "hub/core/nexus_profile.h"
#include "hub/store/membership.h"
#include "hub/store/person.h"
#include "nexus_profile_rules.h"
#include "nexus_rules.h"
#include "rules.h"

// Changes of profiles, each with the rules of the table of nexus211.md section 4.7.
namespace hub::core {
namespace {

Result<void> check_values(const Membership& profile) {
  if (profile.email && !is_email(*profile.email)) {
    return Error{codes::invalid_request, "That is not an address mail could be sent to.", "", "email"};
  }
  if (profile.first_name) {
    if (Result<void> valid = check_display_name(*profile.first_name, "firstName"); !valid) return valid;
  }
  if (profile.last_name) {
    if (Result<void> valid = check_display_name(*profile.last_name, "lastName"); !valid) return valid;
  }
  if (profile.metadata.size() <= limits::metadata_bytes) return {};
  return Error{codes::invalid_request, "The metadata is larger than 16 KiB.", "", "metadata"};
}

Error email_taken() { return {codes::email_taken, "A profile of this organization has that address.", "", "email"}; }

// Gives the profile an address that no other profile of the organization has, neither as its own nor by its user, and
// links it to the user who has verified it.
Result<void> set_email(Work& work, Membership& profile, const std::string& email) {
  const std::string key = comparison_form(email);
  const auto same = store::find_membership_by_email(work.db(), profile.organization_id, key);
  const auto by_user = store::membership_with_user(work.db(), profile.organization_id, key);
  if ((same && !(same->id == profile.id)) || (by_user && !(*by_user == profile.id))) return email_taken();
  profile.email = email;
  profile.email_key = key;
  const auto id = store::find_person_by_email(work.db(), key);
  const auto person = id ? store::find_person(work.db(), *id) : std::nullopt;
  if (person && person->email_verified_at && profile.kind != MembershipKind::service) profile.person_id = person->id;
  return {};
}

Result<RoleSet> named_roles(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (name == "contact" || name == "member" || name == "admin" || name == "owner") continue;
    return Error{codes::invalid_request, "A role is contact, member, admin or owner.", "", "roles"};
  }
  if (names.empty()) return Error{codes::invalid_request, "A profile has at least one role.", "", "roles"};
  return RoleSet::parse(names);
}

Error service_roles() { return {codes::invalid_request, "A service account is member or admin.", "", "roles"}; }

bool fits_service(const RoleSet& roles) { return !roles.has(Role::owner) && !roles.has(Role::contact); }

// The roles of a new profile, if its creator may give them.
Result<RoleSet> roles_of_new(const NexusActor& actor, const CreateProfile& request) {
  if (request.service_account) {
    if (Result<void> may = need_role(actor, Need::admin); !may) return may.error();
    Result<RoleSet> roles = request.roles ? named_roles(*request.roles) : RoleSet{Role::member};
    if (roles && !fits_service(*roles)) return service_roles();
    return roles;
  }
  if (actor.profile && !actor.has(Need::member)) return role_required(Need::member);
  if (!request.roles || *request.roles == std::vector<std::string>{"contact"}) return RoleSet{Role::contact};
  if (!actor.has(Need::admin)) return role_required(Need::admin);
  return Error{codes::invalid_request, "Members and admins come in by invitation.", "", "roles"};
}

bool contacts_only(const Membership& profile) { return profile.roles == RoleSet{Role::contact}; }

// Oneself, contacts for members and applications, all for admins.
Result<void> check_reach(const NexusActor& actor, const Membership& profile) {
  if (actor.has(Need::admin)) return {};
  if (actor.profile && !actor.has(Need::member)) return role_required(Need::member);
  return contacts_only(profile) ? Result<void>() : role_required(Need::admin);
}

// What roles the names leave a profile with: those of the hub dialect, which show as member, stay with it.
Result<RoleSet> roles_after(const ProfileAnswer& before, const std::vector<std::string>& names) {
  Result<RoleSet> named = named_roles(names);
  if (!named) return named;
  const Result<RoleSet> shown = RoleSet::parse(before.roles());
  if (shown && *shown == *named) return before.profile.roles;
  if (!named->has(Role::member)) return named;
  for (const Role role : before.profile.roles.roles()) {
    if (role != Role::owner && role != Role::admin && role != Role::contact) named->add(role);
  }
  return named;
}

Result<void> set_roles(Work& work, const NexusActor& actor, const ProfileAnswer& before,
                       const std::vector<std::string>& names, Membership& after) {
  if (!actor.has(Need::admin)) return role_required(Need::admin);
  const Result<RoleSet> roles = roles_after(before, names);
  if (!roles) return roles.error();
  if (*roles == before.profile.roles) return {};
  if (before.profile.kind == MembershipKind::service && !fits_service(*roles)) return service_roles();
  if (roles->has(Role::owner) != before.profile.roles.has(Role::owner) && !actor.has(Need::owner)) {
    return role_required(Need::owner);
  }
  if (roles->has(Role::owner) && !before.user) {
    return Error{codes::invalid_request, "An owner is linked to a user who has joined.", "", "roles"};
  }
  if (!roles->has(Role::owner)) {
    if (Result<void> stays = check_owner_stays(work, before.profile); !stays) return stays;
  }
  after.roles = *roles;
  return {};
}

std::string target_of(const Membership& profile) { return "membership:" + profile.id.text(); }

}  // namespace

Result<ProfileAnswer> create_profile(Work& work, const Caller& caller, const CreateProfile& request) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  const Result<RoleSet> roles = roles_of_new(*actor, request);
  if (!roles) return roles.error();
  Membership profile{.id = MembershipId::make(work.now(), work.random()),
                     .organization_id = actor->organization_id,
                     .email = request.email,
                     .first_name = request.first_name,
                     .last_name = request.last_name,
                     .roles = *roles,
                     .kind = request.service_account ? MembershipKind::service : MembershipKind::contact,
                     .metadata = request.metadata.value_or(ObjectText()).json,
                     .joined_at = work.now(),
                     .created_at = work.now(),
                     .updated_at = work.now()};
  if (Result<void> valid = check_values(profile); !valid) return valid.error();
  if (request.email) {
    if (Result<void> set = set_email(work, profile, *request.email); !set) return set.error();
  }
  if (!store::insert_membership(work.db(), profile)) return email_taken();
  member_changed(work, "zaikio.member_joined", profile);
  work.concerns(profile.organization_id);
  work.audit("profile create", target_of(profile), "ok", "{}");
  return profile_answer(work, profile);
}

Result<ProfileAnswer> update_profile(Work& work, const Caller& caller, const UpdateProfile& request) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  const Result<Membership> before = find_profile(work, *actor, request.profile);
  if (!before) return before.error();
  const bool own = actor->profile && actor->profile->id == before->id;
  if (!own) {
    if (Result<void> may = check_reach(*actor, *before); !may) return may.error();
  }
  Membership after = *before;
  if (request.roles) {
    const ProfileAnswer was = profile_answer(work, *before);
    if (Result<void> set = set_roles(work, *actor, was, *request.roles, after); !set) return set.error();
  }
  bool changed = !(after.roles == before->roles);
  changed = request.first_name.apply_to(after.first_name) || changed;
  changed = request.last_name.apply_to(after.last_name) || changed;
  if (request.metadata && request.metadata->json != after.metadata) {
    after.metadata = request.metadata->json;
    changed = true;
  }
  // An invitation is bound to its address, the address of a user is the user's, and whoever was made without one is
  // anonymous for good (nexus211.md section 1.1). Above a contact, people come in by invitation only.
  const bool may_change =
      !own && before->email && !before->person_id && before->joined_at && !after.roles.at_least_member();
  if (request.email.touched() && may_change && request.email.apply_to(after.email)) {
    changed = true;
    after.email_key = std::nullopt;
  }
  if (Result<void> valid = check_values(after); !valid) return valid.error();
  if (after.email && !after.email_key) {
    if (Result<void> set = set_email(work, after, *after.email); !set) return set.error();
  }
  if (!changed) return profile_answer(work, *before);
  ++after.version;
  after.updated_at = work.now();
  store::update_membership(work.db(), after);
  if (!(after.roles == before->roles)) member_changed(work, "zaikio.member_roles_updated", after);
  work.concerns(after.organization_id);
  work.audit("profile update", target_of(after), "ok", "{}");
  return profile_answer(work, after);
}

Result<void> delete_profile(Work& work, const Caller& caller, const std::string& profile) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  const Result<Membership> found = find_profile(work, *actor, profile);
  if (!found) return found.error();
  if (Result<void> may = check_reach(*actor, *found); !may) return may;
  if (Result<void> stays = check_owner_stays(work, *found); !stays) return stays;
  end_membership(work, *found);
  work.concerns(found->organization_id);
  work.audit("profile delete", target_of(*found), "ok", "{}");
  return {};
}

}  // namespace hub::core
