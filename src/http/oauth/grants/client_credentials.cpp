#include "hub/core/client_grant.h"
#include "oauth/grants/grants.h"

namespace hub::http {

Result<core::Issued> client_credentials_grant(const TokenCall& call) {
  const Result<core::Client> client = call.client();
  if (!client) return client.error();
  const Call by_client = call_of(call.exchange, *client);
  const std::string scope = call.optional("scope").value_or("");
  Result<core::GrantRequest> grant = call.exchange.hub().read(
      by_client, [&](core::View& view) { return core::client_credentials_grant(view, *client, scope, call.style); });
  if (!grant) return grant.error();
  return core::issue(call.exchange.hub(), by_client,
                     {.grant = std::move(*grant), .kind = GrantKind::client_credentials, .style = call.style});
}

}  // namespace hub::http
