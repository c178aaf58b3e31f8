#pragma once
#include <optional>
#include <string>
#include <vector>

#include "asked.h"
#include "hub/core/consent.h"

namespace hub::core {

// What a page shows, and what a code would hold if it were allowed now.
struct Weighed {
  ConsentAsk ask;
  std::vector<ScopeName> scopes;    // spelled as requested; of a plain member only what is granted
  std::vector<std::string> openid;  // of OpenID Connect
};
// What is wrong the app may hear, unless machinery is broken.
Result<Weighed> weigh(View& view, const LoginRequest& request, const AskedClient& client, const SignedIn& who,
                      const std::optional<OrganizationId>& chosen);

}  // namespace hub::core
