#include "hub/store/connection_request.h"

#include "rows.h"

namespace hub::store {
namespace {

constexpr std::string_view approved = "approved", declined = "declined";

ConnectionRequest read_request(const Row& row) {
  ConnectionRequest request{.id = row.id<ConnectionRequestId>(0),
                            .app_id = row.id<AppId>(1),
                            .organization_id = row.id<OrganizationId>(2),
                            .person_id = row.id<PersonId>(3),
                            .scopes = parse_stored_scopes(row.text(4)),
                            .approved = std::nullopt,
                            .decided_by = row.optional_id<PersonId>(6),
                            .decided_at = row.optional_instant(7),
                            .version = row.integer(8),
                            .created_at = row.instant(9),
                            .updated_at = row.instant(10)};
  if (!row.is_null(5)) request.approved = row.text(5) == approved;
  return request;
}

}  // namespace

std::vector<ConnectionRequestId> connection_requests_named(Session& session, const Tenant& tenant,
                                                           std::string_view reference) {
  return all_ids<ConnectionRequestId>(
      session,
      "SELECT id FROM connection_request WHERE (id = $1 OR hash_id = $2) AND ($3 IS NULL OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT NULL)) AND "
      "($4 IS NULL OR organization_id = $4) ORDER BY id",
      {comparison_form(reference), reference, tenant.person_id(), tenant.organization_id()});
}

std::optional<ConnectionRequest> find_connection_request(Session& session, const ConnectionRequestId& id) {
  return first_row<ConnectionRequest>(
      session,
      "SELECT id, app_id, organization_id, person_id, scopes, decision, decided_by, decided_at, version, created_at, "
      "updated_at FROM connection_request WHERE id = $1",
      {id}, read_request);
}

std::optional<ConnectionRequest> find_open_connection_request(Session& session, const OrganizationId& organization,
                                                              const AppId& app, const PersonId& person) {
  return first_row<ConnectionRequest>(
      session,
      "SELECT id, app_id, organization_id, person_id, scopes, decision, decided_by, decided_at, version, created_at, "
      "updated_at FROM connection_request WHERE organization_id = $1 AND app_id = $2 AND person_id = $3 AND decided_at "
      "IS NULL",
      {organization, app, person}, read_request);
}

bool insert_connection_request(WriteSession& session, const ConnectionRequest& request) {
  return session.execute(
             "INSERT INTO connection_request (id, hash_id, app_id, organization_id, person_id, scopes, version, "
             "created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
             {request.id, request.id.hash_id(), request.app_id, request.organization_id, request.person_id,
              join_scopes(request.scopes, " "), request.version, request.created_at, request.updated_at}) == 1;
}

void update_requested_scopes(WriteSession& session, const ConnectionRequest& request) {
  session.execute(
      "UPDATE connection_request SET scopes = $2, version = $3, updated_at = $4 WHERE id = $1 AND organization_id = $5 "
      "AND decided_at IS NULL",
      {request.id, join_scopes(request.scopes, " "), request.version, request.updated_at, request.organization_id});
}

bool decide_connection_request(WriteSession& session, const ConnectionRequest& request) {
  return session.execute(
             "UPDATE connection_request SET decision = $2, decided_by = $3, decided_at = $4, version = $5, "
             "updated_at = $4 WHERE id = $1 AND organization_id = $6 AND decided_at IS NULL",
             {request.id, request.approved.value_or(false) ? approved : declined, request.decided_by,
              request.decided_at, request.version, request.organization_id}) == 1;
}

void each_connection_request(Session& session, const Tenant& tenant,
                             const std::function<bool(const ConnectionRequest&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, person_id, scopes, decision, decided_by, decided_at, version, created_at, "
      "updated_at FROM connection_request WHERE ($1 IS NULL OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS NOT NULL)) AND "
      "($2 IS NULL OR organization_id = $2) ORDER BY id",
      {tenant.person_id(), tenant.organization_id()}, [&](const Row& row) { return visit(read_request(row)); });
}

void forget_connection_requests_of_app(WriteSession& session, const AppId& app) {
  session.execute("DELETE FROM connection_request WHERE app_id = $1", {app});
}

void forget_connection_requests_in(WriteSession& session, const OrganizationId& organization) {
  session.execute("DELETE FROM connection_request WHERE organization_id = $1", {organization});
}

void forget_connection_requests_of(WriteSession& session, const PersonId& person) {
  session.execute("DELETE FROM connection_request WHERE person_id = $1", {person});
}

void forget_connection_requests(WriteSession& session, const OrganizationId& organization, const PersonId& person) {
  session.execute("DELETE FROM connection_request WHERE organization_id = $1 AND person_id = $2",
                  {organization, person});
}

}  // namespace hub::store
