#include "hub/store/admin_token.h"

#include "rows.h"

namespace hub::store {
namespace {

AdminToken read_token(const Row& row) {
  return {.id = row.id<AdminTokenId>(0),
          .name = row.string(1),
          .role = parse_admin_role(row.text(2)).value_or(AdminRole::read_only),
          .created_at = row.instant(3),
          .expires_at = row.instant(4),
          .last_used_at = row.optional_instant(5),
          .revoked_at = row.optional_instant(6)};
}

}  // namespace

bool insert_admin_token(WriteSession& session, const AdminToken& token, std::string_view hash) {
  return session.execute(
             "INSERT INTO admin_token (id, name, role, token_hash, created_at, expires_at) "
             "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
             {token.id, token.name, name(token.role), Octets{hash}, token.created_at, token.expires_at}) == 1;
}

std::optional<AdminToken> find_admin_token(Session& session, std::string_view hash) {
  return first_row<AdminToken>(
      session,
      "SELECT id, name, role, created_at, expires_at, last_used_at, revoked_at FROM admin_token WHERE token_hash = $1",
      {Octets{hash}}, read_token);
}

std::optional<AdminToken> find_admin_token_named(Session& session, std::string_view reference) {
  return first_row<AdminToken>(
      session,
      "SELECT id, name, role, created_at, expires_at, last_used_at, revoked_at FROM admin_token "
      "WHERE id = $1 OR (name = $2 AND revoked_at IS NULL) ORDER BY id",
      {comparison_form(reference), reference}, read_token);
}

void revoke_admin_token(WriteSession& session, const AdminTokenId& id, Instant now) {
  session.execute("UPDATE admin_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", {id, now});
}

void note_admin_token_use(WriteSession& session, const AdminTokenId& id, Instant now) {
  session.execute(
      "UPDATE admin_token SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)",
      {id, now});
}

void each_admin_token(Session& session, const std::function<bool(const AdminToken&)>& visit) {
  session.query("SELECT id, name, role, created_at, expires_at, last_used_at, revoked_at FROM admin_token ORDER BY id",
                {}, [&](const Row& row) { return visit(read_token(row)); });
}

}  // namespace hub::store
