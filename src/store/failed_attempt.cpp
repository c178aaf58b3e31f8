#include "hub/store/failed_attempt.h"

#include "rows.h"

namespace hub::store {

bool count_attempt(WriteSession& session, std::string_view kind, std::string_view key, const AttemptLimit& limit,
                   Instant now) {
  return session.execute(
             "INSERT INTO failed_attempt (kind, attempt_key, failures, since) VALUES ($1, $2, 1, $3) "
             "ON CONFLICT (kind, attempt_key) DO UPDATE SET "
             "failures = CASE WHEN failed_attempt.since <= $4 THEN 1 ELSE failed_attempt.failures + 1 END, "
             "since = CASE WHEN failed_attempt.since <= $4 THEN $3 ELSE failed_attempt.since END "
             "WHERE failed_attempt.since <= $4 OR failed_attempt.failures < $5",
             {kind, Octets{key}, now, now - limit.window, limit.most}) == 1;
}

void take_back_attempt(WriteSession& session, std::string_view kind, std::string_view key) {
  session.execute(
      "UPDATE failed_attempt SET failures = failures - 1 WHERE kind = $1 AND attempt_key = $2 AND failures > 0",
      {kind, Octets{key}});
}

void forget_attempts(WriteSession& session, std::string_view kind, std::string_view key) {
  session.execute("DELETE FROM failed_attempt WHERE kind = $1 AND attempt_key = $2", {kind, Octets{key}});
}

}  // namespace hub::store
