#pragma once
#include <string>

#include "hub/core/authenticate.h"

namespace hub::core {

// An opaque token of a service account profile of the client's organization (nexus211.md section 4.3). not_found when
// it is unknown, foreign or no service account.
Result<Secret> service_account_token(Hub& hub, const Call& call, const Client& client, const std::string& profile);

}  // namespace hub::core
