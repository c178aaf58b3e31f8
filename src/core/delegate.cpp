#include "hub/core/delegate.h"

#include <algorithm>

#include "delegation.h"
#include "hub/base/codes.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/token.h"
#include "issue_steps.h"
#include "presented_token.h"
#include "scope_list.h"

namespace hub::core {
namespace {

const ScopeName& delegations() {
  static const ScopeName scope{"zaikio", "delegations", Permission::rw};
  return scope;
}

bool is_delegation(const ScopeName& scope) {
  return canonical(scope).app == delegations().app && scope.name == delegations().name;
}

Error ended(std::string cause) {
  return {codes::invalid_token, "The parent token is revoked or has expired.", "", "", std::move(cause)};
}

Error unknown_subsystem() {
  return {codes::invalid_request, "The client id is unknown, or of another vendor.", "", "client_id"};
}

Result<void> check_parent(const Token& parent, const Behind& stands) {
  if (!stands.credential) return Error{codes::access_denied, "A private token cannot delegate."};
  if (!stands.credential->confidential) {
    return Error{codes::access_denied, "A public client cannot delegate."};
  }
  if (parent.parent_id) {
    return Error{codes::delegation_access_token_cannot_delegate, "A delegated token cannot delegate.", "", "scope"};
  }
  if (!covers(stands.scopes, delegations())) {
    return Error{codes::parent_has_no_delegation_permission, "The token does not hold zaikio.delegations.rw.", "",
                 "scope"};
  }
  return {};
}

Result<std::vector<ScopeName>> child_scopes(const Behind& stands, const std::optional<std::vector<ScopeName>>& wanted) {
  std::vector<ScopeName> out;
  if (!wanted) {
    out = stands.scopes;
    std::erase_if(out, is_delegation);
    return out;
  }
  if (std::ranges::any_of(*wanted, is_delegation)) {
    return Error{codes::delegation_access_token_cannot_delegate, "The right to delegate is not passed on.", "",
                 "scope"};
  }
  for (const ScopeName& scope : *wanted) {
    if (!covers(stands.scopes, scope)) {
      return Error{codes::scope_was_not_granted_in_parent, "The token does not hold " + scope.text() + ".", "",
                   "scope"};
    }
    add_scope(out, scope);
  }
  return out;
}

Result<Token> alive(View& view, const TokenId& id) {
  const auto token = store::find_token(view.db(), id);
  if (!token || token->revoked_at) return ended("revoked");
  if (token->expires_at <= view.now()) return Error{codes::token_expired, "The token has expired."};
  return *token;
}

}  // namespace

Result<Delegation> authorize_delegation(View& view, const Token& parent, const Credential& subsystem,
                                        const std::optional<std::vector<ScopeName>>& scopes) {
  const auto stands = behind(view, parent);
  if (!stands) return ended("its grant is gone");
  if (Result<void> may = check_parent(parent, *stands); !may) return may.error();
  const auto app = store::find_app(view.db(), subsystem.app_id);
  if (!app || app->state == AppState::inactive || !app->owner_id || app->owner_id != stands->app->owner_id) {
    return unknown_subsystem();
  }
  Result<std::vector<ScopeName>> granted = child_scopes(*stands, scopes);
  if (!granted) return granted.error();
  Delegation out;
  Token& child = out.grant.token;
  child.app_id = app->id;
  child.credential_id = subsystem.id;
  child.connection_id = parent.connection_id;
  child.organization_id = parent.organization_id;
  child.person_id = parent.person_id;
  child.parent_id = parent.id;
  child.scopes = std::move(*granted);
  child.audience = subsystem.name ? app->name + "/" + *subsystem.name : app->name;
  out.grant.client_id = subsystem.client_id;
  if (parent.on_behalf()) {
    const auto membership = store::find_membership_of(view.db(), *parent.organization_id, *parent.person_id);
    if (membership) child.roles = membership->roles;
  }
  const Seconds left{unix_seconds(parent.expires_at) - unix_seconds(view.now())};
  out.lifetime = std::min(lifetimes::access_token, left);
  return out;
}

Result<Delegation> renew_delegation(View& view, const Token& child) {
  const auto parent = store::find_token(view.db(), *child.parent_id);
  const auto living = parent ? store::find_living_in_family(view.db(), *parent, view.now()) : std::nullopt;
  if (!living) return ended("parent");
  const auto subsystem = store::find_credential(view.db(), child.credential_id);
  if (!subsystem || subsystem->revoked_at) return ended("credential");
  return authorize_delegation(view, *living, *subsystem, child.granted_scopes());
}

Result<Issued> delegate_token(Hub& hub, const Call& call, const Caller& parent, const DelegateToken& request) {
  if (!parent.token) {
    return Error{codes::parent_has_no_delegation_permission, "Only a token of the hub dialect delegates.", "", "scope"};
  }
  const auto decide = [&](View& view) -> Result<Delegation> {
    const Result<Token> token = alive(view, parent.token->id);
    if (!token) return token.error();
    const auto subsystem = store::find_own_credential(view.db(), request.client_id);
    // Who may delegate at all is told before whether the subsystem exists.
    if (!subsystem) {
      const auto stands = behind(view, *token);
      if (!stands) return ended("its grant is gone");
      if (Result<void> may = check_parent(*token, *stands); !may) return may.error();
      return unknown_subsystem();
    }
    return authorize_delegation(view, *token, *subsystem, request.scopes);
  };
  const Result<void> draft = hub.read(call, [&](View& view) -> Result<void> {
    if (const auto delegation = decide(view); !delegation) return delegation.error();
    if (const auto key = active_key(view); !key) return key.error();
    return {};
  });
  if (!draft) return draft.error();
  const Result<Decided> decided = hub.write(call, [&](Work& work) -> Result<Decided> {
    Result<Delegation> delegation = decide(work);
    if (!delegation) return delegation.error();
    return insert_decided(
        work, std::move(delegation->grant),
        {.grant = {}, .kind = GrantKind::delegation, .lifetime = delegation->lifetime, .with_refresh_token = true},
        std::nullopt);
  });
  if (!decided) return decided.error();
  return sign(call, *decided);
}

}  // namespace hub::core
