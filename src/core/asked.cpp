#include "asked.h"

#include <algorithm>

#include "challenge.h"
#include "consented.h"
#include "hub/base/codes.h"
#include "hub/core/openid_scope.h"
#include "hub/domain/redirect_uri.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"

namespace hub::core {

Result<AskedClient> find_asked_client(View& view, const LoginRequest& request) {
  const auto credential = store::find_credential(view.db(), request.credential_id);
  const auto app = store::find_app(view.db(), request.app_id);
  const bool known = credential && app && !credential->revoked_at && !credential->connection_id && !app->built_in();
  if (!known) return Error{codes::unknown_application, "The application that asks is unknown."};
  if (request.dialect == CodeDialect::nexus && app->audience == Audience::none) {
    return Error{codes::oauth_not_enabled, app->name + " lets nobody sign in."};
  }
  if (request.device_id) return AskedClient{*app, *credential};
  const bool registered = std::ranges::any_of(
      app->redirects, [&](const std::string& one) { return same_redirect_uri(one, request.redirect_uri); });
  if (!registered) return Error{codes::invalid_redirect, "This is no redirect target of " + app->name + "."};
  return AskedClient{*app, *credential};
}

Result<AskedScopes> parse_asked_scopes(const LoginRequest& request) {
  AskedScopes out;
  if (request.dialect == CodeDialect::nexus) return out;
  std::string of_apps;
  for (const std::string_view scope : split_scope_list(request.scope)) {
    if (request.dialect != CodeDialect::standard || !is_openid_scope(scope)) {
      of_apps.append(scope) += ' ';
    } else if (std::ranges::find(out.openid, scope) == out.openid.end()) {
      out.openid.emplace_back(scope);
    }
  }
  Result<RequestedScopes> requested =
      parse_requested_scopes(of_apps, request.device_id ? Flow::device : Flow::redirect);
  if (!requested) return requested.error();
  out.requested = *std::move(requested);
  return out;
}

Result<AskedScopes> check_asked(View& view, const LoginRequest& request, const AskedClient& client) {
  if (request.refusal) return refusal_of(*request.refusal);
  if (request.dialect == CodeDialect::nexus) return AskedScopes{};
  if (!request.device_id) {
    if (Result<void> good = check_challenge(client.app, client.credential, request.challenge, request.challenge_method);
        !good) {
      return good.error();
    }
  }
  Result<AskedScopes> asked = parse_asked_scopes(request);
  if (!asked) return asked;
  // Only what kinds of bearer there are matters for steps 6 and 7.
  AuthorizationCode kinds{.scopes = asked->requested.scopes};
  const Bearer::Form form = asked->requested.bearer.form;
  if (form != Bearer::Form::person) kinds.organization_id = OrganizationId();
  if (form != Bearer::Form::organization) kinds.person_id = PersonId();
  if (const auto consented = consented_scopes(view, client.app, kinds); !consented) return consented.error();
  return asked;
}

std::string refusal_text(const Error& error) { return std::string(error.code.name) + " " + error.message; }

Error refusal_of(std::string_view text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  const auto known = all_codes();
  const auto code = std::ranges::find_if(known, [&](const Code& one) { return one.name == text.substr(0, space); });
  return {code == known.end() ? codes::invalid_request : *code,
          std::string(text.substr(std::min(space + 1, text.size())))};
}

}  // namespace hub::core
