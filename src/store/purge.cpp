#include "hub/store/purge.h"

#include "rows.h"

namespace hub::store {

std::int64_t purge_sessions(WriteSession& session, Instant until, std::int64_t most) {
  return session.execute("DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at < $1 LIMIT $2)",
                         {until, most});
}

std::int64_t purge_login_requests(WriteSession& session, Instant until, std::int64_t most) {
  return session.execute(
      "DELETE FROM login_request WHERE id IN (SELECT id FROM login_request WHERE expires_at < $1 LIMIT $2)",
      {until, most});
}

std::int64_t purge_mail_links(WriteSession& session, Instant until, std::int64_t most) {
  return session.execute("DELETE FROM mail_link WHERE id IN (SELECT id FROM mail_link WHERE expires_at < $1 LIMIT $2)",
                         {until, most});
}

std::int64_t purge_devices(WriteSession& session, Instant until, std::int64_t most) {
  return session.execute(
      "DELETE FROM device_authorization WHERE id IN "
      "(SELECT id FROM device_authorization WHERE expires_at < $1 LIMIT $2)",
      {until, most});
}

std::int64_t purge_attempts(WriteSession& session, Instant until, std::int64_t most) {
  return session.execute(
      "DELETE FROM failed_attempt WHERE (kind, attempt_key) IN "
      "(SELECT kind, attempt_key FROM failed_attempt WHERE since < $1 LIMIT $2)",
      {until, most});
}

std::int64_t purge_mails(WriteSession& session, Instant until, std::int64_t most) {
  return session.execute("DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE created_at < $1 LIMIT $2)",
                         {until, most});
}

void each_old_code(Session& session, Instant after, Instant until, Instant ended_before,
                   const std::function<bool(const OldCode&)>& visit) {
  session.query(
      "SELECT id, expires_at, used_at IS NULL OR NOT (EXISTS "
      "(SELECT 1 FROM token JOIN token AS member ON member.connection_id IS NOT DISTINCT FROM token.connection_id AND "
      "member.family_id = token.family_id WHERE token.id = authorization_code.token_id AND (member.expires_at > $3 OR "
      "(member.refresh_hash IS NOT NULL AND member.refresh_expires_at > $3))) OR EXISTS "
      "(SELECT 1 FROM nexus_token WHERE nexus_token.id = authorization_code.nexus_token_id AND revoked_at IS NULL)) "
      "FROM authorization_code WHERE expires_at > $1 AND expires_at < $2 ORDER BY expires_at",
      {after, until, ended_before}, [&](const Row& row) {
        return visit({.id = row.id<CodeId>(0), .expires_at = row.instant(1), .is_over = row.boolean(2)});
      });
}

void delete_code(WriteSession& session, const CodeId& id) {
  session.execute("DELETE FROM authorization_code WHERE id = $1", {id});
}

}  // namespace hub::store
