#include "hub/core/introspect.h"

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/lifecycle.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/nexus_token.h"
#include "hub/store/token.h"
#include "issue_steps.h"
#include "presented_token.h"

namespace hub::core {
namespace {

bool is_refresh_token(const Secret& text) { return refresh_token_id(text).has_value(); }

// A key of one organization knows nothing of the tokens of others (claim CA-05).
bool belongs_to(const Client& client, const AppId& app, const std::optional<OrganizationId>& organization) {
  if (!(client.app.id == app)) return false;
  return !client.third_party() || organization == client.credential.organization_id;
}

void inactive(Json& answer) {
  answer = Json::object();
  answer["active"] = false;
}

// The members that access and refresh tokens share (RFC 7662 section 2.2).
Result<void> describe(View& view, const Token& token, const std::optional<Credential>& credential,
                      const std::vector<ScopeName>& scopes, Instant expires_at, bool is_access, Json& answer) {
  const Result<std::string> issuer = issuer_of(view);
  if (!issuer) return issuer.error();
  answer = Json::object();
  const std::string of_apps = join_scopes(scopes, " ");
  const bool is_openid = !token.openid.empty();
  answer["active"] = true;
  answer["scope"] = is_openid ? join(token.openid, " ") + (scopes.empty() ? "" : " " + of_apps) : of_apps;
  if (credential) answer["client_id"] = credential->client_id;
  if (is_access) answer["token_type"] = "Bearer";
  answer["exp"] = unix_seconds(expires_at);
  answer["iat"] = unix_seconds(token.issued_at);
  if (is_access) answer["nbf"] = unix_seconds(token.issued_at);
  answer["sub"] = subject_claim(token);
  answer["aud"] = Json::array({token.audience});
  answer["iss"] = *issuer;
  if (is_access) answer["jti"] = token.id.text();
  if (token.roles) answer["roles"] = token.roles->bits();
  return {};
}

Result<void> introspect_access(View& view, const Client* client, const Secret& text, Json& answer) {
  const auto token = find_access_token(view, text);
  if (!token || token->expires_at <= view.now()) return {};
  if (client != nullptr && !belongs_to(*client, token->app_id, token->organization_id)) return {};
  const auto stands = behind(view, *token, client != nullptr ? &client->app : nullptr);
  if (!stands) return {};
  return describe(view, *token, stands->credential, stands->scopes, token->expires_at, true, answer);
}

Result<void> introspect_refresh(View& view, const Client* client, const Secret& text, Json& answer) {
  const Result<std::optional<Token>> found = find_refresh_token(view, text);
  if (!found) return found.error();
  if (!*found) return {};
  Token token = **found;
  if (token.refresh_used_at || !token.refresh_expires_at || *token.refresh_expires_at <= view.now()) return {};
  if (client != nullptr && !belongs_to(*client, token.app_id, token.organization_id)) return {};
  token.scopes = token.granted_scopes();
  const auto stands = behind(view, token, client != nullptr ? &client->app : nullptr);
  if (!stands) return {};
  return describe(view, token, stands->credential, stands->scopes, *token.refresh_expires_at, false, answer);
}

Result<void> introspect_nexus(View& view, const Client* client, const Secret& text, Json& answer) {
  const Result<std::optional<NexusToken>> found = find_nexus_token(view, text);
  if (!found) return found.error();
  if (!*found || (*found)->revoked_at) return {};
  const NexusToken& token = **found;
  if (client != nullptr && !belongs_to(*client, token.app_id, token.organization_id)) return {};
  const auto stands = behind(view, token);
  if (!stands) return {};
  const Result<std::string> issuer = issuer_of(view);
  if (!issuer) return issuer.error();
  answer = Json::object();
  answer["active"] = true;
  answer["scope"] = join_scopes(stands->scopes, " ");
  answer["client_id"] = stands->app.client_id;
  answer["token_type"] = "Bearer";
  answer["iat"] = unix_seconds(token.created_at);
  answer["sub"] = "Membership/" + token.membership_id.text();
  answer["aud"] = Json::array({stands->app.name});
  answer["iss"] = *issuer;
  return {};
}

Result<void> introspect(View& view, const Client* client, const Secret& text, Json& answer) {
  inactive(answer);
  if (is_refresh_token(text)) return introspect_refresh(view, client, text, answer);
  if (is_jwt(text)) return introspect_access(view, client, text, answer);
  return introspect_nexus(view, client, text, answer);
}

// What a client may end: the token and what was issued beside it.
struct Ending {
  std::optional<Token> access, refresh;
  std::optional<NexusToken> nexus;
};
Result<Ending> find_ending(View& view, const Client& client, const Secret& text) {
  Ending out;
  if (is_refresh_token(text)) {
    Result<std::optional<Token>> found = find_refresh_token(view, text);
    if (!found) return found.error();
    if (*found && belongs_to(client, (*found)->app_id, (*found)->organization_id)) out.refresh = std::move(*found);
  } else if (is_jwt(text)) {
    auto found = find_access_token(view, text);
    if (found && belongs_to(client, found->app_id, found->organization_id)) out.access = std::move(found);
  } else {
    Result<std::optional<NexusToken>> found = find_nexus_token(view, text);
    if (!found) return found.error();
    const bool own = *found && !(*found)->revoked_at && belongs_to(client, (*found)->app_id, (*found)->organization_id);
    if (own) out.nexus = std::move(*found);
  }
  return out;
}

void end_nexus(Work& work, const NexusToken& token) {
  store::revoke_nexus_token(work.db(), token.id, work.now());
  work.concerns(token.organization_id);
  work.audit("token revoke", "nexus_token:" + token.id.text(), "ok", "{}");
}

void end_hub(Work& work, const Token& token, bool whole_family) {
  const auto announce = [&](const Token& gone) { token_revoked(work, gone); };
  // A refresh token stands for the grant, and with it all of its access tokens go (RFC 7009 section 2.1).
  if (whole_family) {
    store::revoke_family(work.db(), token, work.now(), announce);
  } else {
    store::revoke_token(work.db(), token.id, work.now(), announce);
  }
  if (token.organization_id) work.concerns(*token.organization_id);
  work.audit("token revoke", "token:" + token.id.text(), "ok", "{}");
}

}  // namespace

Result<void> introspect_token(Hub& hub, const Call& call, std::string_view client_id,
                              const std::optional<Secret>& client_secret, const Secret& token, Json& answer) {
  std::optional<Client> asking;
  const Result<void> done = hub.read(call, [&](View& view) -> Result<void> {
    Result<Client> client = authenticate_client(view, client_id, client_secret);
    if (!client) return client.error();
    // Whoever only knows a client id has not said who they are (RFC 7662 section 2.1).
    if (!client->credential.confidential) {
      return Error{codes::invalid_client, "A public client may not ask about tokens."};
    }
    asking = std::move(*client);
    return introspect(view, &*asking, token, answer);
  });
  if (done) note_secret_use(hub, call, *asking);
  return done;
}

Result<void> introspect_any(Hub& hub, const Call& call, const Secret& token, Json& answer) {
  return hub.read(call, [&](View& view) { return introspect(view, nullptr, token, answer); });
}

Result<void> revoke_presented(Hub& hub, const Call& call, const Client& client, const Secret& token) {
  // Most of what is presented in vain never reaches the writer.
  const Result<bool> worth_it = hub.read(call, [&](View& view) -> Result<bool> {
    const Result<Ending> ending = find_ending(view, client, token);
    if (!ending) return ending.error();
    return ending->access || ending->refresh || ending->nexus;
  });
  if (!worth_it) return worth_it.error();
  if (!*worth_it) return {};
  Call as_client = call;
  as_client.principal = Principal::app(client.app.id, client.credential.organization_id);
  return hub.write(as_client, [&](Work& work) -> Result<void> {
    const Result<Ending> ending = find_ending(work, client, token);
    if (!ending) return ending.error();
    if (ending->access) end_hub(work, *ending->access, false);
    if (ending->refresh) end_hub(work, *ending->refresh, true);
    if (ending->nexus) end_nexus(work, *ending->nexus);
    return {};
  });
}

Result<std::optional<std::string>> revoke_own(Hub& hub, const Call& call, const Secret& token) {
  const Result<Caller> caller = authenticate_bearer(hub, call, token);
  if (!caller) return caller.error();
  if (caller->kind == Caller::Kind::admin) {
    return Error{codes::invalid_token, "This is no token of an app.", "hubctl token revoke-admin"};
  }
  Call own = call;
  own.principal = caller->principal;
  return hub.write(own, [&](Work& work) -> Result<std::optional<std::string>> {
    if (caller->nexus_token) {
      end_nexus(work, *caller->nexus_token);
      return std::optional<std::string>();
    }
    end_hub(work, *caller->token, false);
    return std::optional(caller->token->id.text());
  });
}

Result<std::string> revoke_own_hub_token(Hub& hub, const Call& call, const Secret& token) {
  const Result<Token> found = hub.read(call, [&](View& view) -> Result<Token> {
    auto token_row = is_jwt(token) ? find_access_token(view, token, Revoked::found) : std::nullopt;
    if (token_row) return std::move(*token_row);
    return Error{codes::invalid_token, "The token is unknown."};
  });
  if (!found) return found.error();
  const std::string jti = found->id.text();
  if (found->revoked_at) return jti;
  Call own = call;
  own.principal = found->organization_id ? Principal::app(found->app_id, *found->organization_id)
                                         : Principal::person(*found->person_id);
  const Result<void> ended = hub.write(own, [&](Work& work) -> Result<void> {
    end_hub(work, *found, false);
    return {};
  });
  if (!ended) return ended.error();
  return jti;
}

}  // namespace hub::core
