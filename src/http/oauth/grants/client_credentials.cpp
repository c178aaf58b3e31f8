#include "hub/base/codes.h"
#include "hub/core/client_grant.h"
#include "oauth/grants/grants.h"

namespace hub::http {

// Who asks and what for, in one snapshot: a token costs as little as it can, and this is most of what it reads.
Result<core::Issued> client_credentials_grant(const TokenCall& call) {
  if (!call.presented) return TokenCall::nobody();
  core::Hub& hub = call.exchange.hub();
  const std::string scope = call.optional("scope").value_or("");
  std::optional<core::Client> client;
  Result<core::GrantRequest> grant =
      hub.read(call.exchange.call(), [&](core::View& view) -> Result<core::GrantRequest> {
        Result<core::Client> found = core::authenticate_client(view, call.presented->client_id, call.presented->secret);
        if (!found) return found.error();
        client = std::move(*found);
        return core::client_credentials_grant(view, *client, scope, call.style);
      });
  if (client) {
    core::note_secret_use(hub, call.exchange.call(), *client);
    if (Result<void> admitted = call.exchange.admit_client(call.presented->client_id); !admitted) {
      return admitted.error();
    }
  }
  if (!grant) return grant.error();
  return core::issue(hub, call_of(call.exchange, *client),
                     {.grant = std::move(*grant), .kind = GrantKind::client_credentials, .style = call.style});
}

}  // namespace hub::http
