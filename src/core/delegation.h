#pragma once
#include <vector>

#include "hub/core/issue.h"
#include "hub/domain/credential.h"

namespace hub::core {

// What a subsystem may hold of a parent token, decided anew each time (zaikio-hub.md section 3.7; claim SC-03).
struct Delegation {
  Grant grant;
  Seconds lifetime{0};  // of the child: never beyond the parent's
};
Result<Delegation> authorize_delegation(View& view, const Token& parent, const Credential& subsystem,
                                        const std::optional<std::vector<ScopeName>>& scopes);
// The same for the refresh of a child: its parent may have been refreshed since, but must still live. invalid_grant.
Result<Delegation> renew_delegation(View& view, const Token& child);

}  // namespace hub::core
