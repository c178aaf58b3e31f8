#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/core/authenticate.h"
#include "hub/core/issue.h"

namespace hub::core {

struct DelegateToken {
  std::string client_id;                         // of the subsystem
  std::optional<std::vector<ScopeName>> scopes;  // none: all of the parent but delegations
};
// A token for a subsystem with part of the parent's scopes and the same bearer (zaikio-hub.md section 3.7; claim
// SC-03). Errors: access_denied when the parent was made by a public client; parent_has_no_delegation_permission,
// delegation_access_token_cannot_delegate, scope_was_not_granted_in_parent; invalid_request for an unknown client id or
// one of another vendor. The child ends with its parent and never outlives it.
Result<Issued> delegate_token(Hub& hub, const Call& call, const Caller& parent, const DelegateToken& request);

}  // namespace hub::core
