#include "hub/core/openid_scope.h"
#include "oauth/grants/grants.h"

namespace hub::http {
namespace {

// Clients repeat what they asked for at first, the bearer part included: `app.name.perm` is the rest after it.
std::string_view without_bearer(std::string_view scope) {
  std::size_t at = scope.size();
  for (int dots = 0; dots < 3; ++dots) {
    at = at == 0 ? std::string_view::npos : scope.rfind('.', at - 1);
    if (at == std::string_view::npos) return scope;
  }
  return scope.substr(at + 1);
}

// RFC 6749 section 6: the new access token may have fewer scopes.
Result<std::optional<std::vector<ScopeName>>> narrowed(const TokenCall& call) {
  const std::string* const list = call.parameters.find("scope");
  if (list == nullptr) return std::optional<std::vector<ScopeName>>();
  std::vector<ScopeName> scopes;
  for (const std::string_view part : split_scope_list(*list)) {
    if (core::is_openid_scope(part)) continue;  // sent again with the others
    Result<ScopeName> scope = parse_scope_name(without_bearer(part));
    if (!scope) return scope.error();
    scopes.push_back(std::move(*scope));
  }
  if (scopes.empty()) return std::optional<std::vector<ScopeName>>();  // as if it were left out
  return std::optional(std::move(scopes));
}

}  // namespace

Result<core::Issued> refresh_token_grant(const TokenCall& call) {
  Result<std::string> token = call.required("refresh_token");
  if (!token) return token.error();
  core::RefreshToken request{
      .refresh_token = Secret(std::move(*token)), .credential_id = std::nullopt, .style = call.style};
  // A public client of the hub dialect need not say who it is; a scope is ignored there (zaikio-hub.md section 3.2).
  if (!call.standard() && !call.presented) {
    return core::refresh_token(call.exchange.hub(), call.exchange.call(), request);
  }
  const Result<core::Client> client = call.client();
  if (!client) return client.error();
  request.credential_id = client->credential.id;
  if (call.standard()) {
    Result<std::optional<std::vector<ScopeName>>> scopes = narrowed(call);
    if (!scopes) return scopes.error();
    request.scopes = std::move(*scopes);
  }
  return core::refresh_token(call.exchange.hub(), call_of(call.exchange, *client), request);
}

}  // namespace hub::http
