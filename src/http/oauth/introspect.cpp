#include "hub/core/introspect.h"

#include <array>
#include <nlohmann/json.hpp>

#include "client_authentication.h"
#include "hub/base/codes.h"
#include "json_answer.h"
#include "oauth/handlers.h"
#include "oauth_format.h"
#include "parameters.h"

namespace hub::http {
namespace {

constexpr std::array<std::string_view, 4> texts{"client_id", "client_secret", "token", "token_type_hint"};

Result<Secret> token_of(const Parameters& parameters) {
  if (const std::string* const token = parameters.find("token")) return Secret(*token);
  return Error{codes::invalid_request, "The parameter token is missing.", "", "token"};
}

// A bearer may ask about every token if it is one of the admin API; RFC 7662 section 2.3 refuses others with 401.
Result<void> ask_as_admin(Exchange& exchange, std::string_view bearer, Json& answer) {
  Result<core::Caller> caller = core::authenticate_bearer(exchange.hub(), exchange.call(), Secret(std::string(bearer)));
  if (!caller) return caller.error();
  if (caller->kind != core::Caller::Kind::admin) {
    return Error{codes::invalid_token, "This bearer token may not ask about tokens."};
  }
  exchange.caller = std::move(*caller);
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return parameters.error();
  const Result<Secret> token = token_of(*parameters);
  if (!token) return token.error();
  return core::introspect_any(exchange.hub(), exchange.call(), *token, answer);
}

Result<void> ask_as_client(Exchange& exchange, Json& answer) {
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return parameters.error();
  const Result<std::optional<PresentedClient>> presented =
      read_client(exchange.request, *parameters, BothStyles::refused);
  if (!presented) return presented.error();
  // A public client proves nothing, and would be a way to try out tokens (RFC 7662 section 2.1).
  if (!*presented || !(*presented)->secret) return Error{codes::invalid_client, "A client id and secret are needed."};
  const Result<Secret> token = token_of(*parameters);
  if (!token) return token.error();
  const Result<void> asked = core::introspect_token(exchange.hub(), exchange.call(), (*presented)->client_id,
                                                    (*presented)->secret, *token, answer);
  if (!asked) return asked.error();
  return exchange.admit_client((*presented)->client_id);
}

}  // namespace

Response introspect(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  if (!authorization) return exchange.refuse(authorization.error());
  Json answer;
  const Result<void> asked = authorization->scheme == Authorization::Scheme::bearer
                                 ? ask_as_admin(exchange, authorization->credentials, answer)
                                 : ask_as_client(exchange, answer);
  if (!asked) return exchange.refuse(asked.error());
  return not_stored(json_response(200, answer));
}

}  // namespace hub::http
