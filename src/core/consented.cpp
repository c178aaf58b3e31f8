#include "consented.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/reference.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "unknown_scope.h"

namespace hub::core {

Result<Consented> consented_scopes(View& view, const App& app, const AuthorizationCode& code) {
  Consented out;
  for (const ScopeName& scope : code.scopes) {
    const ScopeName stored = canonical(scope);
    const auto provided = find_known_scope(view, stored);
    if (!provided) continue;
    const bool of_organization = code.organization_id && provided->for_organizations;
    const bool of_person = code.person_id && provided->for_persons;
    if (!of_organization && !of_person) continue;
    if (std::ranges::find(app.desired_scopes, stored) == app.desired_scopes.end()) {
      return Error{codes::scope_is_not_included_in_desired_scopes, app.name + " does not desire " + scope.text() + ".",
                   "hubctl scope desired add " + app.name + " " + stored.text(), "scope"};
    }
    (of_organization ? out.organization : out.persons).push_back(stored);
    out.scopes.push_back(scope);
  }
  return out;
}

bool admits_person(View& view, const App& app, const PersonId& person) {
  if (app.audience == Audience::any) return true;
  bool admitted = false;
  store::each_membership_of(view.db(), person, [&](const Membership& membership) {
    admitted = membership.joined_at && membership.roles.at_least_member() && app.admits(membership.organization_id);
    return !admitted;
  });
  return admitted;
}

Result<void> check_consent(View& view, const App& app, const AuthorizationCode& code) {
  const Principal& caller = view.principal();
  if (code.person_id && !caller.is_operator() && !caller.is(code.person_id)) {
    return Error{codes::role_required, "Only the person themself consents for them.", "ask them"};
  }
  if (code.organization_id) {
    if (Result<void> may = require_role(view, *code.organization_id, code.person_id ? Need::member : Need::admin);
        !may) {
      return may;
    }
    const bool is_connected = store::find_active_connection(view.db(), app.id, *code.organization_id).has_value();
    if (!is_connected) {
      if (Result<void> may = require_role(view, *code.organization_id, Need::admin); !may) return may;
    }
  }
  if (code.person_id && !admits_person(view, app, *code.person_id)) {
    return Error{codes::access_denied, app.name + " does not admit this person.", "hubctl app show " + app.name};
  }
  return check_usable(view, app, code.organization_id, code.person_id);
}

}  // namespace hub::core
