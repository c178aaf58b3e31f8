#pragma once
#include <cstdint>
#include <functional>

#include "hub/base/id.h"
#include "hub/store/session.h"

// What has been over for a while and detects no misuse any more. Each takes away at most `most` rows, so that no writer
// waits long; the value is how many went.
namespace hub::store {

std::int64_t purge_sessions(WriteSession& session, Instant until, std::int64_t most);        // over before `until`
std::int64_t purge_login_requests(WriteSession& session, Instant until, std::int64_t most);  // the same
std::int64_t purge_mail_links(WriteSession& session, Instant until, std::int64_t most);      // the same
std::int64_t purge_devices(WriteSession& session, Instant until, std::int64_t most);         // the same
std::int64_t purge_attempts(WriteSession& session, Instant until, std::int64_t most);        // windows begun before
std::int64_t purge_mails(WriteSession& session, Instant until, std::int64_t most);           // made before

// A code that expired, and whether it can go: unused, or nothing lives any more that came of it, since a second
// redemption would have to end that (claim CO-02).
struct OldCode {
  CodeId id;
  Instant expires_at;
  bool is_over = false;
};
// Those that expired after `after` and before `until`, the oldest first. `ended_before`: when the tokens of a used one
// must have ended.
void each_old_code(Session& session, Instant after, Instant until, Instant ended_before,
                   const std::function<bool(const OldCode&)>& visit);
void delete_code(WriteSession& session, const CodeId& id);

}  // namespace hub::store
