#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/core/work.h"
#include "hub/domain/scope.h"

namespace hub::core {

// What somebody decided about a device that waits (LoginRequest::device_id). Nothing but this makes the token later
// (claim DV-05).
struct DeviceDecision {
  bool allowed = false;
  std::optional<PersonId> decided_by;             // none: an operator
  std::optional<OrganizationId> organization_id;  // the bearer, or the one acted for
  std::optional<PersonId> person_id;              // the bearer, or the one who acts
  std::vector<ScopeName> scopes;                  // as requested, without bearer part
  std::vector<std::string> openid;                // scopes of OpenID Connect beside them
  std::optional<Instant> authenticated_at;        // when the person gave their password
};
// Once, by one conditional update (claim DV-06); invalid_link for a device that is unknown, expired or decided already.
Result<void> decide_device(Work& work, const DeviceId& device, const DeviceDecision& decision);

}  // namespace hub::core
