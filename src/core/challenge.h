#pragma once
#include <optional>
#include <string>

#include "hub/base/result.h"
#include "hub/domain/app.h"
#include "hub/domain/credential.h"

namespace hub::core {

// PKCE of an authorization request (RFC 7636 section 4.3, claim CO-04): a public client needs a challenge, a challenge
// its method; plain is for apps that switched it on (decisions.md 7). invalid_request.
Result<void> check_challenge(const App& app, const Credential& credential, const std::optional<std::string>& challenge,
                             const std::optional<std::string>& method);

}  // namespace hub::core
