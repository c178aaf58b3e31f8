#include "hub/core/nexus_authorization.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/authorization.h"
#include "hub/core/connection.h"
#include "hub/core/lifecycle.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "hub/store/organization.h"
#include "nexus_rules.h"

namespace hub::core {
namespace {

// Only what a foreign app was granted has a key, which stays as history when the app is gone.
bool is_third_party(View& view, const std::optional<App>& app, const Connection& connection) {
  if (app) return !(app->owner_id == connection.organization_id);
  return store::find_key_of_connection(view.db(), connection.id).has_value();
}

AuthorizedApplication answer_of(View& view, const std::optional<App>& app, const Connection& connection) {
  AuthorizedApplication answer{.connection = connection,
                               .client_id = {},
                               .name = {},
                               .pending_scopes = {},
                               .last_used_at = {},
                               .granted_by = {}};
  const auto key = store::find_key_of_connection(view.db(), connection.id);
  if (key) {
    answer.last_used_at = std::max(key->last_used_at, key->previous_last_used_at);
    answer.client_id = key->client_id;
  }
  if (connection.granted_by) answer.granted_by = connection.granted_by->hash_id();
  if (!app) return answer;
  answer.client_id = app->client_id;
  answer.name = app->title;
  if (!connection.active()) return answer;
  for (const ScopeName& scope : desired_for(view, *app, BearerKind::organization)) {
    if (!covers(connection.granted_scopes, scope)) answer.pending_scopes.push_back(scope);
  }
  return answer;
}

Result<NexusActor> granting_admin(View& view, const Caller& caller) {
  Result<NexusActor> actor = nexus_actor(view, caller);
  if (!actor) return actor;
  if (Result<void> may = need_role(*actor, Need::admin); !may) return may.error();
  return actor;
}

struct Active {
  App app;
  Connection connection;
};

Result<Active> find_active(Work& work, const Caller& caller, const std::string& reference) {
  const Result<NexusActor> actor = granting_admin(work, caller);
  if (!actor) return actor.error();
  const auto id = store::connection_of(work.db(), actor->organization_id, reference);
  const auto connection = id ? store::find_connection(work.db(), *id) : std::nullopt;
  const auto app = connection ? store::find_app(work.db(), connection->app_id) : std::nullopt;
  if (!app || !connection->active() || !is_third_party(work, app, *connection)) {
    return Error{codes::not_found, "There is no such active authorization."};
  }
  work.concerns(actor->organization_id);
  return Active{*app, *connection};
}

void audit(Work& work, std::string_view action, const Connection& connection) {
  work.audit(action, "authorization:" + connection.id.text(), "ok", "{}");
}

Error unknown_application() { return {codes::unknown_application, "There is no such application."}; }

// By client id or another id of it, never by a name that could be guessed.
std::optional<App> find_foreign_app(View& view, const std::string& reference) {
  if (!Uuid::parse(reference) && !is_hash_id(reference)) return std::nullopt;
  for (const AppId& id : store::apps_named(view.db(), reference)) {
    auto app = store::find_app(view.db(), id);
    if (app && !app->built_in() && app->name != reference) return app;
  }
  return std::nullopt;
}

}  // namespace

Result<std::int64_t> list_authorized_applications(View& view, const Caller& caller, AuthorizationRequest request,
                                                  bool with_ended, const EachAuthorizedApplication& each) {
  const Result<NexusActor> actor = granting_admin(view, caller);
  if (!actor) return actor.error();
  if (!with_ended) request.filter.require(AuthorizationColumn::ended_at, store::Comparison::is_null, {});
  const auto show = [&](const ConnectionId& id) {
    const Connection connection = *store::find_connection(view.db(), id);
    const auto app = store::find_app(view.db(), connection.app_id);
    return each(answer_of(view, app, connection));
  };
  return store::each_authorization(view.db(), actor->organization_id, request.filter, request.page, show);
}

Result<AuthorizedApplication> authorize_application(Work& work, const Caller& caller, const std::string& application) {
  const Result<NexusActor> actor = granting_admin(work, caller);
  if (!actor) return actor.error();
  const std::optional<App> app = find_foreign_app(work, application);
  if (!app) return unknown_application();
  if (app->owner_id == actor->organization_id) {
    return Error{codes::own_application, "An organization cannot authorize its own application."};
  }
  // What is closed to this organization looks like what is not there.
  if (!check_usable(work, *app, actor->organization_id, std::nullopt)) return unknown_application();
  const Subject subject{store::find_organization(work.db(), actor->organization_id), std::nullopt};
  const Result<Connection> connection =
      connect(work, *app, subject, desired_for(work, *app, BearerKind::organization), actor->profile->id);
  if (!connection) return connection.error();
  work.concerns(actor->organization_id);
  audit(work, "authorization grant", *connection);
  return answer_of(work, app, *connection);
}

Result<AuthorizedApplication> approve_application(Work& work, const Caller& caller, const std::string& authorization) {
  Result<Active> active = find_active(work, caller, authorization);
  if (!active) return active.error();
  regrant(work, active->connection, desired_for(work, active->app, BearerKind::organization));
  audit(work, "authorization approve", active->connection);
  return answer_of(work, active->app, active->connection);
}

Result<void> rotate_authorized_key(Work& work, const Caller& caller, const std::string& authorization,
                                   const std::optional<Seconds>& overlap) {
  const Result<Active> active = find_active(work, caller, authorization);
  if (!active) return active.error();
  AllowedWork allowed(work);
  const auto rotated =
      rotate_authorization(allowed, {.authorization = active->connection.id.text(), .overlap = overlap});
  if (!rotated) return rotated.error();
  audit(work, "authorization rotate", active->connection);
  return {};
}

Result<void> end_authorization(Work& work, const Caller& caller, const std::string& authorization) {
  const Result<Active> active = find_active(work, caller, authorization);
  if (!active) return active.error();
  end_connection(work, active->connection, EndedReason::revoked);
  audit(work, "authorization revoke", active->connection);
  return {};
}

}  // namespace hub::core
