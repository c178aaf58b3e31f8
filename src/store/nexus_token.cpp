#include "hub/store/nexus_token.h"

#include "rows.h"

namespace hub::store {
namespace {

NexusToken read_token(const Row& row) {
  return {.id = row.id<NexusTokenId>(0),
          .app_id = row.id<AppId>(1),
          .membership_id = row.id<MembershipId>(2),
          .organization_id = row.id<OrganizationId>(3),
          .scopes = parse_stored_scopes(row.text(4)),
          .credential_id = row.optional_id<CredentialId>(5),
          .code_id = row.optional_id<CodeId>(6),
          .created_at = row.instant(7),
          .revoked_at = row.optional_instant(8)};
}

}  // namespace

void insert_nexus_token(WriteSession& session, const NexusToken& token, std::string_view hash) {
  session.execute(
      "INSERT INTO nexus_token (id, app_id, membership_id, organization_id, credential_id, code_id, scopes, "
      "token_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {token.id, token.app_id, token.membership_id, token.organization_id, token.credential_id, token.code_id,
       join_scopes(token.scopes, " "), Octets{hash}, token.created_at});
}

std::optional<NexusToken> find_nexus_token(Session& session, std::string_view hash) {
  return first_row<NexusToken>(
      session,
      "SELECT id, app_id, membership_id, organization_id, scopes, credential_id, code_id, created_at, revoked_at "
      "FROM nexus_token WHERE token_hash = $1",
      {Octets{hash}}, read_token);
}

std::int64_t revoke_nexus_token(WriteSession& session, const NexusTokenId& id, Instant now) {
  return session.execute("UPDATE nexus_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", {id, now});
}

std::int64_t revoke_nexus_tokens_of_app(WriteSession& session, const AppId& app, Instant now) {
  return session.execute("UPDATE nexus_token SET revoked_at = $2 WHERE app_id = $1 AND revoked_at IS NULL", {app, now});
}

std::int64_t revoke_nexus_tokens_of_membership(WriteSession& session, const MembershipId& membership, Instant now) {
  return session.execute("UPDATE nexus_token SET revoked_at = $2 WHERE membership_id = $1 AND revoked_at IS NULL",
                         {membership, now});
}

std::int64_t revoke_nexus_tokens_of_credential(WriteSession& session, const CredentialId& credential, Instant now) {
  return session.execute("UPDATE nexus_token SET revoked_at = $2 WHERE credential_id = $1 AND revoked_at IS NULL",
                         {credential, now});
}

void each_nexus_token_of_app(Session& session, const AppId& app, const std::function<bool(const NexusToken&)>& visit) {
  session.query(
      "SELECT id, app_id, membership_id, organization_id, scopes, credential_id, code_id, created_at, revoked_at "
      "FROM nexus_token WHERE app_id = $1 AND revoked_at IS NULL ORDER BY id",
      {app}, [&](const Row& row) { return visit(read_token(row)); });
}

}  // namespace hub::store
