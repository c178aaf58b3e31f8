#include "hub/core/authenticate.h"

#include "client_secret.h"
#include "hub/base/codes.h"
#include "hub/store/admin_token.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "presented_token.h"

namespace hub::core {
namespace {

constexpr Seconds noted_at_most_every{60};

// One answer for every reason (claim CA-03).
Error invalid_client() {
  return {codes::invalid_client, "The client is unknown, or did not prove itself with its secret."};
}
Error invalid_token() { return {codes::invalid_token, "The token is unknown, revoked, or not meant for this."}; }

bool is_due(const std::optional<Instant>& noted, Instant now) { return !noted || now - *noted >= noted_at_most_every; }

Result<Caller> hub_caller(View& view, const Secret& text) {
  auto token = find_access_token(view, text);
  if (!token) return invalid_token();
  if (token->expires_at <= view.now()) return Error{codes::token_expired, "The token has expired."};
  auto stands = behind(view, *token);
  if (!stands) return invalid_token();
  Caller caller{.kind = token->on_behalf()       ? Caller::Kind::on_behalf
                        : token->organization_id ? Caller::Kind::organization
                                                 : Caller::Kind::person,
                .principal = {},
                .app = std::move(stands->app),
                .credential = std::move(stands->credential),
                .organization_id = token->organization_id,
                .person_id = token->person_id,
                .membership = {},
                .token = {},
                .nexus_token = {},
                .scopes = std::move(stands->scopes)};
  const bool is_private = token->grant == GrantKind::private_;
  caller.principal = is_private && token->organization_id
                         ? Principal{"token:" + token->id.text(), {}, token->organization_id, {}}
                     : token->on_behalf()     ? Principal::on_behalf(*token->person_id, *token->organization_id)
                     : token->organization_id ? Principal::app(token->app_id, *token->organization_id)
                                              : Principal::person(*token->person_id);
  caller.token = std::move(*token);
  return caller;
}

Result<Caller> nexus_caller(View& view, const Secret& text) {
  Result<std::optional<NexusToken>> found = find_nexus_token(view, text);
  if (!found) return found.error();
  if (!*found || (*found)->revoked_at) return invalid_token();
  auto stands = behind(view, **found);
  if (!stands) return invalid_token();
  Caller caller{.kind = Caller::Kind::profile,
                .principal = Principal::profile(stands->membership.id, stands->membership.person_id,
                                                stands->membership.organization_id),
                .app = std::move(stands->app),
                .credential = std::move(stands->credential),
                .organization_id = stands->membership.organization_id,
                .person_id = stands->membership.person_id,
                .membership = {},
                .token = {},
                .nexus_token = std::move(**found),
                .scopes = std::move(stands->scopes)};
  caller.membership = std::move(stands->membership);
  return caller;
}

Result<Caller> admin_caller(Hub& hub, const Call& call, const Secret& text) {
  const Result<AdminToken> token = hub.read(call, [&](View& view) -> Result<AdminToken> {
    const Result<std::optional<AdminToken>> found = find_admin_token(view, text);
    if (!found) return found.error();
    if (!*found || (*found)->revoked_at || (*found)->expires_at <= view.now()) return invalid_token();
    return **found;
  });
  if (!token) return token.error();
  const Instant now = hub.clock().now();
  if (is_due(token->last_used_at, now)) {
    static_cast<void>(hub.write(call, [&](Work& work) -> Result<void> {
      store::note_admin_token_use(work.db(), token->id, now);
      return {};
    }));
  }
  return Caller{.kind = Caller::Kind::admin,
                .principal = Principal::admin_token(token->name),
                .app = {},
                .credential = {},
                .organization_id = {},
                .person_id = {},
                .membership = {},
                .token = {},
                .nexus_token = {},
                .scopes = {},
                .read_only = token->role == AdminRole::read_only};
}

}  // namespace

void note_secret_use(Hub& hub, const Call& call, const Client& client) {
  const Credential& used = client.credential;
  const Instant now = hub.clock().now();
  if (!used.confidential || !is_due(client.previous ? used.previous_last_used_at : used.last_used_at, now)) return;
  static_cast<void>(hub.write(call, [&](Work& work) -> Result<void> {
    store::note_secret_use(work.db(), {used.id, client.previous}, now);
    return {};
  }));
}

Result<Client> authenticate_client(View& view, std::string_view client_id, const std::optional<Secret>& secret) {
  std::optional<store::UsedSecret> used;
  if (secret) {
    if (secret->reveal().size() > limits::secret_bytes) return invalid_client();
    const Result<Bytes> hash = hash_client_secret(view, *secret);
    if (!hash) return hash.error();
    used = store::find_credential_by_secret(view.db(), client_id, *hash, view.now());
  } else if (const auto own = store::find_own_credential(view.db(), client_id); own && !own->confidential) {
    used = store::UsedSecret{*own, false};
  }
  if (!used) return invalid_client();
  auto app = store::find_app(view.db(), used->credential.app_id);
  if (!app || app->state == AppState::inactive) return invalid_client();
  return Client{.app = std::move(*app), .credential = std::move(used->credential), .previous = used->previous};
}

Result<Client> authenticate_client(Hub& hub, const Call& call, std::string_view client_id,
                                   const std::optional<Secret>& secret) {
  Result<Client> client = hub.read(call, [&](View& view) { return authenticate_client(view, client_id, secret); });
  if (client) note_secret_use(hub, call, *client);
  return client;
}

std::vector<ScopeName> effective_scopes(View& view, const Client& client) {
  return scopes_of_credential(view, client.app, client.credential);
}

Result<Caller> caller_of(View& view, const Client& client) {
  return Caller{.kind = Caller::Kind::client,
                .principal = Principal::app(client.app.id, client.credential.organization_id),
                .app = client.app,
                .credential = client.credential,
                .organization_id = client.credential.organization_id,
                .person_id = {},
                .membership = {},
                .token = {},
                .nexus_token = {},
                .scopes = effective_scopes(view, client),
                .previous = client.previous};
}

Result<Caller> authenticate_bearer(Hub& hub, const Call& call, const Secret& token) {
  if (is_admin_token(token)) return admin_caller(hub, call, token);
  return hub.read(call,
                  [&](View& view) { return is_jwt(token) ? hub_caller(view, token) : nexus_caller(view, token); });
}

}  // namespace hub::core
