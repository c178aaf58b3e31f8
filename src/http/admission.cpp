#include "admission.h"

#include <algorithm>

#include "hub/base/text.h"

namespace hub::http {

Result<core::Caller> authenticate_basic(Exchange& exchange, std::string_view credentials, BasicRule rule) {
  const Result<PresentedClient> presented = read_basic(credentials, rule);
  if (!presented) return presented.error();
  const Result<core::Client> client =
      core::authenticate_client(exchange.hub(), exchange.call(), presented->client_id, presented->secret);
  if (!client) return client.error();
  return exchange.hub().read(exchange.call(), [&](core::View& view) { return core::caller_of(view, *client); });
}

bool has_any_scope(const core::Caller& caller, std::string_view wanted) {
  if (wanted.empty()) return true;
  const std::vector<std::string_view> names = split(wanted, '|');
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    const Result<ScopeName> scope = parse_scope_name(name);
    return scope && caller.has_scope(*scope);
  });
}

}  // namespace hub::http
