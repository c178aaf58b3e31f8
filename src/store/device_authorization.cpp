#include "hub/store/device_authorization.h"

#include "hub/store/login_request.h"
#include "rows.h"

namespace hub::store {
namespace {

constexpr std::string_view allowed = "allowed", denied = "denied";

DeviceAuthorization read_device(const Row& row) {
  DeviceAuthorization device{.id = row.id<DeviceId>(0),
                             .app_id = row.id<AppId>(1),
                             .credential_id = row.id<CredentialId>(2),
                             .scope = row.string(3),
                             .hints = parse_hints(row.text(4)),
                             .address = row.string(5),
                             .interval = Seconds(row.integer(6)),
                             .polled_at = row.optional_instant(7),
                             .created_at = row.instant(8),
                             .expires_at = row.instant(9),
                             .allowed = std::nullopt,
                             .decided_at = row.optional_instant(11),
                             .decided_by = row.optional_id<PersonId>(12),
                             .organization_id = row.optional_id<OrganizationId>(13),
                             .person_id = row.optional_id<PersonId>(14),
                             .scopes = parse_stored_scopes(row.is_null(15) ? "" : row.text(15)),
                             .openid = words_of(row.is_null(16) ? "" : row.text(16)),
                             .authenticated_at = row.optional_instant(17),
                             .used_at = row.optional_instant(18)};
  device.proven = row.boolean(19);
  if (!row.is_null(10)) device.allowed = row.text(10) == allowed;
  return device;
}

}  // namespace

void insert_device_authorization(WriteSession& session, const DeviceAuthorization& device, const DeviceHashes& hashes) {
  session.execute(
      "INSERT INTO device_authorization (id, app_id, credential_id, device_hash, user_code_hash, scope, hints, "
      "address, proven, interval_s, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      {device.id, device.app_id, device.credential_id, Octets{hashes.device_code}, Octets{hashes.user_code},
       device.scope, hints_text(device.hints), device.address, device.proven, device.interval.count(),
       device.created_at, device.expires_at});
}

std::optional<DeviceAuthorization> find_device_authorization(Session& session, const DeviceId& id) {
  return first_row<DeviceAuthorization>(
      session,
      "SELECT id, app_id, credential_id, scope, hints, address, interval_s, polled_at, created_at, expires_at, "
      "decision, decided_at, decided_by, organization_id, person_id, scopes, openid, authenticated_at, used_at, proven "
      "FROM device_authorization WHERE id = $1",
      {id}, read_device);
}

std::optional<DeviceAuthorization> find_device_by_code(Session& session, std::string_view device_code_hash) {
  return first_row<DeviceAuthorization>(
      session,
      "SELECT id, app_id, credential_id, scope, hints, address, interval_s, polled_at, created_at, expires_at, "
      "decision, decided_at, decided_by, organization_id, person_id, scopes, openid, authenticated_at, used_at, proven "
      "FROM device_authorization WHERE device_hash = $1",
      {Octets{device_code_hash}}, read_device);
}

std::optional<DeviceAuthorization> find_device_by_user_code(Session& session, std::string_view user_code_hash) {
  return first_row<DeviceAuthorization>(
      session,
      "SELECT id, app_id, credential_id, scope, hints, address, interval_s, polled_at, created_at, expires_at, "
      "decision, decided_at, decided_by, organization_id, person_id, scopes, openid, authenticated_at, used_at, proven "
      "FROM device_authorization WHERE user_code_hash = $1",
      {Octets{user_code_hash}}, read_device);
}

void note_poll(WriteSession& session, const DeviceAuthorization& device) {
  session.execute("UPDATE device_authorization SET polled_at = $2, interval_s = $3 WHERE id = $1",
                  {device.id, device.polled_at, device.interval.count()});
}

bool decide_device_authorization(WriteSession& session, const DeviceAuthorization& device, Instant now) {
  return session.execute(
             "UPDATE device_authorization SET decision = $2, decided_at = $3, decided_by = $4, organization_id = $5, "
             "person_id = $6, scopes = $7, openid = $8, authenticated_at = $9 WHERE id = $1 AND decided_at IS NULL "
             "AND expires_at > $3",
             {device.id, device.allowed.value_or(false) ? allowed : denied, now, device.decided_by,
              device.organization_id, device.person_id, join_scopes(device.scopes, " "), join_words(device.openid),
              device.authenticated_at}) == 1;
}

bool use_device_authorization(WriteSession& session, const DeviceId& id, Instant now, const TokenId& token) {
  return session.execute(
             "UPDATE device_authorization SET used_at = $2, token_id = $3 WHERE id = $1 AND used_at IS NULL AND "
             "decision = 'allowed'",
             {id, now, token}) == 1;
}

void each_device_authorization(Session& session, const Tenant& tenant,
                               const std::function<bool(const DeviceAuthorization&)>& visit) {
  session.query(
      "SELECT id, app_id, credential_id, scope, hints, address, interval_s, polled_at, created_at, expires_at, "
      "decision, decided_at, decided_by, organization_id, person_id, scopes, openid, authenticated_at, used_at, proven "
      "FROM device_authorization WHERE ($1 IS NULL OR person_id = $1 OR decided_by = $1 OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS NOT NULL) OR app_id IN "
      "(SELECT app.id FROM app JOIN membership ON membership.organization_id = app.owner_organization_id "
      "WHERE membership.person_id = $1 AND membership.joined_at IS NOT NULL)) AND ($2 IS NULL OR organization_id = $2 "
      "OR app_id IN (SELECT id FROM app WHERE owner_organization_id = $2)) ORDER BY id DESC",
      {tenant.person_id(), tenant.organization_id()}, [&](const Row& row) { return visit(read_device(row)); });
}

void end_devices(WriteSession& session, const AppId& app, const OrganizationId& organization) {
  session.execute(
      "DELETE FROM device_authorization WHERE app_id = $1 AND used_at IS NULL AND organization_id = $2 AND decision = "
      "'allowed'",
      {app, organization});
}

void end_devices(WriteSession& session, const AppId& app, const PersonId& person) {
  session.execute(
      "DELETE FROM device_authorization WHERE app_id = $1 AND used_at IS NULL AND person_id = $2 AND decision = "
      "'allowed'",
      {app, person});
}

void end_devices_of_person(WriteSession& session, const PersonId& person) {
  session.execute(
      "DELETE FROM device_authorization WHERE used_at IS NULL AND (person_id = $1 OR decided_by = $1) AND decision = "
      "'allowed'",
      {person});
}

void end_devices_of_app(WriteSession& session, const AppId& app) {
  session.execute("DELETE FROM device_authorization WHERE app_id = $1 AND used_at IS NULL", {app});
}

}  // namespace hub::store
