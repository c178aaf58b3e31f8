#include "dispatch.h"

#include <algorithm>
#include <exception>
#include <set>

#include "admin_error.h"
#include "hub/base/codes.h"
#include "hub_api/hub_error.h"
#include "nexus_api/nexus_error.h"
#include "oauth/oauth_error.h"
#include "pages/page.h"
#include "proxies.h"
#include "router.h"

namespace hub::http {
namespace {

constexpr std::size_t token_body_bytes = 16 * 1024, api_body_bytes = 1024 * 1024;
constexpr std::string_view cross_origin_methods = "GET, POST, PATCH, PUT, DELETE";
constexpr std::string_view cross_origin_headers = "Authorization, Content-Type, Accept";
constexpr std::string_view exposed_headers =
    "Link, Current-Page, Total-Count, Total-Pages, RateLimit-Reset, RateLimit-Rule";

const Router& router() {
  static const Router made(all_routes());
  return made;
}

// Whose words an error at this path is told in when there is no route to ask.
const Dialect& dialect_of(std::string_view path) {
  if (path.starts_with("/api/")) return hub_api_dialect();
  if (path.starts_with("/oauth/") || path.starts_with("/.well-known/")) return oauth_dialect();
  if (path.starts_with("/admin/")) return admin_dialect();
  if (path.starts_with("/id/") || path.starts_with("/dev/")) return page_dialect();
  return nexus_dialect();
}

const Route* find_method(const std::vector<const Route*>& routes, Method method) {
  const auto with = [&](Method wanted) -> const Route* {
    const auto found =
        std::find_if(routes.begin(), routes.end(), [&](const Route* route) { return route->method == wanted; });
    return found == routes.end() ? nullptr : *found;
  };
  if (const Route* const route = with(method)) return route;
  if (method == Method::head) return with(Method::get);
  // zaikio-hub.md section 0.2: PUT is taken as PATCH.
  if (method == Method::put) {
    const Route* const patch = with(Method::patch);
    return patch != nullptr && patch->dialect == &hub_api_dialect() ? patch : nullptr;
  }
  return nullptr;
}

std::string allowed_methods(const std::vector<const Route*>& routes) {
  std::string out;
  for (const Route* route : routes) {
    if (!out.empty()) out += ", ";
    out += name(route->method);
    if (route->method == Method::get) out += ", HEAD";
  }
  return out;
}

bool has_header(const Response& response, std::string_view wanted) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const Header& header) { return header.name == wanted; });
}

bool cross_origin(const std::vector<const Route*>& routes) {
  return std::any_of(routes.begin(), routes.end(), [](const Route* route) { return route->cross_origin; });
}

Response preflight() {
  Response response{.status = 204, .content_type = {}, .body = {}, .headers = {}};
  response.add("Access-Control-Allow-Origin", "*")
      .add("Access-Control-Allow-Methods", std::string(cross_origin_methods))
      .add("Access-Control-Allow-Headers", std::string(cross_origin_headers))
      .add("Access-Control-Max-Age", "86400")
      .add("Vary", "Origin");
  return response;
}

Response refuse_at(const Dialect& dialect, const Request& request, int status, const Error& error) {
  Response response = dialect.refuse(request, status, error);
  response.trace.error = error.code.name;
  return response;
}

// Every origin may read these (zaikio-hub.md section 7): an error that a browser keeps from its app tells nobody what
// is wrong.
void open_to_browsers(Response& response) {
  response.add("Access-Control-Allow-Origin", "*")
      .add("Access-Control-Expose-Headers", std::string(exposed_headers))
      .add("Vary", "Origin");
}

bool is_of_hub_api(const Request& request) { return request.path.starts_with("/api/v1/"); }

// What is refused before a route was found.
Response refuse_early(const Request& request, int status, const Error& error) {
  Response response = refuse_at(dialect_of(request.path), request, status, error);
  if (is_of_hub_api(request)) open_to_browsers(response);
  return response;
}

Response nothing_there(const Request& request) {
  if (request.method == Method::options && is_of_hub_api(request)) return preflight();
  return refuse_early(request, 404, {codes::not_found, "There is nothing at this path."});
}

Response too_often(Exchange& exchange, const RateLimits::Excess& excess) {
  exchange.excess = excess;
  return exchange.refuse({codes::rate_limited, "Too many requests were made.", "wait as long as Retry-After says"});
}

Response answered(Exchange& exchange) {
  RateLimits* const limits = exchange.services.limits;
  if (limits != nullptr) {
    if (const auto excess = limits->check_address(exchange.route, exchange.trace.address)) {
      return too_often(exchange, *excess);
    }
  }
  if (std::optional<Response> refused = exchange.route.dialect->admit(exchange)) return std::move(*refused);
  if (limits != nullptr && exchange.caller) {
    if (const auto excess = limits->check_caller(exchange.route, *exchange.caller)) return too_often(exchange, *excess);
  }
  return exchange.route.handler(exchange);
}

// What a library or a bug threw: the caller learns that it happened, the log what.
Response guarded(Exchange& exchange) {
  try {
    return answered(exchange);
  } catch (const std::bad_alloc&) {
    return exchange.refuse({codes::overloaded, "There is not enough memory for this request."});
  } catch (const std::exception& exception) {
    return exchange.refuse({codes::internal, "Something went wrong inside the hub.", "", "", exception.what()});
  }
}

void note_caller(const core::Caller& caller, Trace& trace) {
  if (caller.credential) trace.client_id = caller.credential->client_id;
  if (caller.kind == core::Caller::Kind::admin) trace.client_id = caller.principal.actor;
  if (caller.token) trace.token_id = caller.token->id.text();
}

// What the log and the limits are told of an answer.
void note(Exchange& exchange, Response& response) {
  if (exchange.excess) exchange.services.limits->describe(exchange.route, *exchange.excess, response);
  if (exchange.caller) note_caller(*exchange.caller, exchange.trace);
  const bool wrong_secret = response.status == 401 && response.trace.error == codes::invalid_client.name;
  if (wrong_secret && exchange.services.limits != nullptr) {
    exchange.services.limits->note_failure(exchange.trace.address);
  }
  exchange.trace.error = response.trace.error;
  exchange.trace.route = static_cast<int>(&exchange.route - all_routes().data());
  response.trace = std::move(exchange.trace);
}

bool opens(const Access& access) {
  return access.anyone || access.self || access.client || access.organization || access.person || access.profile ||
         access.admin || access.session;
}

Response not_allowed(const Request& request, const std::vector<const Route*>& routes) {
  const std::string allowed = allowed_methods(routes);
  Response response = refuse_at(*routes.front()->dialect, request, 405,
                                {codes::method_not_allowed, "This path knows " + allowed + " only."});
  response.add("Allow", allowed);
  return response;
}

Served serve_match(Services& services, const Request& request, Router::Match& match) {
  const std::vector<const Route*>& routes = *match.routes;
  if (routes.front()->admin_door && request.door != Door::admin) return {nothing_there(request), nullptr};
  if (routes.front()->dev_only && !services.dev) return {nothing_there(request), nullptr};
  if (request.method == Method::options && cross_origin(routes)) return {preflight(), routes.front()};
  const Route* const route = find_method(routes, request.method);
  Served out{{}, route == nullptr ? routes.front() : route};
  if (route == nullptr) {
    out.response = not_allowed(request, routes);
  } else {
    Exchange exchange{request, *route, services, std::move(match.values), match.json_suffix, std::nullopt};
    exchange.trace.address = services.proxies == nullptr ? request.peer : services.proxies->client_of(request);
    out.response = guarded(exchange);
    note(exchange, out.response);
  }
  if (cross_origin(routes)) open_to_browsers(out.response);
  if (out.route->token_route && !has_header(out.response, "Cache-Control")) {
    out.response.add("Cache-Control", "no-store");  // errors too (claim HT-07)
  }
  return out;
}

}  // namespace

Call Exchange::call() const {
  Call out;
  out.principal = caller ? caller->principal : Principal::unknown();
  if (visit && visit->signed_in) {
    out.principal = Principal::person(visit->signed_in->person.id);
    out.session = visit->signed_in->session.id;
  }
  out.request_id = request.id;
  return out;
}

Result<void> Exchange::admit_client(std::string_view client_id) {
  trace.client_id = client_id;
  if (services.limits == nullptr) return {};
  excess = services.limits->check_client(client_id);
  if (!excess) return {};
  return Error{codes::rate_limited, "Too many requests were made.", "wait as long as Retry-After says"};
}

Response Exchange::refuse(const Error& error) const {
  const Failure failure = error.code.failure;
  if (services.problem && (failure == Failure::internal || failure == Failure::unavailable || !error.cause.empty())) {
    services.problem(request, error);
  }
  Response response = route.dialect->refuse(request, 0, error);
  response.trace.error = error.code.name;
  return response;
}

Served serve(Services& services, const Request& request) {
  Result<Router::Match> match = router().find(request.path);
  if (!match) return {refuse_early(request, 400, match.error()), nullptr};
  if (match->routes == nullptr) return {nothing_there(request), nullptr};
  return serve_match(services, request, *match);
}

Response serve_request(Services& services, const Request& request) { return serve(services, request).response; }

// By the route that the path leads to, however it is written.
std::size_t body_limit(std::string_view path) {
  const Result<Router::Match> match = router().find(path);
  if (!match || match->routes == nullptr) return token_body_bytes;
  const bool token =
      std::any_of(match->routes->begin(), match->routes->end(), [](const Route* route) { return route->token_route; });
  return token ? token_body_bytes : api_body_bytes;
}

Response refuse_framing(const Request& request, int status, const Error& error) {
  const Result<Router::Match> match = router().find(request.path);
  if (!match || match->routes == nullptr) return refuse_early(request, status, error);
  Response response = refuse_at(*match->routes->front()->dialect, request, status, error);
  if (cross_origin(*match->routes)) open_to_browsers(response);
  return response;
}

Result<void> check_routes(std::span<const Route> routes) {
  std::set<std::pair<Method, std::string_view>> seen;
  for (const Route& route : routes) {
    const std::string which = std::string(name(route.method)) + " " + std::string(route.path);
    if (!opens(route.access)) return Error{codes::internal, "The route " + which + " does not say who may use it."};
    if (route.dialect == nullptr || route.handler == nullptr) {
      return Error{codes::internal, "The route " + which + " has no dialect or no handler."};
    }
    if (!seen.insert({route.method, route.path}).second) {
      return Error{codes::internal, "The route " + which + " is there twice."};
    }
  }
  return {};
}

}  // namespace hub::http
