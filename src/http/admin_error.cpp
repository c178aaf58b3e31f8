#include "admin_error.h"

#include <nlohmann/json.hpp>

#include "client_authentication.h"
#include "hub/base/codes.h"
#include "json_answer.h"

namespace hub::http {
namespace {

constexpr std::string_view retry_after_s = "1";

int status_of(const Error& error) {
  if (error.code == codes::unsupported_media_type) return 415;
  if (error.code == codes::too_large) return 413;
  return http_status(error.code.failure);
}

Response refuse(const Request& request, int status, const Error& error) {
  Json told = Json::object();
  told["code"] = error.code.name;
  told["message"] = error.message;
  if (!error.hint.empty()) told["hint"] = error.hint;
  if (!error.field.empty()) told["field"] = error.field;
  told["request_id"] = request.id;
  Json body = Json::object();
  body["error"] = std::move(told);
  Response response = json_response(status == 0 ? status_of(error) : status, body);
  response.add("Cache-Control", "no-store");
  if (response.status == 401) {
    response.add("WWW-Authenticate", error.code == codes::unauthenticated
                                         ? R"(Bearer realm="hub admin")"
                                         : R"(Bearer realm="hub admin", error="invalid_token")");
  }
  if (response.status == 503) response.add("Retry-After", std::string(retry_after_s));
  return response;
}

Result<core::Caller> caller_of(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  if (!authorization) return authorization.error();
  if (authorization->scheme != Authorization::Scheme::bearer) {
    return Error{codes::unauthenticated, "An admin token is needed.", "hubctl token issue-admin makes one"};
  }
  Result<core::Caller> caller =
      core::authenticate_bearer(exchange.hub(), exchange.call(), Secret(std::string(authorization->credentials)));
  if (caller && caller->kind != core::Caller::Kind::admin) {
    return Error{codes::invalid_token, "This is no admin token.", "hubctl token issue-admin makes one"};
  }
  return caller;
}

std::optional<Response> admit(Exchange& exchange) {
  if (exchange.route.access.anyone) return std::nullopt;
  Result<core::Caller> caller = caller_of(exchange);
  if (!caller) return exchange.refuse(caller.error());
  exchange.caller = std::move(*caller);
  return std::nullopt;
}

}  // namespace

const Dialect& admin_dialect() {
  static const Dialect dialect{"admin", &admit, &refuse};
  return dialect;
}

}  // namespace hub::http
