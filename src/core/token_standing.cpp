#include <algorithm>

#include "hub/core/connection.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"
#include "hub/store/provided_scope.h"
#include "presented_token.h"
#include "private_token.h"

// Whether what a token was made from still stands, asked again each time (claim G-04).
namespace hub::core {
namespace {

// What the acting person granted counts for scopes that only people can grant (zaikio-hub.md section 2.3).
std::vector<ScopeName> granted_on_behalf(View& view, const Token& token, const Connection& organization,
                                         const Connection& person) {
  std::vector<ScopeName> out;
  for (const ScopeName& scope : token.scopes) {
    const ScopeName stored = canonical(scope);
    const auto provided = store::find_provided_scope(view.db(), stored.app, stored.name);
    if (!provided) continue;
    const Connection& granter = provided->for_organizations ? organization : person;
    for (const ScopeName& granted : granter.granted_scopes) {
      if (granted.app == stored.app && granted.name == stored.name) out.push_back(granted);
    }
  }
  return out;
}

bool may_act(View& view, const OrganizationId& organization, const PersonId& person) {
  const auto membership = store::find_membership_of(view.db(), organization, person);
  return membership && membership->joined_at && membership->roles.at_least_member();
}

// A private token stands on nothing but its subject.
std::optional<Behind> behind_private(View& view, const Token& token) {
  const bool there = token.organization_id ? store::find_organization(view.db(), *token.organization_id).has_value()
                                           : store::find_person(view.db(), *token.person_id).has_value();
  if (!there) return std::nullopt;
  return Behind{std::nullopt, std::nullopt, private_scopes(view, token)};
}

}  // namespace

std::optional<Behind> behind(View& view, const Token& token, const App* known) {
  if (token.grant == GrantKind::private_) return behind_private(view, token);
  auto credential = store::find_credential(view.db(), token.credential_id);
  if (!credential || credential->revoked_at || !token.connection_id) return std::nullopt;
  auto app =
      known != nullptr && known->id == token.app_id ? std::optional(*known) : store::find_app(view.db(), token.app_id);
  if (!app || app->state == AppState::inactive) return std::nullopt;
  const auto connection = store::find_connection(view.db(), *token.connection_id);
  if (!connection || !connection->active()) return std::nullopt;
  // A delegated token stands on the connection of the app that delegated.
  const bool delegated = !(connection->app_id == app->id);
  const auto granted_to = delegated ? store::find_app(view.db(), connection->app_id) : std::nullopt;
  if (delegated && !granted_to) return std::nullopt;
  const App& holder = delegated ? *granted_to : *app;
  if (!check_usable(view, holder, token.organization_id, token.person_id)) return std::nullopt;

  std::vector<ScopeName> granted = connection->granted_scopes;
  if (token.on_behalf()) {
    if (!may_act(view, *token.organization_id, *token.person_id)) return std::nullopt;
    const auto person = store::find_active_connection(view.db(), holder.id, *token.person_id);
    if (!person) return std::nullopt;
    granted = granted_on_behalf(view, token, *connection, *person);
  }
  std::vector<ScopeName> scopes = in_both(in_both(token.scopes, holder.desired_scopes), granted);
  return Behind{std::move(*app), std::move(*credential), std::move(scopes)};
}

std::optional<NexusBehind> behind(View& view, const NexusToken& token) {
  auto app = store::find_app(view.db(), token.app_id);
  if (!app || app->state == AppState::inactive) return std::nullopt;
  auto membership = store::find_membership(view.db(), token.membership_id);
  if (!membership || !membership->joined_at || !(membership->organization_id == token.organization_id)) {
    return std::nullopt;
  }
  NexusBehind out{.app = std::move(*app), .membership = std::move(*membership), .credential = {}, .scopes = {}};
  if (!token.credential_id) {
    if (!out.app.admits(token.organization_id)) return std::nullopt;
    out.scopes = in_both(token.scopes, out.app.desired_scopes);
    return out;
  }
  out.credential = store::find_credential(view.db(), *token.credential_id);
  if (!out.credential || out.credential->revoked_at) return std::nullopt;
  out.scopes = scopes_of_credential(view, out.app, *out.credential);
  return out;
}

std::vector<ScopeName> scopes_of_credential(View& view, const App& app, const Credential& credential) {
  if (!credential.connection_id) return app.desired_scopes;
  const auto connection = store::find_connection(view.db(), *credential.connection_id);
  if (!connection || !connection->active()) return {};
  return in_both(connection->granted_scopes, app.desired_scopes);
}

}  // namespace hub::core
