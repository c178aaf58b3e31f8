#include "hub/core/portal.h"

#include <algorithm>

#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"
#include "in_words.h"

namespace hub::core {

std::optional<AskingApp> asking_app(View& view, const LoginRequest& request) {
  const auto app = store::find_app(view.db(), request.app_id);
  if (!app) return std::nullopt;
  return AskingApp{app->name, app->title, owner_of(view, *app)};
}

std::vector<MyOrganization> my_organizations(View& view, const PersonId& person) {
  std::vector<Membership> memberships;
  store::each_membership_of(view.db(), person, [&](const Membership& membership) {
    memberships.push_back(membership);
    return true;
  });
  std::vector<MyOrganization> out;
  for (Membership& membership : memberships) {
    const auto organization = store::find_organization(view.db(), membership.organization_id);
    if (!organization) continue;
    const std::int64_t installed = store::count_of_organization(view.db(), organization->id).installed;
    out.push_back({*organization, std::move(membership), installed});
  }
  std::stable_sort(out.begin(), out.end(), [](const MyOrganization& a, const MyOrganization& b) {
    return a.organization.name < b.organization.name;
  });
  return out;
}

std::vector<KnownPerson> known_people(View& view, std::size_t most) {
  std::vector<Person> people;
  store::each_person(view.db(), [&](const Person& person) {
    people.push_back(person);
    return people.size() < most;
  });
  std::vector<KnownPerson> out;
  for (Person& person : people) {
    std::vector<MyOrganization> organizations = my_organizations(view, person.id);
    out.push_back({std::move(person), std::move(organizations)});
  }
  return out;
}

}  // namespace hub::core
