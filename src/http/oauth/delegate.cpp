#include "hub/core/delegate.h"

#include <array>

#include "client_authentication.h"
#include "hub/base/codes.h"
#include "hub_api/hub_error.h"
#include "oauth/handlers.h"
#include "oauth/oauth_error.h"
#include "parameters.h"
#include "token_answer.h"

namespace hub::http {
namespace {

constexpr std::array<std::string_view, 2> texts{"client_id", "delegate_access_scope"};

// The parent token's caller; told in the words of the REST API, as zaikio-hub.md section 3.7 says.
Result<core::Caller> find_parent(Exchange& exchange) {
  const Result<Authorization> authorization = read_authorization(exchange.request);
  if (!authorization) return authorization.error();
  if (authorization->scheme != Authorization::Scheme::bearer) {
    return Error{codes::unauthenticated, "Delegation needs a bearer token."};
  }
  Result<core::Caller> caller =
      core::authenticate_bearer(exchange.hub(), exchange.call(), Secret(std::string(authorization->credentials)));
  // Tokens that were never issued to an app for a bearer cannot be anybody's parent.
  if (caller && !caller->token) return Error{codes::invalid_token, "This kind of token delegates nothing."};
  return caller;
}

bool names(const std::optional<std::string>& written, const OrganizationId& id) {
  return !written || *written == id.text() || *written == id.hash_id();
}

// The bearer part is optional, but another bearer's scopes are none of the parent's.
bool same_bearer(const Bearer& bearer, const core::Caller& parent) {
  if (bearer.form == Bearer::Form::person) return true;
  return parent.organization_id && names(bearer.organization_id, *parent.organization_id);
}

Result<core::DelegateToken> read_request(const Request& request, const core::Caller& parent) {
  const Result<Parameters> parameters = read_token_parameters(request, texts);
  if (!parameters) return parameters.error();
  const std::string* const client_id = parameters->find("client_id");
  if (client_id == nullptr) {
    return Error{codes::invalid_request, "The parameter client_id is missing.", "", "client_id"};
  }
  core::DelegateToken out{.client_id = *client_id, .scopes = std::nullopt};
  const std::string* const list = parameters->find("delegate_access_scope");
  if (list == nullptr) return out;
  Result<RequestedScopes> requested = parse_requested_scopes(*list, Flow::redirect);
  if (!requested) return requested.error();
  if (!same_bearer(requested->bearer, parent)) {
    return Error{codes::scope_was_not_granted_in_parent, "The parent token speaks for another bearer."};
  }
  out.scopes = std::move(requested->scopes);
  return out;
}

}  // namespace

Response delegate(Exchange& exchange) {
  Result<core::Caller> parent = find_parent(exchange);
  if (!parent) return refuse_as(hub_api_dialect(), exchange, parent.error());
  exchange.caller = std::move(*parent);
  const Result<core::DelegateToken> request = read_request(exchange.request, *exchange.caller);
  if (!request) return exchange.refuse(request.error());
  const Result<core::Issued> issued = core::delegate_token(exchange.hub(), exchange.call(), *exchange.caller, *request);
  if (!issued) return exchange.refuse(issued.error());
  note_issued(exchange, "delegation");
  return token_answer(exchange.request, *issued, core::TokenStyle::hub);
}

}  // namespace hub::http
