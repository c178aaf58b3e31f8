#include "candidates.h"

#include <algorithm>
#include <tuple>

#include "hub/core/connection.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"

namespace hub::core {
namespace {

std::vector<Membership> joined_memberships(View& view, const PersonId& person) {
  std::vector<Membership> out;
  store::each_membership_of(view.db(), person, [&](const Membership& membership) {
    if (membership.joined_at && membership.kind != MembershipKind::service) out.push_back(membership);
    return true;
  });
  return out;
}

void sort_by_use(std::vector<Candidate>& candidates) {
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tuple(!a.selectable, a.organization.name, a.organization.id) <
           std::tuple(!b.selectable, b.organization.name, b.organization.id);
  });
}

}  // namespace

std::vector<Candidate> candidates_of(View& view, const App& app, const PersonId& person, bool on_behalf) {
  std::vector<Candidate> out;
  for (Membership& membership : joined_memberships(view, person)) {
    // A contact is a member of the public and acts for nobody (nexus211.md section 1.2).
    if (!membership.roles.at_least_member()) continue;
    auto organization = store::find_organization(view.db(), membership.organization_id);
    if (!organization || !check_usable(view, app, organization->id, std::nullopt)) continue;
    Candidate candidate{.organization = *std::move(organization), .membership = std::move(membership)};
    candidate.installed = store::find_active_connection(view.db(), app.id, candidate.organization.id).has_value();
    candidate.may_grant = candidate.membership.roles.at_least_admin();
    candidate.selectable = candidate.may_grant || (on_behalf && candidate.installed);
    out.push_back(std::move(candidate));
  }
  sort_by_use(out);
  return out;
}

std::vector<Candidate> profiles_of(View& view, const App& app, const PersonId& person) {
  std::vector<Candidate> out;
  for (Membership& membership : joined_memberships(view, person)) {
    if (!app.admits(membership.organization_id)) continue;
    auto organization = store::find_organization(view.db(), membership.organization_id);
    if (!organization) continue;
    out.push_back({.organization = *std::move(organization), .membership = std::move(membership), .selectable = true});
  }
  sort_by_use(out);
  return out;
}

std::vector<Person> admins_of(View& view, const OrganizationId& organization) {
  std::vector<PersonId> ids;
  store::each_membership_in(view.db(), organization, [&](const Membership& membership) {
    if (membership.joined_at && membership.person_id && membership.roles.at_least_admin()) {
      ids.push_back(*membership.person_id);
    }
    return true;
  });
  std::vector<Person> out;
  for (const PersonId& id : ids) {
    if (auto person = store::find_person(view.db(), id)) out.push_back(*std::move(person));
  }
  return out;
}

}  // namespace hub::core
