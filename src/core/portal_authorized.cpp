#include <algorithm>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/connection.h"
#include "hub/core/portal_area.h"
#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/page.h"
#include "hub/store/person.h"
#include "in_words.h"
#include "scope_list.h"

// Third-party authorizations in the portal, from both sides.
namespace hub::core {
namespace {

std::string person_of(View& view, const MembershipId& id) {
  const auto membership = store::find_membership(view.db(), id);
  if (!membership) return id.hash_id();
  const auto person = membership->person_id ? store::find_person(view.db(), *membership->person_id) : std::nullopt;
  return person ? person->full_name() : membership->email.value_or(id.hash_id());
}

// What the app desired since it was authorized.
std::vector<ScopeName> pending_of(View& view, const App& app, const Connection& connection) {
  std::vector<ScopeName> out = desired_for(view, app, BearerKind::organization);
  std::erase_if(out, [&](const ScopeName& scope) { return covers(connection.granted_scopes, scope); });
  return out;
}

std::vector<ScopeInWords> words_for(View& view, const std::vector<ScopeName>& scopes, bool is_new = false) {
  std::vector<ScopeInWords> out;
  for (const ScopeName& scope : telling(scopes)) out.push_back(in_words(view, scope, is_new));
  return out;
}

Authorized authorized(View& view, const std::optional<App>& app, const Connection& connection,
                      const std::optional<Credential>& key) {
  Authorized out{.connection = connection};
  if (key) {
    out.last_used_at = std::max(key->last_used_at, key->previous_last_used_at);
    out.title = out.name = key->client_id;
  }
  out.granted = words_for(view, connection.granted_scopes);
  if (connection.granted_by) out.granted_by = person_of(view, *connection.granted_by);
  if (!app) return out;
  out.title = app->title;
  out.name = app->name;
  out.owner = owner_of(view, *app);
  if (!connection.active()) return out;
  const std::vector<ScopeName> pending = pending_of(view, *app, connection);
  out.pending = words_for(view, pending, true);
  out.pending_names = texts(pending);
  return out;
}

bool is_named(const std::optional<App>& app, const std::string& word) {
  return word.empty() || (app && (comparison_form(app->title).find(word) != std::string::npos ||
                                  app->name.find(word) != std::string::npos));
}

}  // namespace

Rows<AuthorizedBy> authorized_by(View& view, const App& app, const Part& part) {
  Rows<AuthorizedBy> out;
  std::size_t left = part.skip;
  store::each_authorization_of_app(view.db(), app.id, *app.owner_id, [&](const Connection& connection) {
    if (left > 0) return --left, true;
    out.more = out.rows.size() == part.most;
    if (out.more) return false;
    const auto organization = store::find_organization(view.db(), *connection.organization_id);
    const auto key = store::find_key_of_connection(view.db(), connection.id);
    out.rows.push_back({.organization = organization ? organization->name : connection.organization_id->hash_id(),
                        .key = key ? key->id.hash_id() : "",
                        .key_version = key ? key->version : 0,
                        .granted_at = connection.granted_at,
                        .last_used_at = key ? std::max(key->last_used_at, key->previous_last_used_at) : std::nullopt});
    return true;
  });
  return out;
}

Result<Rows<Authorized>> authorized_of(View& view, const Area& area, bool ended, const Part& part) {
  if (Result<void> may = require_role(view, area.organization.id, Need::member); !may) return may.error();
  Rows<Authorized> out;
  const std::string word = comparison_form(part.word);
  std::size_t left = part.skip;
  store::each_connection_of_organization(view.db(), area.organization.id, [&](const Connection& connection) {
    if (connection.active() == ended) return true;
    const auto app = store::find_app(view.db(), connection.app_id);
    if ((app && app->owner_id == area.organization.id) || !is_named(app, word)) return true;
    // Only what a foreign app was granted has a key, which stays when the app is gone.
    const auto key = store::find_key_of_connection(view.db(), connection.id);
    if (!key) return true;
    if (left > 0) return --left, true;
    out.more = out.rows.size() == part.most;
    if (!out.more) out.rows.push_back(authorized(view, app, connection, key));
    return !out.more;
  });
  return out;
}

Result<Authorized> find_authorized(View& view, const Area& area, std::string_view authorization) {
  const auto id = store::connection_of(view.db(), area.organization.id, authorization);
  const auto connection = id ? store::find_connection(view.db(), *id) : std::nullopt;
  const auto app = connection ? store::find_app(view.db(), connection->app_id) : std::nullopt;
  if (!app || !connection->active() || app->owner_id == area.organization.id) {
    return Error{codes::not_found, "There is no such active authorization."};
  }
  return authorized(view, app, *connection, store::find_key_of_connection(view.db(), connection->id));
}

Result<AuthorizedAsk> ask_authorized(View& view, const Area& area, const AskAuthorized& request) {
  const Error unknown{codes::unknown_application, "There is no such application."};
  const Result<App> app = find_app(view, request.application);
  // By its client id, never by a name that could be guessed.
  if (!app || app->built_in() || app->client_id != comparison_form(request.application)) return unknown;
  if (!request.redirect.empty() && std::ranges::find(app->redirects, request.redirect) == app->redirects.end()) {
    return Error{codes::invalid_redirect, "The application has not registered this redirect."};
  }
  AuthorizedAsk out{.app = *app,
                    .owner = owner_of(view, *app),
                    .redirect_host = host_of(request.redirect),
                    .scopes = {},
                    .organizations = {}};
  out.is_own = app->owner_id == area.organization.id;
  // What is closed to this organization looks like what is not there.
  if (!out.is_own && !check_usable(view, *app, area.organization.id, std::nullopt)) return unknown;
  out.is_active = store::find_active_connection(view.db(), app->id, area.organization.id).has_value();
  const std::vector<ScopeName> scopes = desired_for(view, *app, BearerKind::organization);
  out.scopes = words_for(view, scopes);
  out.scope_names = texts(scopes);
  if (view.principal().person_id) out.organizations = administered_by(view, *view.principal().person_id);
  return out;
}

}  // namespace hub::core
