#pragma once
#include <vector>

#include "hub/core/consent.h"

namespace hub::core {

// The organizations a person may speak for when this app asks, those they can go on with first, then by name. Those
// that may not use the app are not among them. `on_behalf`: a plain member will do where the app is installed.
std::vector<Candidate> candidates_of(View& view, const App& app, const PersonId& person, bool on_behalf);
// The profiles the app admits (nexus211.md section 4.1).
std::vector<Candidate> profiles_of(View& view, const App& app, const PersonId& person);

// Who can grant for the organization.
std::vector<Person> admins_of(View& view, const OrganizationId& organization);

}  // namespace hub::core
