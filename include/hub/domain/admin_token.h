#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/id.h"

namespace hub {

enum class AdminRole { read_only, full };  // decisions-week-one.md 9
std::string_view name(AdminRole role);     // "read-only", "full"
std::optional<AdminRole> parse_admin_role(std::string_view name);

// A bearer of the admin API. The text is kept as a keyed hash only.
struct AdminToken {
  AdminTokenId id;
  std::string name;  // unique among those not revoked
  AdminRole role = AdminRole::read_only;
  Instant created_at, expires_at;
  std::optional<Instant> last_used_at, revoked_at;
};

}  // namespace hub
