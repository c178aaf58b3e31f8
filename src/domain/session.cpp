#include "hub/domain/session.h"

#include "hub/domain/lifetimes.h"

namespace hub {

bool Session::alive(Instant now) const {
  return !ended_at && now < expires_at && now < last_seen_at + lifetimes::session_idle;
}

}  // namespace hub
