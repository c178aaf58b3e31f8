#pragma once
#include <optional>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/scope.h"

namespace hub {

// An opaque token of the Nexus dialect: a profile using an app, without a time limit (nexus211.md section 1.3 "Access
// token"). The text is 43 base64url characters and kept as a keyed hash only.
struct NexusToken {
  NexusTokenId id;
  AppId app_id;
  MembershipId membership_id;
  OrganizationId organization_id;             // the profile's
  std::vector<ScopeName> scopes;              // granted; of a service account those of the key, asked each time
  std::optional<CredentialId> credential_id;  // the key that minted a service account's token
  std::optional<CodeId> code_id;              // the code it was made from
  Instant created_at;
  std::optional<Instant> revoked_at;
};

}  // namespace hub
