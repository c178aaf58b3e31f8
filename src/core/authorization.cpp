#include "hub/core/authorization.h"

#include <algorithm>

#include "client_secret.h"
#include "hub/core/connection.h"
#include "hub/core/lifecycle.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "rules.h"
#include "scope_list.h"

namespace hub::core {
namespace {

Result<std::optional<Instant>> previous_until(Instant now, const std::optional<Seconds>& overlap) {
  if (!overlap || *overlap == Seconds(0)) return std::optional<Instant>();
  if (*overlap > lifetimes::secret_overlap_most) {
    return Error{codes::invalid_request, "The overlap is 30 days at most.", "", "overlap"};
  }
  return std::optional<Instant>(now + *overlap);
}

// What a foreign app was granted has a key, which stays as history when the app is gone.
bool third_party(View& view, const std::optional<App>& app, const Connection& connection) {
  if (!app) return connection.organization_id && store::find_key_of_connection(view.db(), connection.id);
  return connection.organization_id && app->owner_id && !(*connection.organization_id == *app->owner_id);
}

AuthorizationAnswer answer_of(View& view, const std::optional<App>& app, const Connection& connection) {
  AuthorizationAnswer answer{.app = app_name(view, connection.app_id),
                             .by = organization_name(view, *connection.organization_id),
                             .scopes = texts(connection.granted_scopes),
                             .granted_at = connection.granted_at,
                             .state = connection.active() ? "active" : "ended",
                             .id = connection.id.text(),
                             .hash_id = connection.id.hash_id(),
                             .ended_at = connection.ended_at,
                             .version = connection.version};
  if (app && connection.active()) {
    for (const ScopeName& scope : desired_for(view, *app, BearerKind::organization)) {
      if (!covers(connection.granted_scopes, scope)) answer.pending_scopes.push_back(scope.text());
    }
  }
  if (const auto key = store::find_key_of_connection(view.db(), connection.id)) {
    answer.last_used_at = std::max(key->last_used_at, key->previous_last_used_at);
  }
  if (connection.granted_by) answer.granted_by = connection.granted_by->text();
  if (connection.ended_reason) answer.ended_reason = name(*connection.ended_reason);
  return answer;
}

// What somebody saw before they decided is what they decide about (claim SC-05).
Result<void> check_scopes(const std::optional<std::vector<std::string>>& seen, std::vector<std::string> now) {
  if (!seen) return {};
  std::vector<std::string> wanted = *seen;
  std::ranges::sort(wanted);
  std::ranges::sort(now);
  if (wanted == now) return {};
  return Error{codes::stale, "The app asks for other scopes by now.", "look at it again, then decide"};
}

struct Authorization {
  std::optional<App> app;  // none: it is gone, and with it the authorization
  Connection connection;
};

Changed<AuthorizationAnswer> done(Work& work, bool changed, const Authorization& authorization) {
  work.concerns(*authorization.connection.organization_id);
  AuthorizationAnswer answer = answer_of(work, authorization.app, authorization.connection);
  std::string name = answer.app + "/" + answer.by;
  return {changed, std::move(name), std::move(answer)};
}

// The authorization, if it is one and the caller may see it: the granting side, or the app's side for the key.
Result<Authorization> find_authorization(View& view, const std::string& reference) {
  const Result<Connection> connection = find_connection(view, reference);
  if (!connection) return connection.error();
  const auto app = store::find_app(view.db(), connection->app_id);
  if (Result<void> may = check_may_see(view, app ? &*app : nullptr, *connection); !may) return may.error();
  if (!third_party(view, app, *connection)) {
    return Error{codes::not_found, "This connection is no third-party authorization.", "hubctl connection show"};
  }
  return Authorization{app, *connection};
}

// The same for changes of the granting side: an active one, and an admin there.
Result<Authorization> find_to_change(Work& work, const std::string& reference) {
  Result<Authorization> authorization = find_authorization(work, reference);
  if (!authorization) return authorization;
  if (Result<void> may = require_role(work, *authorization->connection.organization_id, Need::admin); !may) {
    return may.error();
  }
  if (Result<void> current = work.check_version(authorization->connection.version); !current) return current.error();
  if (!authorization->connection.active()) {
    return Error{codes::not_found, "This authorization has ended.", "grant it again"};
  }
  return authorization;
}

KeyAnswer answer_of(View& view, const App& app, const Credential& key) {
  KeyAnswer answer{.app = app.name,
                   .organization = organization_name(view, key.organization_id),
                   .created_at = key.created_at,
                   .rotated_at = key.rotated_at,
                   .last_used_at = key.last_used_at,
                   .id = key.id.text(),
                   .hash_id = key.id.hash_id(),
                   .client_id = key.client_id};
  if (key.previous_until && *key.previous_until > view.now()) {
    answer.previous_until = key.previous_until;
    answer.previous_last_used_at = key.previous_last_used_at;
  }
  return answer;
}

}  // namespace

Result<void> make_key(Work& work, const App& app, const Connection& connection) {
  const Credential key{.id = CredentialId::make(work.now(), work.random()),
                       .app_id = app.id,
                       .organization_id = *connection.organization_id,
                       .connection_id = connection.id,
                       .client_id = app.client_id,
                       .created_at = work.now(),
                       .updated_at = work.now()};
  const Result<NewSecret> secret = make_readable_secret(work, key);
  if (!secret) return secret.error();
  store::insert_credential(work.db(), key, secret->forms);
  return {};
}

Result<void> list_authorizations(View& view, const ListAuthorizations& request,
                                 const std::function<bool(const AuthorizationAnswer&)>& each) {
  if (request.by && request.app) {
    return Error{codes::invalid_request, "Give --by or --app, not both.", "", "by"};
  }
  const auto emit = [&](const Connection& connection) {
    if (connection.active() == request.ended || !connection.organization_id) return true;
    const auto app = store::find_app(view.db(), connection.app_id);
    return third_party(view, app, connection) ? each(answer_of(view, app, connection)) : true;
  };
  if (request.by) {
    const Result<Organization> organization = find_organization(view, *request.by);
    if (!organization) return organization.error();
    if (Result<void> may = require_role(view, organization->id, Need::member); !may) return may;
    store::each_connection_of_organization(view.db(), organization->id, emit);
  } else if (request.app) {
    const Result<App> app = find_own_app(view, *request.app);
    if (!app) return app.error();
    if (Result<void> may = require_role(view, *app->owner_id, Need::member); !may) return may;
    store::each_connection_of_app(view.db(), app->id, emit);
  } else {
    store::each_connection(view.db(), view.tenant(), [&](const Connection& connection) {
      return check_may_see(view, nullptr, connection) ? emit(connection) : true;
    });
  }
  return {};
}

Result<AuthorizationAnswer> show_authorization(View& view, const ShowAuthorization& request) {
  const Result<Authorization> authorization = find_authorization(view, request.authorization);
  if (!authorization) return authorization.error();
  return answer_of(view, authorization->app, authorization->connection);
}

Result<Changed<AuthorizationAnswer>> grant_authorization(Work& work, const GrantAuthorization& request) {
  const Result<App> app = find_app(work, request.app);
  if (!app) return app.error();
  const Result<Organization> organization = find_organization(work, request.by);
  if (!organization) return organization.error();
  if (Result<void> may = require_role(work, organization->id, Need::admin); !may) return may.error();
  if (app->owner_id && *app->owner_id == organization->id) {
    return Error{codes::own_application, organization->slug + " owns " + app->name + " and cannot authorize it.",
                 "hubctl connection install lets an app act for its own organization"};
  }
  const std::vector<ScopeName> scopes = desired_for(work, *app, BearerKind::organization);
  if (Result<void> seen = check_scopes(request.if_scopes, texts(scopes)); !seen) return seen.error();
  if (work.call().ensure) {
    const auto there = store::find_active_connection(work.db(), app->id, organization->id);
    if (there) return done(work, false, {*app, *there});
  }
  const Result<Connection> connection = connect(work, *app, {*organization, std::nullopt}, scopes);
  if (!connection) return connection.error();
  return done(work, true, {*app, *connection});
}

Result<Changed<AuthorizationAnswer>> approve_authorization(Work& work, const ApproveAuthorization& request) {
  Result<Authorization> authorization = find_to_change(work, request.authorization);
  if (!authorization) return authorization.error();
  const AuthorizationAnswer before = answer_of(work, authorization->app, authorization->connection);
  if (Result<void> seen = check_scopes(request.if_scopes, before.pending_scopes); !seen) return seen.error();
  const bool changed =
      regrant(work, authorization->connection, desired_for(work, *authorization->app, BearerKind::organization));
  return done(work, changed, *authorization);
}

Result<Changed<AuthorizationAnswer>> rotate_authorization(Work& work, const RotateAuthorization& request) {
  Result<Authorization> authorization = find_to_change(work, request.authorization);
  if (!authorization) return authorization.error();
  const auto key = store::find_key_of_connection(work.db(), authorization->connection.id);
  if (!key) return Error{codes::internal, "This authorization has no key."};
  const Result<std::optional<Instant>> until = previous_until(work.now(), request.overlap);
  if (!until) return until.error();
  const Result<NewSecret> secret = make_readable_secret(work, *key);
  if (!secret) return secret.error();
  store::rotate_secret(work.db(), key->id, secret->forms, *until, work.now());
  secret_replaced(work, key->id);
  // Whoever repeats it with --if-version replaces nothing twice.
  Connection& connection = authorization->connection;
  ++connection.version;
  connection.updated_at = work.now();
  store::update_connection(work.db(), connection);
  return done(work, true, *authorization);
}

Result<Changed<AuthorizationAnswer>> revoke_authorization(Work& work, const ShowAuthorization& request) {
  Result<Authorization> authorization = find_to_change(work, request.authorization);
  if (!authorization) return gone_already<AuthorizationAnswer>(work, authorization.error(), request.authorization);
  end_connection(work, authorization->connection, EndedReason::revoked);
  authorization->connection = *store::find_connection(work.db(), authorization->connection.id);
  return done(work, true, *authorization);
}

Result<void> list_authorization_keys(View& view, const ListAuthorizationKeys& request,
                                     const std::function<bool(const KeyAnswer&)>& each) {
  const Result<App> app = find_own_app(view, request.app);
  if (!app) return app.error();
  if (Result<void> may = require_role(view, *app->owner_id, request.show_secrets ? Need::admin : Need::member); !may) {
    return may;
  }
  std::vector<CredentialId> only;
  if (request.by) {
    const std::string_view by = *request.by;
    only = store::keys_given_by(view.db(), app->id, by.starts_with("org:") ? by.substr(4) : by);
    if (only.empty()) {
      return Error{codes::not_found, "No organization of that name has authorized " + app->name + ".", "", "by"};
    }
  }
  Result<void> failure;
  store::each_credential_of_app(view.db(), app->id, [&](const Credential& key) {
    if (!key.connection_id || (!only.empty() && std::ranges::find(only, key.id) == only.end())) return true;
    KeyAnswer answer = answer_of(view, *app, key);
    if (request.show_secrets) {
      const Result<Secret> secret = open_readable_secret(view, key);
      if (!secret) {
        failure = secret.error();
        return false;
      }
      answer.client_secret = *secret;
    }
    return each(answer);
  });
  return failure;
}

Result<Changed<KeyAnswer>> rotate_authorization_key(Work& work, const RotateAuthorizationKey& request) {
  // The key lies in another organization; who may rotate it is decided by the app it belongs to.
  const std::vector<CredentialId> ids = store::keys_named(work.db(), work.tenant(), request.key);
  const auto key = ids.size() == 1 ? store::find_credential(work.db(), ids.front()) : std::nullopt;
  const auto app = key ? store::find_app(work.db(), key->app_id) : std::nullopt;
  if (!app) return Error{codes::not_found, "There is no such key.", "hubctl authorization keys list --app APP"};
  if (Result<void> may = require_role(work, *app->owner_id, Need::admin); !may) return may.error();
  if (Result<void> current = work.check_version(key->version); !current) return current.error();
  const Result<std::optional<Instant>> until = previous_until(work.now(), request.overlap);
  if (!until) return until.error();
  const Result<NewSecret> secret = make_readable_secret(work, *key);
  if (!secret) return secret.error();
  store::rotate_secret(work.db(), key->id, secret->forms, *until, work.now());
  secret_replaced(work, key->id);
  work.concerns(key->organization_id);
  KeyAnswer answer = answer_of(work, *app, *store::find_credential(work.db(), key->id));
  if (!work.call().dry_run) answer.client_secret = secret->text;  // what a dry run made works nowhere
  return Changed<KeyAnswer>{true, app->name + "/" + answer.organization, answer};
}

}  // namespace hub::core
