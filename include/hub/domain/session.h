#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"

namespace hub {

// A browser in which somebody is signed in (claims WB-01, WB-02). Its cookie is kept as a keyed hash only.
struct Session {
  SessionId id;
  PersonId person_id;
  std::string agent;                             // what the browser calls itself, shortened
  std::string address;                           // it was signed in from
  Instant authenticated_at;                      // when the password was given last
  Instant created_at, last_seen_at, expires_at;  // expires_at: whatever happens
  std::optional<Instant> ended_at;

  // Neither ended, nor too old, nor left alone for too long.
  bool alive(Instant now) const;
};

}  // namespace hub
