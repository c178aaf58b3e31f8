#include "hub/store/credential.h"

#include "rows.h"

namespace hub::store {
namespace {

Credential read_credential(const Row& row) {
  return {.id = row.id<CredentialId>(0),
          .app_id = row.id<AppId>(1),
          .organization_id = row.id<OrganizationId>(2),
          .connection_id = row.optional_id<ConnectionId>(3),
          .client_id = row.string(4),
          .name = row.optional_string(5),
          .confidential = row.boolean(6),
          .last_used_at = row.optional_instant(7),
          .previous_until = row.optional_instant(8),
          .previous_last_used_at = row.optional_instant(9),
          .rotated_at = row.optional_instant(10),
          .revoked_at = row.optional_instant(11),
          .version = row.integer(12),
          .created_at = row.instant(13),
          .updated_at = row.instant(14)};
}

}  // namespace

std::vector<CredentialId> credentials_named(Session& session, const Tenant& tenant, std::string_view reference) {
  return all_ids<CredentialId>(
      session,
      "SELECT id FROM credential WHERE (id = $1 OR hash_id = $2 OR (client_id = $1 AND connection_id IS NULL AND "
      "revoked_at IS NULL)) AND ($3 IS NULL OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT NULL)) AND "
      "($4 IS NULL OR organization_id = $4) ORDER BY id",
      {comparison_form(reference), reference, tenant.person_id(), tenant.organization_id()});
}

std::vector<CredentialId> keys_named(Session& session, const Tenant& owner, std::string_view reference) {
  return all_ids<CredentialId>(
      session,
      "SELECT credential.id FROM credential JOIN app ON app.id = credential.app_id "
      "WHERE (credential.id = $1 OR credential.hash_id = $2) AND credential.connection_id IS NOT NULL AND "
      "credential.revoked_at IS NULL AND ($3 IS NULL OR app.owner_organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT NULL)) AND "
      "($4 IS NULL OR app.owner_organization_id = $4) ORDER BY credential.id",
      {comparison_form(reference), reference, owner.person_id(), owner.organization_id()});
}

std::vector<CredentialId> keys_given_by(Session& session, const AppId& app, std::string_view organization) {
  return all_ids<CredentialId>(
      session,
      "SELECT credential.id FROM credential JOIN organization ON organization.id = credential.organization_id "
      "WHERE credential.app_id = $1 AND credential.connection_id IS NOT NULL AND credential.revoked_at IS NULL AND "
      "(organization.id = $2 OR organization.hash_id = $3 OR organization.slug = $3) ORDER BY credential.id",
      {app, comparison_form(organization), organization});
}

std::optional<Credential> find_credential(Session& session, const CredentialId& id) {
  return first_row<Credential>(
      session,
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential WHERE id = $1",
      {id}, read_credential);
}

std::optional<Credential> find_own_credential(Session& session, std::string_view client_id) {
  return first_row<Credential>(
      session,
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential "
      "WHERE client_id = $1 AND connection_id IS NULL AND revoked_at IS NULL",
      {client_id}, read_credential);
}

std::optional<Credential> find_credential_by_name(Session& session, const AppId& app, std::string_view name) {
  return first_row<Credential>(
      session,
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential "
      "WHERE app_id = $1 AND name = $2 AND name IS NOT NULL AND revoked_at IS NULL",
      {app, name}, read_credential);
}

std::optional<Credential> find_first_credential(Session& session, const AppId& app) {
  return first_row<Credential>(
      session,
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential "
      "WHERE app_id = $1 AND connection_id IS NULL AND revoked_at IS NULL ORDER BY id LIMIT 1",
      {app}, read_credential);
}

std::optional<Credential> find_key_of_connection(Session& session, const ConnectionId& connection) {
  return first_row<Credential>(
      session,
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential "
      "WHERE connection_id = $1",
      {connection}, read_credential);
}

std::optional<Bytes> find_sealed_secret(Session& session, const CredentialId& id) {
  return first_row<Bytes>(
      session,
      "SELECT secret_sealed FROM credential WHERE id = $1 AND secret_sealed IS NOT NULL AND revoked_at "
      "IS NULL",
      {id}, [](const Row& row) { return Bytes(row.octets(0)); });
}

std::optional<SecretMatch> find_secret(Session& session, std::string_view client_id, std::string_view hash,
                                       Instant now) {
  const auto read_id = [](const Row& row) { return row.id<CredentialId>(0); };
  if (const auto id = first_row<CredentialId>(
          session,
          "SELECT id FROM credential WHERE secret_hash = $1 AND secret_hash IS NOT NULL AND client_id = $2 AND "
          "revoked_at IS NULL",
          {Octets{hash}, client_id}, read_id)) {
    return SecretMatch{*id, false};
  }
  if (const auto id = first_row<CredentialId>(
          session,
          "SELECT id FROM credential WHERE previous_hash = $1 AND previous_hash IS NOT NULL AND client_id = $2 AND "
          "revoked_at IS NULL AND previous_until > $3",
          {Octets{hash}, client_id, now}, read_id)) {
    return SecretMatch{*id, true};
  }
  return std::nullopt;
}

std::optional<UsedSecret> find_credential_by_secret(Session& session, std::string_view client_id, std::string_view hash,
                                                    Instant now) {
  if (const auto current = first_row<Credential>(
          session,
          "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, "
          "previous_until, previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at "
          "FROM credential WHERE secret_hash = $1 AND secret_hash IS NOT NULL AND client_id = $2 AND revoked_at IS "
          "NULL",
          {Octets{hash}, client_id}, read_credential)) {
    return UsedSecret{*current, false};
  }
  const auto match = find_secret(session, client_id, hash, now);
  const auto credential = match ? find_credential(session, match->id) : std::nullopt;
  if (!credential) return std::nullopt;
  return UsedSecret{*credential, match->previous};
}

bool insert_credential(WriteSession& session, const Credential& credential, const std::optional<SecretForms>& secret) {
  std::optional<Octets> hash, sealed;
  if (secret) hash = Octets{secret->hash};
  if (secret && secret->sealed) sealed = Octets{*secret->sealed};
  return session.execute(
             "INSERT INTO credential (id, hash_id, app_id, organization_id, connection_id, client_id, name, "
             "confidential, secret_hash, secret_sealed, version, created_at, updated_at) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
             {credential.id, credential.id.hash_id(), credential.app_id, credential.organization_id,
              credential.connection_id, credential.client_id, credential.name, credential.confidential, hash, sealed,
              credential.version, credential.created_at, credential.updated_at}) == 1;
}

void rotate_secret(WriteSession& session, const CredentialId& id, const SecretForms& secret,
                   std::optional<Instant> previous_until, Instant now) {
  std::optional<Octets> sealed;
  if (secret.sealed) sealed = Octets{*secret.sealed};
  session.execute(
      "UPDATE credential SET previous_hash = CASE WHEN $4 IS NULL THEN NULL ELSE secret_hash END, previous_until = $4, "
      "previous_last_used_at = CASE WHEN last_used_at IS NULL THEN previous_last_used_at ELSE last_used_at END, "
      "last_used_at = NULL, "
      "secret_hash = $2, secret_sealed = $3, rotated_at = $5, version = version + 1, updated_at = $5 WHERE id = $1",
      {id, Octets{secret.hash}, sealed, previous_until, now});
}

void note_secret_use(WriteSession& session, const SecretMatch& used, Instant now) {
  if (used.previous) {
    session.execute(
        "UPDATE credential SET previous_last_used_at = $2 WHERE id = $1 AND "
        "(previous_last_used_at IS NULL OR previous_last_used_at < $2)",
        {used.id, now});
    return;
  }
  session.execute(
      "UPDATE credential SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
      {used.id, now});
}

void revoke_credential(WriteSession& session, const CredentialId& id, Instant now) {
  session.execute(
      "UPDATE credential SET revoked_at = $2, secret_hash = NULL, secret_sealed = NULL, previous_hash = NULL, "
      "previous_until = NULL, version = version + 1, updated_at = $2 WHERE id = $1 AND revoked_at IS NULL",
      {id, now});
}

void each_credential_of_app(Session& session, const AppId& app, const std::function<bool(const Credential&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential "
      "WHERE app_id = $1 AND revoked_at IS NULL ORDER BY id",
      {app}, [&](const Row& row) { return visit(read_credential(row)); });
}

// The few among the keys of all organizations, by the index of own client ids, which client_id >= '' leads to.
void each_credential(Session& session, const Tenant& tenant, const std::function<bool(const Credential&)>& visit) {
  session.query(
      "SELECT id, app_id, organization_id, connection_id, client_id, name, confidential, last_used_at, previous_until, "
      "previous_last_used_at, rotated_at, revoked_at, version, created_at, updated_at FROM credential "
      "WHERE id IN (SELECT id FROM credential WHERE connection_id IS NULL AND revoked_at IS NULL AND client_id >= '') "
      "AND ($1 IS NULL OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS NOT NULL)) AND "
      "($2 IS NULL OR organization_id = $2) ORDER BY id",
      {tenant.person_id(), tenant.organization_id()}, [&](const Row& row) { return visit(read_credential(row)); });
}

}  // namespace hub::store
