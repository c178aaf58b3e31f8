#include "hub_error.h"

#include <nlohmann/json.hpp>

#include "admission.h"
#include "hub/base/codes.h"
#include "json_answer.h"

namespace hub::http {
namespace {

Json words(std::initializer_list<std::string> texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(text);
  return {{"errors", list}};
}

// 422 is an object of arrays, never an array: a client reads it so (zaikio-hub.md section 5.2).
Json at_field(const Error& error) {
  const std::string field = error.field.empty() ? "base" : error.field;
  return {{"errors", {{field, Json::array({error.message})}}}};
}

struct Told {
  int status;
  Json body;
};

Told forbidden(const Error& error) {
  if (error.code == codes::principal_not_allowed) return {403, words({"unpermitted_subject", error.message})};
  if (error.code == codes::insufficient_scope) return {403, words({"unpermitted_scope", error.message})};
  return {403, words({"forbidden"})};
}

Told unauthenticated(const Error& error) {
  if (error.code == codes::token_expired) return {403, words({"jwt_expired"})};
  if (error.code == codes::invalid_token) return {403, words({"invalid_jwt"})};
  if (error.code == codes::invalid_client) return {401, words({"unauthorized"})};
  return {401, words({"no_jwt_passed"})};
}

Told told(const Error& error) {
  switch (error.code.failure) {
    case Failure::unauthenticated:
      return unauthenticated(error);
    case Failure::forbidden:
      return forbidden(error);
    case Failure::not_found:
      return {404, words({"not_found"})};
    case Failure::invalid:
      if (error.code == codes::invalid_query) return {400, words({error.message})};
      if (error.code == codes::malformed_json) return {400, at_field(error)};
      if (error.code == codes::unsupported_media_type) return {415, words({std::string(error.code.name)})};
      return {422, at_field(error)};
    case Failure::conflict:
    case Failure::usage:
    case Failure::pending:
      return {422, at_field(error)};
    case Failure::limited:
    case Failure::unavailable:
    case Failure::internal:
      return {http_status(error.code.failure), words({std::string(error.code.name)})};
  }
  __builtin_unreachable();
}

Response refuse(const Request&, int status, const Error& error) {
  if (error.code.failure == Failure::limited) {
    return {.status = 429, .content_type = "text/plain; charset=utf-8", .body = error.message, .headers = {}};
  }
  Told answer = status == 0 ? told(error) : Told{status, words({std::string(error.code.name)})};
  Response response = json_response(answer.status, answer.body);
  if (answer.status == 401 && error.code == codes::invalid_client) {
    response.add("WWW-Authenticate", R"(Basic realm="hub", charset="UTF-8")");
  } else if (answer.status == 401) {
    response.add("WWW-Authenticate", R"(Bearer realm="hub")");
  }
  return response;
}

bool may_come(const Access& access, core::Caller::Kind kind) {
  switch (kind) {
    case core::Caller::Kind::client:
      return access.client;
    case core::Caller::Kind::organization:
      return access.organization;
    case core::Caller::Kind::person:
      return access.person;
    case core::Caller::Kind::on_behalf:  // counts as the organization, and as the person who acts (section 5.1)
      return access.organization || access.person;
    case core::Caller::Kind::profile:
    case core::Caller::Kind::admin:
      return false;
  }
  __builtin_unreachable();
}

Error wrong_subject(const Access& access) {
  const std::string_view needed = access.organization && access.person ? "an organization or a person"
                                  : access.organization                ? "an organization"
                                                                       : "a person";
  return {codes::principal_not_allowed, "This needs a token of " + std::string(needed) + "."};
}

// A secret that another organization gave opens that organization only, and nothing of this surface is about one.
Result<void> admit_client(Exchange& exchange, std::string_view credentials) {
  const Result<core::Caller> caller = authenticate_basic(exchange, credentials, BasicRule::decoded);
  if (!caller) return caller.error();
  if (caller->third_party() || !caller->credential->confidential) {
    return Error{codes::invalid_client, "This needs the app's own secret."};
  }
  exchange.caller = *caller;
  return {};
}

Result<void> admit_bearer(Exchange& exchange, std::string_view credentials) {
  const Access& access = exchange.route.access;
  const Result<core::Caller> caller =
      core::authenticate_bearer(exchange.hub(), exchange.call(), Secret(std::string(credentials)));
  if (!caller) return caller.error();
  // Tokens of other dialects are no tokens here.
  if (caller->kind == core::Caller::Kind::profile || caller->kind == core::Caller::Kind::admin) {
    return Error{codes::invalid_token, "This is no token of this surface."};
  }
  exchange.caller = *caller;
  if (!may_come(access, caller->kind)) return wrong_subject(access);
  if (has_any_scope(*caller, access.scope)) return {};
  return Error{codes::insufficient_scope, "This needs one of: " + std::string(access.scope) + "."};
}

Result<void> admitted(Exchange& exchange) {
  const Access& access = exchange.route.access;
  const bool bearer = access.organization || access.person;
  const Result<Authorization> authorization = read_authorization(exchange.request);
  const auto scheme = authorization ? authorization->scheme : Authorization::Scheme::other;
  if (access.client && scheme == Authorization::Scheme::basic) {
    return admit_client(exchange, authorization->credentials);
  }
  if (bearer && scheme == Authorization::Scheme::bearer) return admit_bearer(exchange, authorization->credentials);
  if (access.client) return Error{codes::invalid_client, "This needs a client id and secret."};
  return Error{codes::unauthenticated, "This needs a bearer token."};
}

std::optional<Response> admit(Exchange& exchange) { return admit_by(exchange, admitted); }

}  // namespace

const Dialect& hub_api_dialect() {
  static constexpr Dialect dialect{.name = "hub", .admit = &admit, .refuse = &refuse};
  return dialect;
}

}  // namespace hub::http
