#pragma once
#include <optional>
#include <string>

#include "hub/base/result.h"
#include "hub/domain/credential.h"

namespace hub::core {

// PKCE of an authorization request (RFC 7636 section 4.3, claim CO-04): a public client needs a challenge, a challenge
// its method. invalid_request.
Result<void> check_challenge(const std::optional<std::string>& challenge, const std::optional<std::string>& method,
                             const Credential& credential);

}  // namespace hub::core
