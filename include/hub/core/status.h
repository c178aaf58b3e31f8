#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/time.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/domain/redirect_uri.h"

namespace hub::core {

struct ShowStatus {
  bool check = false;
};
struct StatusAnswer {
  std::string store, issuer, mode;
  std::int64_t schema = 0, organizations = 0, people = 0, apps = 0, connections = 0, tokens = 0;
  std::optional<std::string> signing_key;  // the kid that signs now
  std::optional<std::int64_t> signing_key_age_s;
  bool ready = false;  // settings are there and a key signs
  bool check = false;

  int exit_status() const { return check && !ready ? 10 : 0; }
};
Result<StatusAnswer> show_status(View& view, const ShowStatus& request);

// What the hub was made as, cheaply; the issuer is the one this process serves as. store_damaged when it is unfinished.
struct About {
  std::string issuer;
  HubMode mode = HubMode::production;
};
Result<About> about(View& view);
// How long the key that signs now has done so; none when no key does.
Result<std::optional<Seconds>> signing_key_age(View& view);
// wrong_state unless a key signs now.
Result<void> check_ready(View& view);

struct AuditAnswer {
  Instant at;
  std::string actor, action, target, result;
  std::optional<std::string> reason;
  ObjectText detail;
  std::int64_t sequence = 0;
  std::optional<std::string> organization;
  std::string hash;
};
struct ListAudit {
  std::optional<std::string> actor, target, action;
  std::optional<Instant> since;
};
// The audit trail, oldest first; every row chained to the one before (claim CL-06).
Result<void> list_audit(View& view, const ListAudit& request, const std::function<bool(const AuditAnswer&)>& each);

}  // namespace hub::core
