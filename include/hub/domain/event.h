#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"

namespace hub {

// A domain event in the outbox, written in the same transaction as the change (zaikio-hub.md section 6.6).
struct Event {
  EventId id;
  std::string name;     // "zaikio.connection_changed"
  std::string subject;  // "Org/<uuid>" or "Per/<uuid>"
  std::string payload = "{}";
  std::optional<AppId> receiver_id;  // only this app; none: every subscriber
  Instant created_at;
};

// One row of the audit trail. Rows are chained: hash covers the row and the hash of the one before (claim CL-06).
struct AuditRow {
  std::int64_t sequence = 0;
  Instant at;
  std::string actor;   // "local:root", "person:<uuid>"
  std::string action;  // the operation, "authorization grant"
  std::string target;  // "authorization:<uuid>"
  std::optional<OrganizationId> organization_id;
  std::string result;  // "ok" or the error code
  std::optional<std::string> reason;
  std::string detail = "{}";
  std::string hash;                            // lower-case hex SHA-256
  std::optional<std::string> request_id = {};  // of the HTTP request, if it was one
};

}  // namespace hub
