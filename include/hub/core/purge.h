#pragma once
#include "hub/core/hub.h"

namespace hub::core {

// How far the look through what is kept for longer has come; it begins again at its end.
struct PurgeProgress {
  Instant codes_after = {};
};
// Takes away a little of what is over: sessions, login requests, links, counted failures, devices, codes, mails of last
// week. Each kind in a short transaction of its own, which no writer waits for longer than 50 ms. What detects misuse
// stays: a used code while something lives that came of it, spent refresh tokens (claim RF-08). True: there is more.
Result<bool> purge_expired(Hub& hub, const Call& call, PurgeProgress& progress);

}  // namespace hub::core
