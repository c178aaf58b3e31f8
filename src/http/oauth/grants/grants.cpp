#include "oauth/grants/grants.h"

#include "hub/base/codes.h"

namespace hub::http {

Error TokenCall::nobody() { return {codes::invalid_client, "A client id and secret are needed."}; }

Result<core::Client> TokenCall::client() const {
  if (!presented) return nobody();
  Result<core::Client> found =
      core::authenticate_client(exchange.hub(), exchange.call(), presented->client_id, presented->secret);
  if (!found) return found;
  if (Result<void> admitted = exchange.admit_client(presented->client_id); !admitted) return admitted.error();
  return found;
}

Result<std::string> TokenCall::required(std::string_view name) const {
  if (const std::string* const found = parameters.find(name)) return *found;
  return Error{codes::invalid_request, "The parameter " + std::string(name) + " is missing.", "", std::string(name)};
}

std::optional<std::string> TokenCall::optional(std::string_view name) const {
  const std::string* const found = parameters.find(name);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

Call call_of(const Exchange& exchange, const core::Client& client) {
  Call call = exchange.call();
  call.principal = Principal::app(client.app.id, client.credential.organization_id);
  return call;
}

}  // namespace hub::http
