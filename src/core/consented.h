#pragma once
#include <vector>

#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/authorization_code.h"

namespace hub::core {

// The scopes of a consent that exist and apply to its subject, and whose grant each of them needs: what applies to
// organizations is theirs to give, whoever acts for them (zaikio-hub.md section 2.3, steps 6 and 7).
struct Consented {
  std::vector<ScopeName> scopes;                 // spelled as requested
  std::vector<ScopeName> organization, persons;  // canonical
};
// scope_is_not_included_in_desired_scopes.
Result<Consented> consented_scopes(View& view, const App& app, const AuthorizationCode& code);

// May the caller consent to this? Only an admin grants for an organization (claim SC-04); a plain member acts with what
// it has granted before. role_required, access_denied.
Result<void> check_consent(View& view, const App& app, const AuthorizationCode& code);

// May the person sign in to the app: somebody whom its audience admits (nexus211.md section 9.2)?
bool admits_person(View& view, const App& app, const PersonId& person);

}  // namespace hub::core
