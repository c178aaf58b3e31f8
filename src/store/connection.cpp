#include "hub/store/connection.h"

#include "rows.h"

namespace hub::store {
namespace {

Connection read_connection(const Row& row) {
  Connection connection{.id = row.id<ConnectionId>(0),
                        .app_id = row.id<AppId>(1),
                        .organization_id = row.optional_id<OrganizationId>(2),
                        .person_id = row.optional_id<PersonId>(3),
                        .granted_scopes = parse_stored_scopes(row.text(4)),
                        .granted_by = row.optional_id<MembershipId>(5),
                        .granted_at = row.instant(6),
                        .ended_at = row.optional_instant(7),
                        .ended_reason = std::nullopt,
                        .version = row.integer(9),
                        .created_at = row.instant(10),
                        .updated_at = row.instant(11)};
  if (!row.is_null(8)) connection.ended_reason = parse_ended_reason(row.text(8));
  return connection;
}

std::function<bool(const Row&)> reading(const std::function<bool(const Connection&)>& visit) {
  return [&visit](const Row& row) { return visit(read_connection(row)); };
}

void every_connection(Session& session, const std::function<bool(const Connection&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection ORDER BY id",
      {}, reading(visit));
}

}  // namespace

std::vector<ConnectionId> connections_named(Session& session, const Tenant& tenant, std::string_view reference) {
  return all_ids<ConnectionId>(
      session,
      "SELECT id FROM connection WHERE (id = $1 OR hash_id = $2) AND ($3 IS NULL OR person_id = $3 OR organization_id "
      "IN "
      "(SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT NULL) OR app_id IN "
      "(SELECT app.id FROM app JOIN membership ON membership.organization_id = app.owner_organization_id "
      "WHERE membership.person_id = $3 AND membership.joined_at IS NOT NULL)) AND ($4 IS NULL OR organization_id = $4 "
      "OR "
      "app_id IN (SELECT id FROM app WHERE owner_organization_id = $4)) ORDER BY id",
      {comparison_form(reference), reference, tenant.person_id(), tenant.organization_id()});
}

std::optional<Connection> find_connection(Session& session, const ConnectionId& id) {
  return first_row<Connection>(
      session,
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection WHERE id = $1",
      {id}, read_connection);
}

std::optional<Connection> find_active_connection(Session& session, const AppId& app,
                                                 const OrganizationId& organization) {
  return first_row<Connection>(
      session,
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection "
      "WHERE app_id = $1 AND organization_id = $2 AND ended_at IS NULL AND organization_id IS NOT NULL",
      {app, organization}, read_connection);
}

std::optional<Connection> find_active_connection(Session& session, const AppId& app, const PersonId& person) {
  return first_row<Connection>(
      session,
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection "
      "WHERE app_id = $1 AND person_id = $2 AND ended_at IS NULL AND person_id IS NOT NULL",
      {app, person}, read_connection);
}

bool insert_connection(WriteSession& session, const Connection& connection) {
  return session.execute(
             "INSERT INTO connection (id, hash_id, app_id, organization_id, person_id, granted_scopes, granted_by, "
             "granted_at, version, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
             "ON CONFLICT DO NOTHING",
             {connection.id, connection.id.hash_id(), connection.app_id, connection.organization_id,
              connection.person_id, join_scopes(connection.granted_scopes, " "), connection.granted_by,
              connection.granted_at, connection.version, connection.created_at, connection.updated_at}) == 1;
}

void update_connection(WriteSession& session, const Connection& connection) {
  std::optional<std::string_view> reason;
  if (connection.ended_reason) reason = name(*connection.ended_reason);
  session.execute(
      "UPDATE connection SET granted_scopes = $2, ended_at = $3, ended_reason = $4, version = $5, updated_at = $6 "
      "WHERE id = $1 AND organization_id IS NOT DISTINCT FROM $7",
      {connection.id, join_scopes(connection.granted_scopes, " "), connection.ended_at, reason, connection.version,
       connection.updated_at, connection.organization_id});
}

// A statement for each kind of caller: one for all of them would look at every row of the hub for each.
void each_connection(Session& session, const Tenant& tenant, const std::function<bool(const Connection&)>& visit) {
  if (tenant.person_id()) {
    session.query(
        "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, "
        "ended_reason, version, created_at, updated_at FROM connection WHERE (person_id = $1 OR organization_id IN "
        "(SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS NOT NULL)) AND "
        "($2 IS NULL OR organization_id = $2) ORDER BY id",
        {*tenant.person_id(), tenant.organization_id()}, reading(visit));
  } else if (tenant.organization_id()) {
    each_connection_of_organization(session, *tenant.organization_id(), visit);
  } else {
    every_connection(session, visit);
  }
}

void each_connection_of_app(Session& session, const AppId& app, const std::function<bool(const Connection&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection WHERE app_id = $1 ORDER BY id",
      {app}, reading(visit));
}

void each_authorization_of_app(Session& session, const AppId& app, const OrganizationId& owner,
                               const std::function<bool(const Connection&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection WHERE app_id = $1 AND organization_id IS NOT NULL AND "
      "organization_id <> $2 AND ended_at IS NULL ORDER BY id",
      {app, owner}, reading(visit));
}

void each_connection_of_organization(Session& session, const OrganizationId& organization,
                                     const std::function<bool(const Connection&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection WHERE organization_id = $1 ORDER BY id",
      {organization}, reading(visit));
}

void each_connection_of_person(Session& session, const PersonId& person,
                               const std::function<bool(const Connection&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, person_id, granted_scopes, granted_by, granted_at, ended_at, ended_reason, "
      "version, created_at, updated_at FROM connection WHERE person_id = $1 ORDER BY id",
      {person}, reading(visit));
}

}  // namespace hub::store
