#include "hub/core/membership.h"

#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "membership_rules.h"
#include "rules.h"

namespace hub::core {
namespace {

std::string full_name(const Membership& membership) {
  std::string full = membership.first_name.value_or("");
  if (membership.last_name) full += (full.empty() ? "" : " ") + *membership.last_name;
  return full;
}

std::string called(View& view, const Membership& membership) {
  if (membership.email && !membership.joined_at) return *membership.email;
  if (membership.person_id) return person_name(view, *membership.person_id);
  if (membership.email) return *membership.email;
  const std::string full = full_name(membership);
  return full.empty() ? membership.id.text() : full;
}

bool is_contact(const Membership& membership) { return membership.roles.has(Role::contact); }

// What the caller may read; remembers the role of the organization asked last, since lists come by organization.
class Readable {
 public:
  explicit Readable(View& view) : view_(view) {}

  Result<void> check(const Membership& membership) {
    if (is_own(view_, membership)) return {};
    if (asked_ != membership.organization_id) {
      asked_ = membership.organization_id;
      answer_ = require_role(view_, membership.organization_id, Need::member);
    }
    return answer_;
  }

 private:
  View& view_;
  std::optional<OrganizationId> asked_;
  Result<void> answer_;
};

// Oneself, a member for contacts, an admin for all (nexus211.md section 4.7).
Result<void> check_may_change(View& view, const Membership& membership) {
  if (is_own(view, membership) && membership.joined_at) return {};
  return require_role(view, membership.organization_id, is_contact(membership) ? Need::member : Need::admin);
}

Error contact_stands_alone() {
  return {codes::invalid_request, "The role contact stands alone and cannot be held beside another role.", "",
          "add_role"};
}

Result<RoleSet> roles_after(const RoleSet& before, const UpdateMembership& request) {
  if (!request.role.empty()) {
    if (request.add_role.empty() && request.remove_role.empty()) return roles_named(request.role);
    return Error{codes::invalid_request, "All roles are given, so none can be added or removed.", "", "role"};
  }
  RoleSet after = before;
  if (!request.remove_role.empty()) {
    const Result<RoleSet> removed = roles_named(request.remove_role);
    if (!removed) return removed.error();
    for (const Role role : removed->roles()) after.remove(role);
  }
  if (!request.add_role.empty()) {
    const Result<RoleSet> added = roles_named(request.add_role);
    if (!added) return added.error();
    if (added->has(Role::contact) && after.at_least_member()) return contact_stands_alone();
    for (const Role role : added->roles()) after.add(role);
  }
  if (!after.empty()) return after;
  return Error{codes::invalid_request, "A member has at least one role.", "hubctl member remove", "remove_role"};
}

Result<void> check_fitting(const Membership& membership, const RoleSet& roles) {
  if (membership.kind == MembershipKind::service) {
    const RoleSet both{Role::admin, Role::member};
    for (const Role role : roles.roles()) {
      if (!both.has(role)) {
        return Error{codes::invalid_request, "A service account is member or admin.", "", "role"};
      }
    }
    return {};
  }
  if (roles.has(Role::owner) && (!membership.joined_at || !membership.person_id)) {
    return Error{codes::wrong_state, "An owner is a person who has joined."};
  }
  return {};
}

// The roles that an update asks for, if its caller may give and take them.
Result<RoleSet> permitted_roles(Work& work, const Membership& before, const UpdateMembership& request) {
  if (request.role.empty() && request.add_role.empty() && request.remove_role.empty()) return before.roles;
  if (Result<void> may = require_role(work, before.organization_id, Need::admin); !may) return may.error();
  Result<RoleSet> after = roles_after(before.roles, request);
  if (!after) return after;
  if (before.roles.has(Role::owner) != after->has(Role::owner)) {
    if (Result<void> may = require_role(work, before.organization_id, Need::owner); !may) return may.error();
  }
  if (*after == before.roles) return after;
  if (Result<void> fits = check_fitting(before, *after); !fits) return fits.error();
  if (!after->has(Role::owner)) {
    if (Result<void> stays = check_owner_stays(work, before); !stays) return stays.error();
  }
  return after;
}

Result<void> check_values(const Membership& membership) {
  if (membership.first_name) {
    if (Result<void> valid = check_display_name(*membership.first_name, "first_name"); !valid) return valid;
  }
  if (membership.last_name) {
    if (Result<void> valid = check_display_name(*membership.last_name, "last_name"); !valid) return valid;
  }
  if (membership.metadata.size() <= limits::metadata_bytes) return {};
  return Error{codes::invalid_request, "The metadata is larger than 16 KiB.", "", "metadata"};
}

std::optional<Membership> find_service(View& view, const OrganizationId& organization, const std::string& name) {
  std::optional<Membership> found;
  store::each_membership_in(view.db(), organization, [&](const Membership& membership) {
    if (membership.kind == MembershipKind::service && membership.first_name == name) found = membership;
    return !found;
  });
  return found;
}

bool named_by(const auto& id, std::string_view reference) {
  return id.text() == comparison_form(reference) || id.hash_id() == reference;
}

bool organization_named_by(View& view, const OrganizationId& id, std::string_view reference) {
  if (reference.starts_with("org:")) reference.remove_prefix(4);
  return named_by(id, reference) || organization_name(view, id) == reference;
}

}  // namespace

MembershipAnswer answer_of(View& view, const Membership& membership) {
  MembershipAnswer answer{.person = called(view, membership),
                          .org = organization_name(view, membership.organization_id),
                          .roles = membership.roles.names(),
                          .state = membership.joined_at ? "joined" : "invited",
                          .joined_at = membership.joined_at,
                          .id = membership.id.text(),
                          .hash_id = membership.id.hash_id(),
                          .kind = std::string(name(membership.kind)),
                          .person_id = std::nullopt,
                          .organization_id = membership.organization_id.text(),
                          .first_name = membership.first_name,
                          .last_name = membership.last_name,
                          .metadata = {membership.metadata},
                          .invited_at = membership.invited_at,
                          .invitation_expires_at = membership.invitation_expires_at,
                          .created_at = membership.created_at,
                          .updated_at = membership.updated_at,
                          .version = membership.version};
  const bool known = membership.joined_at || view.principal().is_operator() || is_own(view, membership);
  if (known && membership.person_id) answer.person_id = membership.person_id->text();
  return answer;
}

Changed<MembershipAnswer> done(View& view, bool changed, const Membership& membership) {
  MembershipAnswer answer = answer_of(view, membership);
  std::string name = answer.org + "/" + answer.person;
  return {changed, std::move(name), std::move(answer)};
}

bool is_own(const View& view, const Membership& membership) {
  return membership.person_id && view.principal().person_id == membership.person_id;
}

Result<RoleSet> roles_named(const std::vector<std::string>& names) {
  std::vector<std::string> words;
  for (const std::string& name : names) {
    for (const std::string_view part : split(name, ',')) {
      if (const std::string_view word = trim(part); !word.empty()) words.emplace_back(word);
    }
  }
  if (words.empty()) return Error{codes::invalid_request, "Name at least one role.", "hubctl role list", "role"};
  return RoleSet::parse(words);
}

Result<Membership> find_reachable_membership(View& view, std::string_view reference,
                                             const std::optional<std::string>& org) {
  Result<Membership> found = find_membership(view, reference, org);
  if (found || !view.principal().person_id || !(found.error().code == codes::not_found)) return found;
  const PersonId self = *view.principal().person_id;
  const Result<Person> named = find_person(view, reference);
  std::optional<Membership> invitation;
  store::each_membership_of(view.db(), self, [&](const Membership& own) {
    const bool meant = named_by(own.id, reference) || (org && named.has_value());
    if (!own.joined_at && meant && (!org || organization_named_by(view, own.organization_id, *org))) invitation = own;
    return !invitation;
  });
  if (invitation) return *invitation;
  return found;
}

Result<void> list_memberships(View& view, const ListMemberships& request,
                              const std::function<bool(const MembershipAnswer&)>& each) {
  std::optional<OrganizationId> organization;
  if (request.org) {
    const Result<Organization> found = find_organization(view, *request.org);
    if (!found) return found.error();
    organization = found->id;
  }
  Readable readable(view);
  const auto visit = [&](const Membership& membership) {
    if (organization && membership.organization_id != *organization) return true;
    return !readable.check(membership) || each(answer_of(view, membership));
  };
  if (organization && request.person) {
    const Result<Membership> membership = find_membership(view, *request.person, request.org);
    if (membership) visit(*membership);
    if (!membership && !(membership.error().code == codes::not_found)) return membership.error();
  } else if (organization) {
    store::each_membership_in(view.db(), *organization, visit);
  } else if (request.person) {
    const Result<Person> person = find_person(view, *request.person);
    if (!person) return person.error();
    store::each_membership_of(view.db(), person->id, visit);
  } else {
    store::each_membership(view.db(), view.tenant(), visit);
  }
  return {};
}

Result<MembershipAnswer> show_membership(View& view, const ShowMembership& request) {
  const Result<Membership> membership = find_reachable_membership(view, request.member, request.org);
  if (!membership) return membership.error();
  if (Result<void> may = Readable(view).check(*membership); !may) return may.error();
  return answer_of(view, *membership);
}

Result<Changed<MembershipAnswer>> update_membership(Work& work, const UpdateMembership& request) {
  const Result<Membership> before = find_reachable_membership(work, request.member, request.org);
  if (!before) return before.error();
  if (Result<void> may = check_may_change(work, *before); !may) return may.error();
  if (Result<void> current = work.check_version(before->version); !current) return current.error();
  const Result<RoleSet> roles = permitted_roles(work, *before, request);
  if (!roles) return roles.error();
  Membership after = *before;
  after.roles = *roles;
  request.first_name.apply_to(after.first_name);
  request.last_name.apply_to(after.last_name);
  if (request.metadata) after.metadata = request.metadata->json;
  if (Result<void> valid = check_values(after); !valid) return valid.error();
  const bool new_roles = !(after.roles == before->roles);
  const bool changed = new_roles || after.first_name != before->first_name || after.last_name != before->last_name ||
                       after.metadata != before->metadata;
  if (changed) {
    ++after.version;
    after.updated_at = work.now();
    store::update_membership(work.db(), after);
  }
  if (new_roles) member_changed(work, "zaikio.member_roles_updated", after);
  work.concerns(after.organization_id);
  return done(work, changed, after);
}

Result<Changed<MembershipAnswer>> remove_member(Work& work, const RemoveMember& request) {
  const Result<Membership> membership = find_reachable_membership(work, request.member, request.org);
  if (!membership) return gone_already<MembershipAnswer>(work, membership.error(), request.member);
  if (!is_own(work, *membership)) {
    if (Result<void> may = check_may_change(work, *membership); !may) return may.error();
  }
  if (Result<void> current = work.check_version(membership->version); !current) return current.error();
  if (Result<void> stays = check_owner_stays(work, *membership); !stays) return stays.error();
  const Changed<MembershipAnswer> answer = done(work, true, *membership);
  end_membership(work, *membership);
  work.concerns(membership->organization_id);
  return answer;
}

Result<Changed<MembershipAnswer>> add_service(Work& work, const AddService& request) {
  if (Result<void> valid = check_display_name(request.name, "name"); !valid) return valid.error();
  const Result<RoleSet> roles = roles_named({request.role});
  if (!roles) return roles.error();
  const Result<Organization> organization = find_organization(work, request.org);
  if (!organization) return organization.error();
  if (Result<void> may = require_role(work, organization->id, Need::admin); !may) return may.error();
  const Membership membership{.id = MembershipId::make(work.now(), work.random()),
                              .organization_id = organization->id,
                              .first_name = request.name,
                              .roles = *roles,
                              .kind = MembershipKind::service,
                              .joined_at = work.now(),
                              .created_at = work.now(),
                              .updated_at = work.now()};
  if (Result<void> fits = check_fitting(membership, *roles); !fits) return fits.error();
  if (const auto there = find_service(work, organization->id, request.name)) {
    return exists_already(work, there->roles == *roles, "The service account " + request.name,
                          done(work, false, *there));
  }
  store::insert_membership(work.db(), membership);
  work.concerns(organization->id);
  return done(work, true, membership);
}

}  // namespace hub::core
