#include <algorithm>

#include "consented.h"
#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/issue.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/provided_scope.h"
#include "issue_steps.h"
#include "scope_list.h"

namespace hub::core {
namespace {

// Everybody counts as connected to these (decisions-week-one.md 19).
bool is_built_in(std::string_view app_name) { return app_name == "zaikio" || app_name == "nexus211"; }

struct Wanted {
  ScopeName scope;  // as requested
  ProvidedScope provided;
};

// Who the token speaks for, with what they granted.
struct Subjects {
  std::optional<Connection> organization, person;
  std::optional<RoleSet> roles;

  const Connection& bearer() const { return organization ? *organization : *person; }
  // Whose grant a scope needs: what applies to organizations is theirs to give, whoever acts for them.
  const Connection& granter(const ProvidedScope& provided) const {
    return organization && (provided.for_organizations || !person) ? *organization : *person;
  }
};

bool applies(const ProvidedScope& provided, const GrantRequest& request) {
  return (request.organization_id && provided.for_organizations) || (request.person_id && provided.for_persons);
}

// Steps 6 and 7: what does not exist or does not apply falls away, what is left must be desired.
Result<std::vector<Wanted>> existing_and_desired(View& view, const App& app, const GrantRequest& request,
                                                 std::vector<DroppedScope>& dropped) {
  std::vector<Wanted> out;
  out.reserve(request.scopes.size());
  for (const ScopeName& scope : request.scopes) {
    const ScopeName stored = canonical(scope);
    auto provided = store::find_provided_scope(view.db(), stored.app, stored.name);
    if (!provided || !provided->has(stored.permission)) {
      dropped.push_back({scope.text(), "unknown_scope"});
    } else if (!applies(*provided, request)) {
      dropped.push_back({scope.text(), "does_not_apply_to_bearer"});
    } else if (std::ranges::find(app.desired_scopes, stored) == app.desired_scopes.end()) {
      return Error{codes::scope_is_not_included_in_desired_scopes, app.name + " does not desire " + scope.text() + ".",
                   "hubctl scope desired add " + app.name + " " + stored.text(), "scope"};
    } else {
      out.push_back({scope, std::move(*provided)});
    }
  }
  return out;
}

// Step 8.
Result<Subjects> find_subjects(View& view, const App& app, const Credential& credential, const GrantRequest& request) {
  Subjects out;
  if (request.organization_id) {
    out.organization = store::find_active_connection(view.db(), app.id, *request.organization_id);
    if (!out.organization) return no_bearer(app);
  }
  if (request.person_id) {
    out.person = store::find_active_connection(view.db(), app.id, *request.person_id);
    if (!out.person || !admits_person(view, app, *request.person_id)) return no_bearer(app);
  }
  if (!out.organization && !out.person) return no_bearer(app);
  // A third-party key opens exactly one organization (claim CA-05).
  if (credential.connection_id && !(out.bearer().id == *credential.connection_id)) return no_bearer(app);
  if (request.organization_id && request.person_id) {
    const auto membership = store::find_membership_of(view.db(), *request.organization_id, *request.person_id);
    // A contact is a member of the public and acts for nobody (nexus211.md section 1.2).
    if (!membership || !membership->joined_at || !membership->roles.at_least_member()) return no_bearer(app);
    out.roles = membership->roles;
  }
  if (!check_usable(view, app, request.organization_id, request.person_id)) return no_bearer(app);
  return out;
}

// Step 10: is the one who granted the scope connected to the app that provides it?
bool connected_to_provider(View& view, const App& app, const ProvidedScope& provided, const Connection& granter) {
  if (is_built_in(provided.app_name) || provided.app_id == app.id) return true;
  const auto connection = granter.organization_id
                              ? store::find_active_connection(view.db(), provided.app_id, *granter.organization_id)
                              : store::find_active_connection(view.db(), provided.app_id, *granter.person_id);
  return connection.has_value();
}

}  // namespace

Error no_bearer(const App& app) {
  return {codes::bearer_does_not_exist, "The bearer is unknown or not connected to " + app.name + ".",
          "hubctl connection install --app " + app.name + " --for REF"};
}

Result<Grant> authorize(View& view, const GrantRequest& request) {
  const auto credential = store::find_credential(view.db(), request.credential_id);
  if (!credential || credential->revoked_at) {
    return Error{codes::invalid_client, "The credential is unknown or revoked."};
  }
  const auto app = store::find_app(view.db(), credential->app_id);
  if (!app) return Error{codes::invalid_client, "The credential's app is gone."};

  Grant grant;
  const Result<std::vector<Wanted>> wanted = existing_and_desired(view, *app, request, grant.dropped);
  if (!wanted) return wanted.error();
  const Result<Subjects> subjects = find_subjects(view, *app, *credential, request);
  if (!subjects) return subjects.error();
  for (const Wanted& scope : *wanted) {
    const Connection& granter = subjects->granter(scope.provided);
    if (covers(granter.granted_scopes, canonical(scope.scope))) continue;
    return Error{codes::ungranted_scope, scope.scope.text() + " was not granted to " + app->name + ".",
                 "hubctl connection update " + granter.id.text() + " --add-scope " + scope.scope.text(), "scope"};
  }
  for (const Wanted& scope : *wanted) {
    if (connected_to_provider(view, *app, scope.provided, subjects->granter(scope.provided))) {
      grant.token.scopes.push_back(scope.scope);
    } else {
      grant.dropped.push_back({scope.scope.text(), "not_connected_to_provider"});
    }
  }
  grant.token.app_id = app->id;
  grant.token.credential_id = credential->id;
  grant.token.connection_id = subjects->bearer().id;
  grant.token.organization_id = request.organization_id;
  grant.token.person_id = request.person_id;
  grant.token.roles = subjects->roles;
  grant.client_id = credential->client_id;
  grant.token.audience = credential->name ? app->name + "/" + *credential->name : app->name;
  return grant;
}

}  // namespace hub::core
