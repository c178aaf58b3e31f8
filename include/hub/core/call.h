#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "hub/domain/principal.h"

namespace hub {

// What accompanies every operation whatever its fields are.
struct Call {
  Principal principal;
  std::optional<SessionId> session;        // of the browser it comes from: no change is made once that has ended
  bool ensure = false;                     // succeed with changed=false when it is already so
  bool confirmed = false;                  // what asks for its name to be repeated goes without
  bool dry_run = false;                    // the real transaction, rolled back at its end
  std::optional<std::int64_t> if_version;  // refuse with `stale` unless the thing has this version
  std::optional<std::string> reason;       // kept in the audit trail
  std::optional<std::string> request_id;   // of the HTTP request, kept beside it
};

}  // namespace hub
