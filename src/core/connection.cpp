#include "hub/core/connection.h"

#include <algorithm>

#include "hub/core/authorization.h"
#include "hub/core/lifecycle.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/provided_scope.h"
#include "hub/store/settings.h"
#include "rules.h"
#include "scope_list.h"

namespace hub::core {
namespace {

std::string subject_name(View& view, const Connection& connection) {
  return connection.organization_id ? organization_name(view, *connection.organization_id)
                                    : person_name(view, *connection.person_id);
}

ConnectionAnswer answer_of(View& view, const Connection& connection) {
  ConnectionAnswer answer{.app = app_name(view, connection.app_id),
                          .subject = (connection.organization_id ? "org:" : "person:") + subject_name(view, connection),
                          .scopes = texts(connection.granted_scopes),
                          .state = connection.active() ? "active" : "ended",
                          .granted_at = connection.granted_at,
                          .id = connection.id.text(),
                          .hash_id = connection.id.hash_id(),
                          .ended_at = connection.ended_at,
                          .updated_at = connection.updated_at,
                          .version = connection.version};
  if (connection.granted_by) answer.granted_by = connection.granted_by->text();
  if (connection.ended_reason) answer.ended_reason = name(*connection.ended_reason);
  return answer;
}

Changed<ConnectionAnswer> done(Work& work, bool changed, const Connection& connection) {
  if (connection.organization_id) work.concerns(*connection.organization_id);
  return {changed, app_name(work, connection.app_id) + "/" + subject_name(work, connection),
          answer_of(work, connection)};
}

// Only an admin speaks for an organization, and only a person for themselves (claim SC-04); the owner of the app may
// look, but grants nothing to it.
Result<void> may_grant(View& view, const std::optional<OrganizationId>& organization,
                       const std::optional<PersonId>& person) {
  if (organization) return require_role(view, *organization, Need::admin);
  if (view.principal().is_operator() || view.principal().is(person)) return {};
  return Error{codes::role_required, "Only the person themself changes what they granted.", "ask them"};
}

Error not_active(const App& app) {
  return {codes::access_denied, app.name + " is not active.", "hubctl app update " + app.name + " --state active"};
}

bool is_member(View& view, const OrganizationId& organization, const PersonId& person) {
  const auto membership = store::find_membership_of(view.db(), organization, person);
  return membership && membership->joined_at && membership->roles.at_least_member();
}

Result<std::vector<ScopeName>> wanted_scopes(View& view, const App& app, BearerKind kind,
                                             const std::vector<std::string>& scopes, bool desired) {
  Result<std::vector<ScopeName>> wanted = parse_scope_list(scopes);
  if (!wanted) return wanted;
  for (const ScopeName& scope : *wanted) {
    if (Result<void> grantable = check_grantable(view, app, kind, scope); !grantable) return grantable.error();
  }
  if (!desired) return wanted;
  for (const ScopeName& scope : desired_for(view, app, kind)) add_scope(*wanted, scope);
  return wanted;
}

bool same_scopes(std::vector<ScopeName> a, std::vector<ScopeName> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

}  // namespace

Result<void> check_may_see(View& view, const App* app, const Connection& connection) {
  if (view.principal().is_operator() || view.principal().is(connection.person_id)) return {};
  if (app != nullptr && app->owner_id && require_role(view, *app->owner_id, Need::member)) return {};
  if (connection.organization_id) return require_role(view, *connection.organization_id, Need::member);
  return Error{codes::role_required, "This needs a member of the app's owner.", "ask one of its members"};
}

std::vector<ScopeName> desired_for(View& view, const App& app, BearerKind kind) {
  std::vector<ScopeName> out;
  for (const ScopeName& scope : app.desired_scopes) {
    const auto provided = store::find_provided_scope(view.db(), scope.app, scope.name);
    if (provided && provided->has(scope.permission) && provided->applies_to(kind)) out.push_back(scope);
  }
  return out;
}

Result<void> check_usable(View& view, const App& app, const std::optional<OrganizationId>& organization,
                          const std::optional<PersonId>& person) {
  if (app.state == AppState::inactive || (app.built_in() && app.state != AppState::active)) return not_active(app);
  if (app.built_in()) return {};
  const auto may = [&](const OrganizationId& allowed) {
    return organization ? *organization == allowed : person && is_member(view, allowed, *person);
  };
  if (may(*app.owner_id)) return {};
  if (app.state != AppState::active) {
    const auto settings = store::find_settings(view.db());
    if (!settings || settings->mode != HubMode::sandbox) return not_active(app);
  }
  if (app.kind != AppKind::private_ || std::ranges::any_of(app.audience_organizations, may)) return {};
  return Error{codes::access_denied, app.name + " is private and has not invited them.",
               "hubctl app update " + app.name + " --add-audience-organization ORG"};
}

Result<Connection> connect(Work& work, const App& app, const Subject& subject, const std::vector<ScopeName>& scopes,
                           const std::optional<MembershipId>& granted_by) {
  Connection connection{.id = ConnectionId::make(work.now(), work.random()),
                        .app_id = app.id,
                        .granted_scopes = scopes,
                        .granted_at = work.now(),
                        .created_at = work.now(),
                        .updated_at = work.now()};
  if (subject.organization) connection.organization_id = subject.organization->id;
  if (subject.person) connection.person_id = subject.person->id;
  if (subject.organization) {
    connection.granted_by = granted_by ? granted_by : acting_membership(work, subject.organization->id);
  }
  if (app.built_in()) {
    return Error{codes::already_authorized, "Everybody is connected to " + app.name + "."};
  }
  if (Result<void> usable = check_usable(work, app, connection.organization_id, connection.person_id); !usable) {
    return usable.error();
  }
  if (!store::insert_connection(work.db(), connection)) {
    return Error{codes::already_authorized, app.name + " is connected to " + subject.name() + " already.",
                 "change what is granted with connection update"};
  }
  if (subject.organization && !(subject.organization->id == *app.owner_id)) {
    if (Result<void> key = make_key(work, app, connection); !key) return key.error();
    work.emit("authorization.granted", subject.event_subject(), "{}", app.id);
  }
  work.emit("zaikio.established_connection", subject.event_subject(), "{}", app.id);
  return connection;
}

Result<Connection> grant_more(Work& work, const App& app, const Subject& subject, const std::vector<ScopeName>& scopes,
                              const std::optional<MembershipId>& granted_by) {
  auto there = subject.organization ? store::find_active_connection(work.db(), app.id, subject.organization->id)
                                    : store::find_active_connection(work.db(), app.id, subject.person->id);
  if (!there) return connect(work, app, subject, scopes, granted_by);
  std::vector<ScopeName> all = there->granted_scopes;
  for (const ScopeName& scope : scopes) {
    if (!covers(all, scope)) add_scope(all, scope);
  }
  regrant(work, *there, std::move(all));
  return *there;
}

bool regrant(Work& work, Connection& connection, std::vector<ScopeName> scopes) {
  if (same_scopes(scopes, connection.granted_scopes)) return false;
  const bool loses =
      std::ranges::any_of(connection.granted_scopes, [&](const ScopeName& scope) { return !covers(scopes, scope); });
  // What was agreed to before something was taken away must not bring it back.
  if (loses) forget_agreements(work, connection);
  connection.granted_scopes = std::move(scopes);
  connection.updated_at = work.now();
  ++connection.version;
  store::update_connection(work.db(), connection);
  work.emit(
      "zaikio.connection_changed",
      connection.organization_id ? "Org/" + connection.organization_id->text() : "Per/" + connection.person_id->text(),
      "{}", connection.app_id);
  return true;
}

Result<void> list_connections(View& view, const ListConnections& request,
                              const std::function<bool(const ConnectionAnswer&)>& each) {
  const auto emit = [&](const Connection& connection) {
    return connection.active() == request.ended ? true : each(answer_of(view, connection));
  };
  if (int{request.app.has_value()} + int{request.organization.has_value()} + int{request.person.has_value()} > 1) {
    return Error{codes::invalid_request, "Give one of --app, --org and --person."};
  }
  if (request.app) {
    const Result<App> app = find_own_app(view, *request.app);
    if (!app) return app.error();
    if (Result<void> may = require_role(view, *app->owner_id, Need::member); !may) return may;
    store::each_connection_of_app(view.db(), app->id, emit);
  } else if (request.organization) {
    const Result<Organization> organization = find_organization(view, *request.organization);
    if (!organization) return organization.error();
    if (Result<void> may = require_role(view, organization->id, Need::member); !may) return may;
    store::each_connection_of_organization(view.db(), organization->id, emit);
  } else if (request.person) {
    const Result<Person> person = find_person(view, *request.person);
    if (!person) return person.error();
    store::each_connection_of_person(view.db(), person->id, emit);
  } else {
    store::each_connection(view.db(), view.tenant(), [&](const Connection& connection) {
      return check_may_see(view, nullptr, connection) ? emit(connection) : true;
    });
  }
  return {};
}

Result<ConnectionAnswer> show_connection(View& view, const ShowConnection& request) {
  const Result<Connection> connection = find_connection(view, request.connection);
  if (!connection) return connection.error();
  const auto app = store::find_app(view.db(), connection->app_id);
  if (Result<void> may = check_may_see(view, app ? &*app : nullptr, *connection); !may) return may.error();
  return answer_of(view, *connection);
}

Result<Changed<ConnectionAnswer>> install_connection(Work& work, const InstallConnection& request) {
  const Result<App> app = find_app(work, request.app);
  if (!app) return app.error();
  const Result<Subject> subject = find_subject(work, request.subject);
  if (!subject) return subject.error();
  std::optional<OrganizationId> organization;
  std::optional<PersonId> person;
  if (subject->organization) organization = subject->organization->id;
  if (subject->person) person = subject->person->id;
  if (Result<void> may = may_grant(work, organization, person); !may) return may.error();
  const Result<std::vector<ScopeName>> scopes =
      wanted_scopes(work, *app, subject->kind(), request.scopes, request.desired);
  if (!scopes) return scopes.error();
  if (work.call().ensure) {
    const auto there = subject->organization
                           ? store::find_active_connection(work.db(), app->id, subject->organization->id)
                           : store::find_active_connection(work.db(), app->id, subject->person->id);
    const bool enough = there && std::ranges::all_of(*scopes, [&](const ScopeName& scope) {
                          return covers(there->granted_scopes, scope);
                        });
    if (enough) return done(work, false, *there);
  }
  const Result<Connection> connection = connect(work, *app, *subject, *scopes);
  if (!connection) return connection.error();
  return done(work, true, *connection);
}

Result<Changed<ConnectionAnswer>> update_connection(Work& work, const UpdateConnection& request) {
  Result<Connection> connection = find_connection(work, request.connection);
  if (!connection) return connection.error();
  if (Result<void> may = may_grant(work, connection->organization_id, connection->person_id); !may) return may.error();
  if (Result<void> current = work.check_version(connection->version); !current) return current.error();
  if (!connection->active()) {
    return Error{codes::wrong_state, "This connection has ended.", "install the app again"};
  }
  const auto app = store::find_app(work.db(), connection->app_id);
  if (!app) return Error{codes::internal, "The connection's app is gone."};
  const BearerKind kind = connection->organization_id ? BearerKind::organization : BearerKind::person;
  std::vector<std::string> added = request.scopes.value_or(std::vector<std::string>());
  added.insert(added.end(), request.add_scopes.begin(), request.add_scopes.end());
  const Result<std::vector<ScopeName>> wanted = wanted_scopes(work, *app, kind, added, request.desired);
  if (!wanted) return wanted.error();
  const Result<std::vector<ScopeName>> removed = parse_scope_list(request.remove_scopes);
  if (!removed) return removed.error();

  std::vector<ScopeName> scopes = request.scopes ? std::vector<ScopeName>() : connection->granted_scopes;
  for (const ScopeName& scope : *wanted) add_scope(scopes, scope);
  std::erase_if(scopes, [&](const ScopeName& scope) { return std::ranges::find(*removed, scope) != removed->end(); });
  const bool changed = regrant(work, *connection, std::move(scopes));
  return done(work, changed, *connection);
}

Result<Changed<ConnectionAnswer>> uninstall_connection(Work& work, const UninstallConnection& request) {
  const Result<Connection> connection = find_connection(work, request.connection);
  if (!connection) return gone_already<ConnectionAnswer>(work, connection.error(), request.connection);
  if (Result<void> may = may_grant(work, connection->organization_id, connection->person_id); !may) return may.error();
  if (Result<void> current = work.check_version(connection->version); !current) return current.error();
  if (!connection->active()) {
    if (work.call().ensure) return done(work, false, *connection);
    return Error{codes::not_found, "This connection has ended already."};
  }
  end_connection(work, *connection, EndedReason::revoked);
  return done(work, true, *store::find_connection(work.db(), connection->id));
}

}  // namespace hub::core
