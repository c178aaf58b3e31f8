#include "oauth_error.h"

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/json.h"
#include "json_answer.h"
#include "oauth_format.h"

namespace hub::http {
namespace {

constexpr std::string_view retry_after_s = "1";

struct Told {
  int status = 400;
  std::string name;
  std::string description;
};

// Of a bearer token, which RFC 6750 section 3.1 has names for.
bool of_bearer(const Error& error) { return error.code == codes::invalid_token || error.code == codes::token_expired; }

std::string name_of(const Error& error) {
  if (of_bearer(error)) return "invalid_token";
  // What a path does not have is no matter of grants.
  if (error.code == codes::not_found || error.code == codes::method_not_allowed) return std::string(error.code.name);
  return std::string(oauth_error(error.code));
}

int status_of(const Error& error, std::string_view name) {
  if (name == "invalid_client" || name == "invalid_token") return 401;
  if (name == "access_denied") return 403;
  if (error.code == codes::unsupported_media_type) return 415;
  if (error.code == codes::too_large) return 413;
  if (error.code == codes::rate_limited) return 429;
  const Failure failure = error.code.failure;
  return failure == Failure::internal || failure == Failure::unavailable ? http_status(failure) : 400;
}

// RFC 6749 section 5.2 lets a description have printable ASCII without quotation marks and backslashes.
std::string printable(std::string text) {
  for (char& c : text) {
    if (c == '"') c = '\'';
    if (c < ' ' || c > '~' || c == '\\') c = '?';
  }
  return text;
}

// In grants, what is not there or contradicts what is makes the grant invalid; the contract has no other word for it.
Told told(int status, const Error& error) {
  Told out{.name = name_of(error), .description = printable(error.message)};
  if (status == 0 && error.code == codes::not_found) out.name = "invalid_grant";
  out.status = status == 0 ? status_of(error, out.name) : status;
  return out;
}

void challenge(Response& response, const Error& error) {
  if (response.status == 503) response.add("Retry-After", std::string(retry_after_s));
  if (response.status != 401) return;
  response.add("WWW-Authenticate", of_bearer(error) ? R"(Bearer realm="hub", error="invalid_token")"
                                                    : R"(Basic realm="hub", charset="UTF-8")");
}

std::optional<Response> admit(Exchange& exchange) {
  if (exchange.route.access.anyone || exchange.route.access.self) return std::nullopt;
  return exchange.refuse({codes::internal, "This route has no door of its own."});
}

Response refuse_hub(const Request& request, int status, const Error& error) {
  Told out = told(status, error);
  const bool scope = out.name == "invalid_scope";
  // The identifier itself: clients compare it (zaikio-hub.md section 3.3).
  if (scope) out.description = error.code.name;
  Json body = {{"error", out.name}, {"error_description", out.description}};
  std::string text = out.name + "\n" + out.description;
  if (scope && format_of(request) == Format::json) body["errors"] = {{"scopes", Json::array({out.description})}};
  Response response = formatted(request, out.status, body, std::move(text));
  challenge(response, error);
  return response;
}

Response refuse_standard(const Request&, int status, const Error& error) {
  const Told out = told(status, error);
  const Json body = {{"error", out.name}, {"error_description", out.description}};
  Response response = not_stored(json_response(out.status, body));
  challenge(response, error);
  return response;
}

Response refuse_shared(const Request&, int status, const Error& error) {
  const Told out = told(status, error);
  const Json body = {{"error", out.name}, {"error_description", out.description}, {"message", error.message}};
  Response response = not_stored(json_response(out.status, body));
  challenge(response, error);
  // nexus211.md section 2.3: both ways to authenticate, each time.
  if (response.status == 401) response.add("WWW-Authenticate", R"(Bearer realm="hub")");
  return response;
}

}  // namespace

const Dialect& oauth_dialect() {
  static const Dialect dialect{"oauth", &admit, &refuse_hub};
  return dialect;
}

const Dialect& oauth_standard_dialect() {
  static const Dialect dialect{"oauth standard", &admit, &refuse_standard};
  return dialect;
}

const Dialect& oauth_shared_dialect() {
  static const Dialect dialect{"oauth shared", &admit, &refuse_shared};
  return dialect;
}

Response refuse_as(const Dialect& dialect, const Exchange& exchange, const Error& error) {
  Response own = exchange.refuse(error);  // tells the log what has to be told
  if (own.status >= 500) return own;
  Response response = dialect.refuse(exchange.request, 0, error);
  response.trace = std::move(own.trace);
  return response;
}

}  // namespace hub::http
