#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"

namespace hub {

// A client id with its secret. With a connection it is the key of one foreign organization for one app, under the app's
// own client id (nexus211.md "Key"); without one it belongs to the app itself. The secret is not part of it.
struct Credential {
  CredentialId id;
  AppId app_id;
  OrganizationId organization_id;  // where it acts: the app's owner, or the organization that granted
  std::optional<ConnectionId> connection_id;
  std::string client_id;
  std::optional<std::string> name;  // 1-4 of [a-z0-9], unique in the app; extends the audience to app/name
  bool confidential = true;
  std::optional<Instant> last_used_at, previous_until, previous_last_used_at, rotated_at, revoked_at;
  std::int64_t version = 1;
  Instant created_at, updated_at;
};

bool is_credential_name(std::string_view name);

}  // namespace hub
