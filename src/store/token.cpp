#include "hub/store/token.h"

#include "rows.h"

namespace hub::store {
namespace {

Token read_token(const Row& row) {
  Token token{.id = row.id<TokenId>(0),
              .family_id = row.id<FamilyId>(1),
              .app_id = row.id<AppId>(2),
              .credential_id = row.id<CredentialId>(3),
              .connection_id = row.optional_id<ConnectionId>(4),
              .organization_id = row.optional_id<OrganizationId>(5),
              .person_id = row.optional_id<PersonId>(6),
              .roles = std::nullopt,
              .scopes = parse_stored_scopes(row.text(8)),
              .grant = parse_grant_kind(row.text(9)).value_or(GrantKind::by_hand),
              .audience = row.string(10),
              .kid = row.string(11),
              .issued_at = row.instant(12),
              .expires_at = row.instant(13),
              .revoked_at = row.optional_instant(14),
              .refresh_expires_at = row.optional_instant(15),
              .refresh_used_at = row.optional_instant(16),
              .parent_id = row.optional_id<TokenId>(17),
              .grant_scopes = std::nullopt,
              .openid = words_of(row.is_null(19) ? "" : row.text(19)),
              .authenticated_at = row.optional_instant(20),
              .name = row.optional_string(21)};
  if (!row.is_null(7)) token.roles = RoleSet::from_stored(row.integer(7));
  if (!row.is_null(18)) token.grant_scopes = parse_stored_scopes(row.text(18));
  return token;
}

std::function<bool(const Row&)> reading(const std::function<bool(const Token&)>& visit) {
  return [&visit](const Row& row) { return visit(read_token(row)); };
}

// Collected before anything is changed, so that a statement never changes rows that another one is walking over.
std::vector<Token> collected(Session& session, std::string_view sql, Values values) {
  std::vector<Token> out;
  session.query(sql, values, [&](const Row& row) {
    out.push_back(read_token(row));
    return true;
  });
  return out;
}

std::int64_t revoke_children(WriteSession& session, const TokenId& parent, Instant now, const Revoked& revoked);

// Usable refresh tokens among those that ended.
std::int64_t revoke(WriteSession& session, const std::vector<Token>& tokens, Instant now, const Revoked& revoked) {
  std::int64_t ended = 0;
  for (const Token& token : tokens) {
    const bool alive = !token.revoked_at && token.expires_at > now;
    if (token.refresh_expires_at && *token.refresh_expires_at > now && !token.refresh_used_at) ++ended;
    session.execute(
        "UPDATE token SET revoked_at = CASE WHEN revoked_at IS NULL AND expires_at > $2 THEN $2 ELSE revoked_at END, "
        "refresh_hash = NULL WHERE id = $1 AND organization_id IS NOT DISTINCT FROM $3",
        {token.id, now, token.organization_id});
    if (alive) revoked(token);
    if (!token.parent_id) ended += revoke_children(session, token.id, now, revoked);
  }
  return ended;
}

// What was delegated from a token ends with it, and all that was refreshed from that (claim SC-03).
std::int64_t revoke_children(WriteSession& session, const TokenId& parent, Instant now, const Revoked& revoked) {
  std::int64_t ended = 0;
  for (const Token& child : collected(
           session,
           "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
           "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
           "parent_id, grant_scopes, openid, authenticated_at, name FROM token WHERE parent_id = $1 AND (expires_at > "
           "$2 OR refresh_hash IS NOT NULL)",
           {parent, now})) {
    ended += revoke_family(session, child, now, revoked);
  }
  return ended;
}

}  // namespace

void insert_token(WriteSession& session, const Token& token, std::optional<std::string_view> refresh_hash) {
  std::optional<Octets> hash;
  if (refresh_hash) hash = Octets{*refresh_hash};
  std::optional<std::int64_t> roles;
  if (token.roles) roles = token.roles->stored();
  std::optional<std::string> grant_scopes;
  if (token.grant_scopes) grant_scopes = join_scopes(*token.grant_scopes, " ");
  std::optional<std::string> openid;
  if (!token.openid.empty()) openid = join_words(token.openid);
  session.execute(
      "INSERT INTO token (id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, "
      "scopes, "
      "grant_kind, audience, kid, issued_at, expires_at, refresh_hash, refresh_expires_at, parent_id, "
      "grant_scopes, openid, authenticated_at, name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
      "$14, $15, $16, $17, $18, $19, $20, $21)",
      {token.id,
       token.family_id,
       token.app_id,
       token.credential_id,
       token.connection_id,
       token.organization_id,
       token.person_id,
       roles,
       join_scopes(token.scopes, " "),
       name(token.grant),
       token.audience,
       token.kid,
       token.issued_at,
       token.expires_at,
       hash,
       token.refresh_expires_at,
       token.parent_id,
       grant_scopes,
       openid,
       token.authenticated_at,
       token.name});
}

std::optional<Token> find_token(Session& session, const TokenId& id) {
  return first_row<Token>(
      session,
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token WHERE id = $1",
      {id}, read_token);
}

std::optional<Token> find_living_in_family(Session& session, const Token& member, Instant now) {
  return first_row<Token>(
      session,
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, "
      "grant_scopes, openid, authenticated_at, name FROM token WHERE connection_id = $1 AND family_id = $2 AND "
      "revoked_at IS NULL AND expires_at > $3 "
      "ORDER BY id DESC",
      {member.connection_id, member.family_id, now}, read_token);
}

std::optional<Bytes> find_refresh_hash(Session& session, const TokenId& id) {
  return first_row<Bytes>(session, "SELECT refresh_hash FROM token WHERE id = $1 AND refresh_hash IS NOT NULL", {id},
                          [](const Row& row) { return Bytes(row.octets(0)); });
}

bool use_refresh_token(WriteSession& session, const TokenId& id, Instant now) {
  return session.execute(
             "UPDATE token SET refresh_used_at = $2 WHERE id = $1 AND refresh_used_at IS NULL AND "
             "refresh_hash IS NOT NULL",
             {id, now}) == 1;
}

std::int64_t revoke_token(WriteSession& session, const TokenId& id, Instant now, const Revoked& revoked) {
  const std::optional<Token> token = find_token(session, id);
  if (!token) return 0;
  // The refresh tokens of the same grant die with it (zaikio-hub.md section 4.3).
  const std::int64_t ended = session.execute(
      "UPDATE token SET refresh_hash = NULL WHERE connection_id = $1 AND family_id = $2 AND refresh_hash IS NOT NULL "
      "AND refresh_used_at IS NULL AND refresh_expires_at > $3",
      {token->connection_id, token->family_id, now});
  session.execute(
      "UPDATE token SET refresh_hash = NULL WHERE connection_id = $1 AND family_id = $2 AND refresh_hash IS NOT NULL",
      {token->connection_id, token->family_id});
  revoke(session, {*token}, now, revoked);
  return ended;
}

std::int64_t revoke_family(WriteSession& session, const Token& member, Instant now, const Revoked& revoked) {
  return revoke(
      session,
      collected(
          session,
          "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
          "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
          "parent_id, grant_scopes, openid, authenticated_at, name "
          "FROM token WHERE connection_id IS NOT DISTINCT FROM $1 AND family_id = $2",
          {member.connection_id, member.family_id}),
      now, revoked);
}

std::int64_t revoke_tokens_of_credential(WriteSession& session, const CredentialId& credential, Instant now,
                                         const Revoked& revoked) {
  return revoke(
      session,
      collected(
          session,
          "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
          "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
          "parent_id, grant_scopes, openid, authenticated_at, name "
          "FROM token WHERE credential_id = $1 AND (expires_at > $2 OR refresh_hash IS NOT NULL)",
          {credential, now}),
      now, revoked);
}

std::int64_t revoke_tokens_of_connection(WriteSession& session, const ConnectionId& connection, Instant now,
                                         const Revoked& revoked) {
  return revoke(
      session,
      collected(
          session,
          "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
          "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
          "parent_id, grant_scopes, openid, authenticated_at, name "
          "FROM token WHERE connection_id = $1 AND (expires_at > $2 OR refresh_hash IS NOT NULL)",
          {connection, now}),
      now, revoked);
}

std::int64_t revoke_tokens_on_behalf(WriteSession& session, const OrganizationId& organization, const PersonId& person,
                                     Instant now, const Revoked& revoked) {
  return revoke(
      session,
      collected(
          session,
          "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
          "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
          "parent_id, grant_scopes, openid, authenticated_at, name "
          "FROM token WHERE connection_id IN (SELECT id FROM connection WHERE organization_id = $1) AND "
          "person_id = $2 AND (expires_at > $3 OR refresh_hash IS NOT NULL)",
          {organization, person, now}),
      now, revoked);
}

std::int64_t revoke_tokens_on_behalf(WriteSession& session, const AppId& app, const PersonId& person, Instant now,
                                     const Revoked& revoked) {
  return revoke(
      session,
      collected(
          session,
          "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
          "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
          "parent_id, grant_scopes, openid, authenticated_at, name "
          "FROM token WHERE connection_id IN (SELECT connection.id FROM connection JOIN membership "
          "ON membership.organization_id = connection.organization_id "
          "WHERE membership.person_id = $2 AND connection.app_id = $1) AND "
          "person_id = $2 AND (expires_at > $3 OR refresh_hash IS NOT NULL)",
          {app, person, now}),
      now, revoked);
}

std::int64_t revoke_all_tokens(WriteSession& session, Instant now, const Revoked& revoked) {
  return revoke(
      session,
      collected(
          session,
          "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
          "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
          "parent_id, grant_scopes, openid, authenticated_at, name "
          "FROM token WHERE expires_at > $1 OR refresh_hash IS NOT NULL",
          {now}),
      now, revoked);
}

void revoke_tokens_of_key(WriteSession& session, std::string_view kid, Instant now, const Revoked& revoked) {
  for (const Token& token : collected(
           session,
           "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
           "grant_kind, audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, "
           "parent_id, grant_scopes, openid, authenticated_at, name "
           "FROM token WHERE kid = $1 AND expires_at > $2 AND revoked_at IS NULL",
           {kid, now})) {
    session.execute("UPDATE token SET revoked_at = $2 WHERE id = $1", {token.id, now});
    revoked(token);
    revoke_children(session, token.id, now, revoked);
  }
}

void each_revoked_token(Session& session, Instant now, const std::function<bool(const Token&)>& visit) {
  session.query(
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token "
      "WHERE revoked_at IS NOT NULL AND expires_at > $1 ORDER BY revoked_at",
      {now}, reading(visit));
}

void each_token(Session& session, const Tenant& tenant, const std::function<bool(const Token&)>& visit) {
  session.query(
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token "
      "WHERE ($1 IS NULL OR person_id = $1 OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS NOT NULL)) AND "
      "($2 IS NULL OR organization_id = $2) ORDER BY id DESC",
      {tenant.person_id(), tenant.organization_id()}, reading(visit));
}

void each_token_of_app(Session& session, const AppId& app, const std::function<bool(const Token&)>& visit) {
  session.query(
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token "
      "WHERE credential_id IN (SELECT id FROM credential WHERE app_id = $1) ORDER BY id DESC",
      {app}, reading(visit));
}

void each_token_of_credential(Session& session, const CredentialId& credential,
                              const std::function<bool(const Token&)>& visit) {
  session.query(
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token "
      "WHERE credential_id = $1 ORDER BY id DESC",
      {credential}, reading(visit));
}

void each_token_of_organization(Session& session, const OrganizationId& organization,
                                const std::function<bool(const Token&)>& visit) {
  session.query(
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token "
      "WHERE connection_id IN (SELECT id FROM connection WHERE organization_id = $1) OR "
      "(organization_id = $1 AND name IS NOT NULL) ORDER BY id DESC",
      {organization}, reading(visit));
}

void each_token_of_person(Session& session, const PersonId& person, const std::function<bool(const Token&)>& visit) {
  session.query(
      "SELECT id, family_id, app_id, credential_id, connection_id, organization_id, person_id, roles, scopes, "
      "grant_kind, "
      "audience, kid, issued_at, expires_at, revoked_at, refresh_expires_at, refresh_used_at, parent_id, grant_scopes, "
      "openid, authenticated_at, name "
      "FROM token "
      "WHERE (person_id = $1 AND connection_id IN (SELECT id FROM connection WHERE person_id = $1 OR organization_id "
      "IN "
      "(SELECT organization_id FROM membership WHERE person_id = $1))) OR "
      "(person_id = $1 AND organization_id IS NULL AND name IS NOT NULL) ORDER BY id DESC",
      {person}, reading(visit));
}

}  // namespace hub::store
