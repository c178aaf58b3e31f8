#include "admission.h"

#include <algorithm>

#include "hub/base/text.h"

namespace hub::http {

Result<core::Caller> authenticate_basic(Exchange& exchange, std::string_view credentials, BasicRule rule) {
  const Result<PresentedClient> presented = read_basic(credentials, rule);
  if (!presented) return presented.error();
  std::optional<core::Client> client;
  Result<core::Caller> caller = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<core::Caller> {
    // A client without a secret proves nothing here; none is looked for like one that is wrong.
    const Secret secret = presented->secret.value_or(Secret());
    Result<core::Client> found = core::authenticate_client(view, presented->client_id, secret);
    if (!found) return found.error();
    client = std::move(*found);
    return core::caller_of(view, *client);
  });
  if (caller) core::note_secret_use(exchange.hub(), exchange.call(), *client);
  return caller;
}

bool has_any_scope(const core::Caller& caller, std::string_view wanted) {
  if (wanted.empty()) return true;
  const std::vector<std::string_view> names = split(wanted, '|');
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    const Result<ScopeName> scope = parse_scope_name(name);
    return scope && caller.has_scope(*scope);
  });
}

void note_refusal(Exchange& exchange, const Error& error) {
  if (error.code.failure != Failure::forbidden || !exchange.caller || !exchange.caller->person_id) return;
  constexpr std::size_t target_bytes = 200;
  static_cast<void>(exchange.hub().write(exchange.call(), [&](core::Work& work) -> Result<void> {
    if (exchange.caller->organization_id) work.concerns(*exchange.caller->organization_id);
    work.audit(exchange.route.name, exchange.request.path.substr(0, target_bytes), error.code.name, "{}");
    return {};
  }));
}

std::optional<Response> admit_by(Exchange& exchange, Result<void> (&admitted)(Exchange&)) {
  if (exchange.route.access.anyone || exchange.route.access.self) return std::nullopt;
  const Result<void> in = admitted(exchange);
  if (in) return std::nullopt;
  note_refusal(exchange, in.error());
  return exchange.refuse(in.error());
}

}  // namespace hub::http
