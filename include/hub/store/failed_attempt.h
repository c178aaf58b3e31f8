#pragma once
#include <cstdint>
#include <string_view>

#include "hub/base/time.h"
#include "hub/store/session.h"

// Wrong passwords and codes, counted so that a restart forgives nothing (claims AC-02 and DV-03).
namespace hub::store {

// How many failures a window holds, which begins with its first one.
struct AttemptLimit {
  std::int64_t most;
  Seconds window;
};
// Counts a failure that may come, in one statement, so that parallel guesses get no extra tries. False: there were too
// many already, and this one must not be tried. `key`: a keyed hash of what is counted.
bool count_attempt(WriteSession& session, std::string_view kind, std::string_view key, const AttemptLimit& limit,
                   Instant now);
void take_back_attempt(WriteSession& session, std::string_view kind, std::string_view key);  // it was no failure
void forget_attempts(WriteSession& session, std::string_view kind, std::string_view key);

}  // namespace hub::store
