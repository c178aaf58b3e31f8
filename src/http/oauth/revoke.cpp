#include <array>

#include "client_authentication.h"
#include "hub/base/codes.h"
#include "hub/core/introspect.h"
#include "json_answer.h"
#include "nexus_api/nexus_error.h"
#include "oauth/handlers.h"
#include "oauth_error.h"
#include "oauth_format.h"
#include "parameters.h"

// One route for both dialects and RFC 7009 (nexus211.md section 9.4).
namespace hub::http {
namespace {

constexpr std::array<std::string_view, 4> texts{"client_id", "client_secret", "token", "token_type_hint"};

Response revoke_bearer(Exchange& exchange, std::string_view token) {
  const Result<std::optional<std::string>> revoked =
      core::revoke_own(exchange.hub(), exchange.call(), Secret(std::string(token)));
  if (!revoked) return refuse_as(nexus_dialect(), exchange, revoked.error());
  Response response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
  response.add("Cache-Control", "no-store");
  return response;
}

Result<void> revoke_named(Exchange& exchange) {
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return parameters.error();
  const Result<std::optional<PresentedClient>> presented =
      read_client(exchange.request, *parameters, BothStyles::refused);
  if (!presented) return presented.error();
  if (!*presented) return Error{codes::invalid_client, "A token or a client id and secret are needed."};
  const Result<core::Client> client =
      core::authenticate_client(exchange.hub(), exchange.call(), (*presented)->client_id, (*presented)->secret);
  if (!client) return client.error();
  if (Result<void> admitted = exchange.admit_client((*presented)->client_id); !admitted) return admitted.error();
  const std::string* const token = parameters->find("token");
  if (token == nullptr) return Error{codes::invalid_request, "The parameter token is missing.", "", "token"};
  Call call = exchange.call();
  call.principal = Principal::app(client->app.id, client->credential.organization_id);
  return core::revoke_presented(exchange.hub(), call, *client, Secret(*token));
}

}  // namespace

Response revoke(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  if (!authorization) return exchange.refuse(authorization.error());
  if (authorization->scheme == Authorization::Scheme::bearer) {
    return revoke_bearer(exchange, authorization->credentials);
  }
  // Whatever the token was: nobody learns whether there is one (RFC 7009 section 2.2).
  if (const Result<void> revoked = revoke_named(exchange); !revoked) return exchange.refuse(revoked.error());
  // Nothing to say, but some clients take no answer without a type of content they know.
  return not_stored({.status = 200, .content_type = std::string(json_content), .body = {}, .headers = {}});
}

}  // namespace hub::http
