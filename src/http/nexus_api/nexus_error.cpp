#include "nexus_error.h"

#include <nlohmann/json.hpp>

#include "admission.h"
#include "hub/base/codes.h"
#include "hub/core/nexus_actor.h"
#include "json_answer.h"

namespace hub::http {
namespace {

// The words of nexus211.md section 7 for codes that this surface does not know.
std::string_view word_of(const Code& code) {
  if (code == codes::token_expired) return codes::invalid_token.name;
  const bool own = code == codes::invalid_query || code == codes::invalid_grant || code == codes::invalid_redirect ||
                   code == codes::oauth_not_enabled || code == codes::unknown_scope ||
                   code == codes::ambiguous_dialect || code == codes::method_not_allowed || code == codes::too_large ||
                   code == codes::unsupported_media_type;
  if (own) return code.name;
  if (code.failure == Failure::invalid || code.failure == Failure::usage) return codes::invalid_request.name;
  return code.name;
}

int status_of(const Code& code) {
  if (code == codes::method_not_allowed) return 405;
  if (code == codes::too_large) return 413;
  if (code == codes::unsupported_media_type) return 415;
  return http_status(code.failure);
}

Response refuse(const Request&, int status, const Error& error) {
  Json body = {{"error", std::string(word_of(error.code))}, {"message", error.message}};
  if (!error.field.empty()) {
    const bool scope = error.code == codes::insufficient_scope;
    body["details"] = {{scope ? "required" : "field", error.field}};
  }
  Response response = json_response(status == 0 ? status_of(error.code) : status, body);
  if (response.status == 401) {
    response.add("WWW-Authenticate", R"(Basic realm="nexus211", charset="UTF-8")")
        .add("WWW-Authenticate", R"(Bearer realm="nexus211")");
  }
  return response;
}

Result<core::Caller> authenticated(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  if (!authorization) return authorization.error();
  switch (authorization->scheme) {
    case Authorization::Scheme::basic:
      return authenticate_basic(exchange, authorization->credentials, BasicRule::raw);
    case Authorization::Scheme::bearer:
      return core::authenticate_bearer(exchange.hub(), exchange.call(),
                                       Secret(std::string(authorization->credentials)));
    case Authorization::Scheme::none:
    case Authorization::Scheme::other:
      break;
  }
  return Error{codes::unauthenticated, "This needs an application's secret or a token."};
}

bool is_application(core::Caller::Kind kind) {
  return kind == core::Caller::Kind::client || kind == core::Caller::Kind::organization;
}

// A hub token of an organization is an application there, that of a person a profile (nexus211.md section 9.2).
Result<void> check_kind(const Access& access, const core::Caller& caller) {
  const bool own_key = !caller.third_party() && caller.app && caller.app->owner_id == caller.organization_id;
  switch (caller.kind) {
    case core::Caller::Kind::client:
    case core::Caller::Kind::organization: {
      const bool may = caller.kind == core::Caller::Kind::client ? access.client : access.organization;
      if (!may) return Error{codes::principal_not_allowed, "An application may not do this in this way."};
      if (access.own_key_only && !own_key) {
        return Error{codes::principal_not_allowed, "This needs the application's own secret."};
      }
      return {};
    }
    case core::Caller::Kind::person:
    case core::Caller::Kind::on_behalf:
    case core::Caller::Kind::profile:
      if (!access.profile) return Error{codes::principal_not_allowed, "A profile may not do this."};
      if (access.role == "user" && !caller.person_id) {
        return Error{codes::principal_not_allowed, "Only a user may do this, not a service account."};
      }
      return {};
    case core::Caller::Kind::admin:
      return Error{codes::invalid_token, "This is no token of this surface."};
  }
  __builtin_unreachable();
}

// As the names of section 3.1.
Error scope_needed(std::string_view scope) {
  constexpr std::string_view own = "nexus211.";
  const std::string name(scope.substr(scope.starts_with(own) ? own.size() : 0));
  return {codes::insufficient_scope, "This call needs " + name + ".", "", name};
}

// A profile as it is now, and whether its role is enough.
Result<void> check_role(Exchange& exchange) {
  core::Caller& caller = *exchange.caller;
  const Result<core::NexusActor> actor =
      exchange.hub().read(exchange.call(), [&](core::View& view) { return core::nexus_actor(view, caller); });
  if (!actor) return actor.error();
  caller.membership = actor->profile;
  caller.organization_id = actor->organization_id;
  const std::string_view role = exchange.route.access.role;
  if (role.empty()) return {};
  const core::Need need = role == "owner"   ? core::Need::owner
                          : role == "admin" ? core::Need::admin
                                            : core::Need::member;
  if (actor->has(need)) return {};
  return Error{codes::role_required, "This needs at least the role " + std::string(role) + "."};
}

// In the order of nexus211.md section 3.4.
Result<void> admitted(Exchange& exchange) {
  const Access& access = exchange.route.access;
  Result<core::Caller> caller = authenticated(exchange);
  if (!caller) return caller.error();
  exchange.caller = std::move(*caller);
  if (Result<void> kind = check_kind(access, *exchange.caller); !kind) return kind;
  if (!has_any_scope(*exchange.caller, access.scope)) return scope_needed(access.scope);
  return is_application(exchange.caller->kind) ? Result<void>() : check_role(exchange);
}

std::optional<Response> admit(Exchange& exchange) { return admit_by(exchange, admitted); }

}  // namespace

const Dialect& nexus_dialect() {
  static constexpr Dialect dialect{.name = "nexus", .admit = &admit, .refuse = &refuse};
  return dialect;
}

}  // namespace hub::http
