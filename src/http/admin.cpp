#include <nlohmann/json.hpp>

#include "admin_error.h"
#include "documents.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/reference.h"
#include "hub/operations/dispatch.h"
#include "hub/operations/rest.h"
#include "json_answer.h"
#include "parameters.h"

// The operation table as routes.
namespace hub::http {
namespace {

using operations::Effect;
using operations::Operation;
using operations::RestRequest;
using operations::RestRoute;

constexpr std::string_view exit_header = "Hubctl-Exit";

const RestRoute& rest_route_of(const Route& route) {
  const auto& all = operations::rest_routes();
  const auto* const operation = static_cast<const Operation*>(route.operation);
  return all[static_cast<std::size_t>(operation - operations::all_operations().data())];
}

Response answered(const Json& answer, int status) {
  Response response = json_response(200, answer);
  response.body += '\n';
  response.add("Cache-Control", "no-store");
  if (status != 0) response.add(std::string(exit_header), std::to_string(status));
  return response;
}

Result<void> check_media_type(const Request& request) {
  if (request.body.empty()) return {};
  if (media_type(request) == "application/json") return {};
  return Error{codes::unsupported_media_type, "The body must be application/json."};
}

bool shows_secrets(const Json& fields) {
  const Json* const asked = operations::find_member(fields, "show_secrets");
  return asked != nullptr && *asked == true;
}

// The caller, or the person they act for.
Result<Call> call_of(const Exchange& exchange, const RestRequest& request) {
  Call call = request.call;
  call.principal = exchange.caller->principal;
  call.request_id = exchange.request.id;
  if (!request.actor) return call;
  const Result<Principal> actor =
      exchange.hub().read(call, [&](core::View& view) { return core::find_actor(view, *request.actor); });
  if (!actor) return actor.error();
  call.principal = *actor;
  return call;
}

Result<int> run(Exchange& exchange, const RestRoute& route, Json& answer) {
  const Request& request = exchange.request;
  const Operation& operation = *route.operation;
  // decisions-week-one.md 9
  if (exchange.caller->read_only && operation.effect == Effect::change) {
    return Error{codes::principal_not_allowed, "This admin token can only read.", "use one with the role full"};
  }
  if (Result<void> type = check_media_type(request); !type) return type.error();
  Json fields;
  const std::string* const if_match = request.header("if-match");
  const Result<RestRequest> asked =
      operations::read_rest(route,
                            {.placed = exchange.segments,
                             .query = request.query,
                             .body = request.body,
                             .if_match = if_match == nullptr ? std::nullopt : std::optional(*if_match)},
                            fields);
  if (!asked) return asked.error();
  // Whoever may only look sees no secret either (claim CA-06).
  if (exchange.caller->read_only && shows_secrets(fields)) {
    return Error{codes::principal_not_allowed, "This admin token sees no secrets.", "use one with the role full"};
  }
  const Result<Call> call = call_of(exchange, *asked);
  if (!call) return call.error();
  if (!operation.list) return operations::run(operation, &exchange.hub(), *call, fields, answer);
  if (Result<void> listed = operations::run_page(operation, &exchange.hub(), *call, *asked, answer); !listed) {
    return listed.error();
  }
  return 0;
}

Response run_operation(Exchange& exchange) {
  Json answer;
  const Result<int> status = run(exchange, rest_route_of(exchange.route), answer);
  if (!status) return exchange.refuse(status.error());
  return answered(answer, *status);
}

// Who the token makes the caller, for `login` and `whoami`.
Response whoami(Exchange& exchange) {
  Json answer = Json::object();
  answer["actor"] = exchange.caller->principal.actor;
  answer["role"] = exchange.caller->read_only ? "read-only" : "full";
  answer["issuer"] = exchange.services.issuer;
  return answered(answer, 0);
}

Method method_of(std::string_view name) {
  for (const Method method : {Method::get, Method::post, Method::patch, Method::delete_}) {
    if (http::name(method) == name) return method;
  }
  return Method::other;
}

Route document(std::string_view path, Handler handler, std::string_view name) {
  return {.method = Method::get,
          .path = path,
          .dialect = &admin_dialect(),
          .access = {.anyone = true},
          .handler = handler,
          .name = name,
          .admin_door = true};
}

}  // namespace

std::vector<Route> admin_routes() {
  std::vector<Route> out;
  for (const RestRoute& route : operations::rest_routes()) {
    out.push_back({.method = method_of(route.method),
                   .path = route.path,
                   .dialect = &admin_dialect(),
                   .access = {.admin = true},
                   .handler = &run_operation,
                   .name = route.operation->info.name,
                   .admin_door = true,
                   .operation = route.operation});
  }
  out.push_back({.method = Method::get,
                 .path = "/admin/v1/whoami",
                 .dialect = &admin_dialect(),
                 .access = {.admin = true},
                 .handler = &whoami,
                 .name = "whoami",
                 .admin_door = true});
  out.push_back(document("/openapi.json", &openapi_document, "description of the API"));
  out.push_back(document("/docs", &readable_document, "the same to read"));
  out.push_back(document("/docs/style.css", &document_style, "how it looks"));
  return out;
}

}  // namespace hub::http
