#pragma once
#include <optional>

#include "client_authentication.h"
#include "hub/core/authenticate.h"
#include "hub/core/issue.h"
#include "parameters.h"
#include "route.h"

// One function for each grant: it turns parameters into a request to core, and decides nothing itself.
namespace hub::http {

struct TokenCall {
  Exchange& exchange;
  const Parameters& parameters;
  std::optional<PresentedClient> presented;
  core::TokenStyle style;  // of the route

  bool standard() const { return style == core::TokenStyle::standard; }
  // The client that proved itself; invalid_client when none did, rate_limited when it asked too often.
  Result<core::Client> client() const;
  static Error nobody();  // why there is none when nothing was presented
  // The text of a parameter this grant cannot do without; invalid_request.
  Result<std::string> required(std::string_view name) const;
  std::optional<std::string> optional(std::string_view name) const;
};
// The call core is asked with on behalf of a client.
Call call_of(const Exchange& exchange, const core::Client& client);

Result<core::Issued> authorization_code_grant(const TokenCall& call);  // RFC 6749 section 4.1.3, RFC 7636
Result<core::Issued> client_credentials_grant(const TokenCall& call);  // RFC 6749 section 4.4
Result<core::Issued> refresh_token_grant(const TokenCall& call);       // RFC 6749 section 6
Result<core::Issued> device_code_grant(const TokenCall& call);         // RFC 8628 section 3.4

}  // namespace hub::http
