#include "hub/store/authorization_code.h"

#include "rows.h"

namespace hub::store {
namespace {

StoredCode read_code(const Row& row) {
  return {.code = {.id = row.id<CodeId>(0),
                   .dialect = parse_code_dialect(row.text(1)).value_or(CodeDialect::hub),
                   .app_id = row.id<AppId>(2),
                   .credential_id = row.id<CredentialId>(3),
                   .organization_id = row.optional_id<OrganizationId>(4),
                   .person_id = row.optional_id<PersonId>(5),
                   .membership_id = row.optional_id<MembershipId>(6),
                   .granted_by = row.optional_id<PersonId>(7),
                   .scopes = parse_stored_scopes(row.text(8)),
                   .redirect_uri = row.string(9),
                   .challenge = row.optional_string(10),
                   .challenge_method = row.optional_string(11),
                   .nonce = row.optional_string(12),
                   .openid = words_of(row.is_null(18) ? "" : row.text(18)),
                   .authenticated_at = row.optional_instant(19),
                   .created_at = row.instant(13),
                   .expires_at = row.instant(14),
                   .used_at = row.optional_instant(15)},
          .token_id = row.optional_id<TokenId>(16),
          .nexus_token_id = row.optional_id<NexusTokenId>(17)};
}

}  // namespace

void insert_authorization_code(WriteSession& session, const AuthorizationCode& code, std::string_view hash) {
  std::optional<std::string> openid;
  if (!code.openid.empty()) openid = join_words(code.openid);
  session.execute(
      "INSERT INTO authorization_code (id, dialect, app_id, credential_id, organization_id, person_id, membership_id, "
      "granted_by, scopes, redirect_uri, challenge, challenge_method, nonce, code_hash, created_at, expires_at, "
      "openid, authenticated_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
      {code.id, name(code.dialect), code.app_id, code.credential_id, code.organization_id, code.person_id,
       code.membership_id, code.granted_by, join_scopes(code.scopes, " "), code.redirect_uri, code.challenge,
       code.challenge_method, code.nonce, Octets{hash}, code.created_at, code.expires_at, openid,
       code.authenticated_at});
}

std::optional<StoredCode> find_authorization_code(Session& session, std::string_view hash) {
  return first_row<StoredCode>(
      session,
      "SELECT id, dialect, app_id, credential_id, organization_id, person_id, membership_id, granted_by, scopes, "
      "redirect_uri, challenge, challenge_method, nonce, created_at, expires_at, used_at, token_id, nexus_token_id, "
      "openid, authenticated_at "
      "FROM authorization_code WHERE code_hash = $1",
      {Octets{hash}}, read_code);
}

bool use_authorization_code(WriteSession& session, const CodeId& id, Instant now, const std::optional<TokenId>& token,
                            const std::optional<NexusTokenId>& nexus_token) {
  return session.execute(
             "UPDATE authorization_code SET used_at = $2, token_id = $3, nexus_token_id = $4 WHERE id = $1 AND "
             "used_at IS NULL",
             {id, now, token, nexus_token}) == 1;
}

void end_codes(WriteSession& session, const AppId& app, const OrganizationId& organization) {
  session.execute(
      "DELETE FROM authorization_code WHERE app_id = $1 AND used_at IS NULL AND organization_id = $2 AND "
      "membership_id IS NULL",
      {app, organization});
}

void end_codes(WriteSession& session, const AppId& app, const PersonId& person) {
  session.execute(
      "DELETE FROM authorization_code WHERE app_id = $1 AND used_at IS NULL AND person_id = $2 AND "
      "membership_id IS NULL",
      {app, person});
}

void end_codes_of_app(WriteSession& session, const AppId& app) {
  session.execute("DELETE FROM authorization_code WHERE app_id = $1 AND used_at IS NULL", {app});
}

void end_codes_of_person(WriteSession& session, const PersonId& person) {
  session.execute("DELETE FROM authorization_code WHERE used_at IS NULL AND (person_id = $1 OR granted_by = $1)",
                  {person});
}

void end_other_codes(WriteSession& session, const AppId& app) {
  session.execute("DELETE FROM authorization_code WHERE app_id = $1 AND used_at IS NULL AND membership_id IS NULL",
                  {app});
}

void end_nexus_codes(WriteSession& session, const AppId& app, const OrganizationId& organization) {
  session.execute(
      "DELETE FROM authorization_code WHERE app_id = $1 AND used_at IS NULL AND organization_id = $2 AND "
      "membership_id IS NOT NULL",
      {app, organization});
}

void each_organization_with_nexus_codes(Session& session, const AppId& app,
                                        const std::function<bool(const OrganizationId&)>& visit) {
  session.query(
      "SELECT DISTINCT organization_id FROM authorization_code WHERE app_id = $1 AND used_at IS NULL AND "
      "membership_id IS NOT NULL",
      {app}, [&](const Row& row) { return visit(row.id<OrganizationId>(0)); });
}

void end_nexus_codes(WriteSession& session, const AppId& app, const MembershipId& membership) {
  session.execute("DELETE FROM authorization_code WHERE app_id = $1 AND used_at IS NULL AND membership_id = $2",
                  {app, membership});
}

}  // namespace hub::store
