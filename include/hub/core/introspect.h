#pragma once
#include <optional>

#include "hub/base/json.h"
#include "hub/core/authenticate.h"

namespace hub::core {

// The answer of RFC 7662 section 2.2 for a token of the asking client's app, access, refresh or Nexus token alike;
// exactly {"active":false} for any other text (claims TK-06, TK-07). Scopes space-separated. The client is
// authenticated in the same snapshot: invalid_client.
Result<void> introspect_token(Hub& hub, const Call& call, std::string_view client_id,
                              const std::optional<Secret>& client_secret, const Secret& token, Json& answer);
// The same for whoever may ask about every token, as an operator or an admin token may.
Result<void> introspect_any(Hub& hub, const Call& call, const Secret& token, Json& answer);

// Ends a presented access, refresh or Nexus token that belongs to the client's app, with what was issued beside it
// (RFC 7009, nexus211.md section 9.4). Any other text changes nothing and is no error.
Result<void> revoke_presented(Hub& hub, const Call& call, const Client& client, const Secret& token);
// Ends the token the caller came with. Answers the jti of a hub token.
Result<std::optional<std::string>> revoke_own(Hub& hub, const Call& call, const Secret& token);
// The same for the hub dialect, where a token that has expired or was revoked before is no error
// (zaikio-hub.md section 5.6).
Result<std::string> revoke_own_hub_token(Hub& hub, const Call& call, const Secret& token);

}  // namespace hub::core
