#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/base/time.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"

// The bearer tokens of the admin API (decisions-week-one.md 9). The text has the prefix hat_ and is kept as a keyed
// hash.
namespace hub::core {

struct AdminTokenAnswer {
  std::string name, role;  // role: read-only, full
  Instant created_at;
  std::optional<Instant> expires_at, last_used_at, revoked_at;
  std::string state;  // active, expired, revoked
  std::string id;
  std::optional<Secret> token;  // only where it has just been made
};
struct IssueAdminToken {
  std::string name;                 // who or what it is for; shows in the audit trail as "admin:<name>"
  std::optional<std::string> role;  // default read-only
  std::optional<Seconds> lifetime;  // default 90 days; at most 366 days
};
Result<Changed<AdminTokenAnswer>> issue_admin_token(Work& work, const IssueAdminToken& request);

struct ListAdminTokens {};
Result<void> list_admin_tokens(View& view, const ListAdminTokens& request,
                               const std::function<bool(const AdminTokenAnswer&)>& each);
struct RevokeAdminToken {
  std::string token;  // id or name
};
Result<Changed<AdminTokenAnswer>> revoke_admin_token(Work& work, const RevokeAdminToken& request);

}  // namespace hub::core
