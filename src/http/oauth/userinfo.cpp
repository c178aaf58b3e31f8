#include "hub/core/userinfo.h"

#include <nlohmann/json.hpp>

#include "client_authentication.h"
#include "hub/base/codes.h"
#include "json_answer.h"
#include "oauth/handlers.h"
#include "oauth_format.h"

namespace hub::http {
namespace {

// RFC 6750 section 3: the challenge says what is wrong, and nothing where no token was sent.
Response challenged(Exchange& exchange, const Error& error) {
  const bool is_scope = error.code == codes::insufficient_scope;
  const bool is_token = error.code == codes::invalid_token || error.code == codes::token_expired;
  const bool is_missing = error.code == codes::unauthenticated;
  if (!is_scope && !is_token && !is_missing) return exchange.refuse(error);
  const std::string name = is_scope ? "insufficient_scope" : "invalid_token";
  Response response = {.status = is_scope ? 403 : 401, .content_type = {}, .body = {}, .headers = {}};
  if (is_missing) {
    response.add("WWW-Authenticate", R"(Bearer realm="hub")");
    return not_stored(std::move(response));
  }
  response = json_response(response.status, {{"error", name}, {"error_description", error.message}});
  response.add("WWW-Authenticate",
               R"(Bearer realm="hub", error=")" + name + "\"" + (is_scope ? R"(, scope="openid")" : ""));
  return not_stored(std::move(response));
}

}  // namespace

Response userinfo(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  if (!authorization || authorization->scheme != Authorization::Scheme::bearer) {
    return challenged(exchange, {codes::unauthenticated, "This needs a bearer token."});
  }
  const Result<core::Caller> caller =
      core::authenticate_bearer(exchange.hub(), exchange.call(), Secret(std::string(authorization->credentials)));
  if (!caller) return challenged(exchange, caller.error());
  // Tokens of other dialects are no tokens here.
  if (!caller->token) return challenged(exchange, {codes::invalid_token, "This is no access token."});
  exchange.caller = *caller;
  Json claims;
  const Result<void> told = exchange.hub().read(
      exchange.call(), [&](core::View& view) { return core::userinfo(view, *exchange.caller, claims); });
  if (!told) return challenged(exchange, told.error());
  return not_stored(json_response(200, claims));
}

}  // namespace hub::http
