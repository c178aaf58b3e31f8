#include <array>
#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "hub/base/codes.h"
#include "hub/base/time_zone.h"
#include "hub/core/hub_connection.h"
#include "hub/core/inspect.h"
#include "hub/core/introspect.h"
#include "json_answer.h"
#include "parameters.h"

// The token that is presented (zaikio-hub.md section 5.6).
namespace hub::http::hub_api {
namespace {

Response revoked(const Json& jti) {
  Response response = json_response(201, {{"access_token_id", jti}});
  response.add("Cache-Control", "no-store");
  return response;
}

// What a token says of itself, which whoever sent it knows.
Json jti_of(const std::string& token) {
  Json inspected;
  if (!core::inspect_token(token, inspected)) return nullptr;
  const Json* const claims = member_of(inspected, "claims");
  return claims == nullptr ? Json(nullptr) : text_or_null(text_member(*claims, "jti"));
}

Response revoke_named(Exchange& exchange, std::string_view credentials) {
  constexpr std::array<std::string_view, 2> texts{"token", "token_type_hint"};
  const Result<PresentedClient> presented = read_basic(credentials, BasicRule::decoded);
  if (!presented) return exchange.refuse(presented.error());
  const Result<core::Client> client =
      core::authenticate_client(exchange.hub(), exchange.call(), presented->client_id, presented->secret);
  if (!client) return exchange.refuse(client.error());
  if (Result<void> often = exchange.admit_client(presented->client_id); !often) return exchange.refuse(often.error());
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return exchange.refuse(parameters.error());
  const std::string* const token = parameters->find("token");
  if (token == nullptr) return exchange.refuse(invalid_field("token", "is missing"));
  Call call = exchange.call();
  call.principal = Principal::app(client->app.id, client->credential.organization_id);
  const Result<void> done = core::revoke_presented(exchange.hub(), call, *client, Secret(*token));
  if (!done) return exchange.refuse(done.error());
  return revoked(jti_of(*token));
}

Json app_as_json(const core::TokenApp& answer) {
  if (!answer.app) return nullptr;
  Json vendor = nullptr;
  if (answer.vendor) {
    vendor = {{"name", answer.vendor->name}, {"slug", answer.vendor->slug}, {"logo_url", nullptr}};
  }
  return {{"name", answer.app->name},
          {"slug", answer.app->name},
          {"title", answer.app->title},
          {"logo_url", nullptr},
          {"vendor", vendor}};
}

}  // namespace

// An expired token may still be revoked, and one that was revoked already stays so.
Response revoke_token(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  const auto scheme = authorization ? authorization->scheme : Authorization::Scheme::other;
  if (scheme == Authorization::Scheme::basic) return revoke_named(exchange, authorization->credentials);
  if (scheme != Authorization::Scheme::bearer) {
    return exchange.refuse({codes::unauthenticated, "This needs a bearer token."});
  }
  const Result<std::string> jti =
      core::revoke_own_hub_token(exchange.hub(), exchange.call(), Secret(std::string(authorization->credentials)));
  if (!jti) return exchange.refuse(jti.error());
  return revoked(*jti);
}

Response show_access_token(Exchange& exchange) {
  const core::Caller& caller = *exchange.caller;
  const Result<core::TokenApp> app =
      exchange.hub().read(exchange.call(), [&](core::View& view) { return core::app_of_token(view, caller); });
  if (!app) return exchange.refuse(app.error());
  const Token& token = *caller.token;
  const bool organization = token.organization_id.has_value();
  Json scopes = Json::array();
  for (const ScopeName& scope : token.scopes) scopes.push_back(scope.text());
  Json out = Json::object();
  out["id"] = token.id.text();
  out["bearer"] = {{"id", organization ? token.organization_id->text() : token.person_id->text()},
                   {"type", organization ? "Organization" : "Person"}};
  out["scope"] = scopes;
  out["audiences"] = Json::array({token.audience});
  out["expires_at"] = to_rfc3339_ms(token.expires_at, app->zone);
  out["created_at"] = to_rfc3339_ms(token.issued_at, app->zone);
  out["app"] = app_as_json(*app);
  return json_response(200, out);
}

}  // namespace hub::http::hub_api
