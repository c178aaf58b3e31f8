#pragma once
#include <string>
#include <vector>

#include "hub/core/scope.h"
#include "portal.h"

// The forms with which admins change an application of their organization.
namespace hub::http {

// data["secret_form"], data["details_form"], data["scopes_form"], data["sign_in_forms"], data["delete_form"].
// `scopes`: those of the hub itself, to choose from.
void add_application_forms(const Exchange& exchange, const core::Area& area, const core::OwnApplication& own,
                           const std::vector<core::ScopeAnswer>& scopes, const Refused* refused, Json& data);

// The form with which the application's side replaces the secret that an organization gave it.
Json key_form(const Exchange& exchange, const core::Area& area, const App& app, const core::AuthorizedBy& by,
              const Refused* refused);

// What the set-up of sign-in needs beyond what "app update" asks for (nexus211.md section 1.3 "Application").
Result<void> check_sign_in(const std::string& audience, const std::vector<std::string>& redirects);
// The request of "app update" after which nobody signs in to the app.
Json without_sign_in(const std::string& app);

}  // namespace hub::http
