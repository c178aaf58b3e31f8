#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/id.h"
#include "hub/base/result.h"
#include "hub/core/call.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::core {

class Hub;
struct Keys;

// One snapshot, one instant, one caller. Times are whole microseconds and the same for the whole transaction.
class View {
 public:
  View(Hub& hub, const Call& call, store::Session& session, Instant now)
      : hub_(hub), call_(call), session_(session), now_(now) {}

  Instant now() const { return now_; }
  const Call& call() const { return call_; }
  const Principal& principal() const { return call_.principal; }
  Tenant tenant() const { return Tenant(call_.principal); }
  store::Session& db() { return session_; }
  Hub& hub() { return hub_; }
  Result<Keys*> keys();

 private:
  Hub& hub_;
  const Call& call_;
  store::Session& session_;
  Instant now_;
};

// The same, and it may change things, all or nothing. A job may run more than once, so it touches nothing but its Work.
class Work : public View {
 public:
  Work(Hub& hub, const Call& call, store::WriteSession& session, Instant now)
      : View(hub, call, session, now), write_session_(session) {}

  store::WriteSession& db() { return write_session_; }
  Random& random();

  // login_required when the session that the call comes from has ended in between (claims G-04, WB-02).
  Result<void> check_session();
  // `stale` unless the caller's --if-version is this one or was not given.
  Result<void> check_version(std::int64_t version) const;

  // Puts a domain event into the outbox, in this transaction (zaikio-hub.md section 6.6). `payload` is the text of a
  // JSON object.
  void emit(std::string_view name, std::string_view subject, std::string_view payload = "{}",
            std::optional<AppId> receiver = std::nullopt);

  // Names the organization the audit row of this operation belongs to.
  void concerns(const OrganizationId& organization) { organization_ = organization; }
  // Appends a row to the audit trail, in this transaction.
  void audit(std::string_view action, std::string_view target, std::string_view result, std::string_view detail);

 private:
  store::WriteSession& write_session_;
  std::optional<OrganizationId> organization_;
};

}  // namespace hub::core
