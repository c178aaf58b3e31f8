#include <algorithm>

#include "delegation.h"
#include "hub/base/codes.h"
#include "hub/core/issue.h"
#include "hub/core/lifecycle.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/token.h"
#include "issue_steps.h"
#include "presented_token.h"

namespace hub::core {
namespace {

// One answer for every reason, so that nobody learns which it was.
Error refused(std::string cause) {
  return {codes::invalid_grant, "The refresh token is unknown, used, expired, or its permissions changed.",
          "ask for a new token", "", std::move(cause)};
}

// The grant a refresh would renew; invalid_grant when the token cannot be used (zaikio-hub.md section 3.4).
struct Renewal {
  Token old;
  Grant grant;
  Seconds lifetime = lifetimes::access_token;
};

// Whoever names no client is one that has no secret to prove itself by.
Result<void> check_client(View& view, const RefreshToken& request, const Token& token) {
  if (request.credential_id && !(token.credential_id == *request.credential_id)) return refused("another client's");
  if (request.credential_id || view.principal().is_operator()) return {};
  const auto credential = store::find_credential(view.db(), token.credential_id);
  if (credential && !credential->confidential) return {};
  return Error{codes::invalid_client, "The client did not prove itself with its secret."};
}

Result<Renewal> granted_anew(View& view, const Token& old) {
  if (old.parent_id) {
    Result<Delegation> delegation = renew_delegation(view, old);
    if (!delegation) return refused(std::string(delegation.error().code.name));
    return Renewal{old, std::move(delegation->grant), delegation->lifetime};
  }
  Result<Grant> grant = authorize(view, {.credential_id = old.credential_id,
                                         .organization_id = old.organization_id,
                                         .person_id = old.person_id,
                                         .scopes = old.granted_scopes()});
  if (!grant) return refused(std::string(grant.error().code.name));
  grant->token.openid = old.openid;
  grant->token.authenticated_at = old.authenticated_at;
  return Renewal{old, std::move(*grant)};
}

// Fewer scopes for the access token; the refresh token keeps them all (RFC 6749 section 6; claim RF-01).
Result<void> narrow(const RefreshToken& request, Token& token) {
  if (!request.scopes) return {};
  std::vector<ScopeName> kept;
  for (const ScopeName& scope : *request.scopes) {
    if (!covers(token.scopes, canonical(scope))) {
      return Error{codes::ungranted_scope, scope.text() + " is not part of what was granted.", "", "scope"};
    }
    if (std::ranges::find(kept, scope) == kept.end()) kept.push_back(scope);
  }
  if (kept == token.scopes) return {};
  token.grant_scopes = std::move(token.scopes);
  token.scopes = std::move(kept);
  return {};
}

Result<Renewal> renewal(View& view, const RefreshToken& request) {
  const Result<std::optional<Token>> presented = find_refresh_token(view, request.refresh_token);
  if (!presented) return presented.error();
  if (!*presented) return refused("unknown");
  const Token& old = **presented;
  if (Result<void> client = check_client(view, request, old); !client) return client.error();
  if (old.refresh_used_at) return refused("used");
  if (!old.refresh_expires_at || *old.refresh_expires_at <= view.now()) return refused("expired");
  Result<Renewal> renewed = granted_anew(view, old);
  if (!renewed) return renewed;
  const Grant& grant = renewed->grant;
  // A refreshed token has the scopes of the one before, or there is none (zaikio-hub.md section 3.4).
  if (!grant.dropped.empty()) return refused("scopes fell away");
  if (!(grant.token.connection_id == old.connection_id)) return refused("connected anew");
  if (!(grant.token.roles == old.roles)) return refused("roles changed");
  if (Result<void> narrowed = narrow(request, renewed->grant.token); !narrowed) return narrowed.error();
  return renewed;
}

bool ends_family(View& view, const Token& token) {
  const auto app = store::find_app(view.db(), token.app_id);
  const auto credential = store::find_credential(view.db(), token.credential_id);
  if (!app || !credential) return true;
  switch (app->refresh_reuse) {
    case RefreshReuse::standard:
      return !credential->confidential;
    case RefreshReuse::refuse:
      return false;
    case RefreshReuse::end_family:
      return true;
  }
  return true;
}

// A spent token presented again, or one presented by another client, leaves a row in the audit trail (decisions.md 6,
// claims RF-02 and RF-03).
Result<void> note_misuse(Hub& hub, const Call& call, const RefreshToken& request) {
  const auto misused = [&](View& view) -> Result<std::optional<Token>> {
    Result<std::optional<Token>> token = find_refresh_token(view, request.refresh_token);
    if (!token || !*token) return token;
    const bool foreign = request.credential_id && !((*token)->credential_id == *request.credential_id);
    if (!foreign && !(*token)->refresh_used_at) return std::optional<Token>();
    return token;
  };
  const Result<std::optional<Token>> seen = hub.read(call, misused);
  if (!seen) return seen.error();
  if (!*seen) return {};
  return hub.write(call, [&](Work& work) -> Result<void> {
    const Result<std::optional<Token>> token = misused(work);
    if (!token) return token.error();
    if (!*token) return {};
    const bool foreign = request.credential_id && !((*token)->credential_id == *request.credential_id);
    const bool ended = !foreign && ends_family(work, **token);
    if (ended) {
      store::revoke_family(work.db(), **token, work.now(), [&](const Token& gone) { token_revoked(work, gone); });
    }
    if ((*token)->organization_id) work.concerns(*(*token)->organization_id);
    work.audit("token refresh", "token:" + (*token)->id.text(), codes::invalid_grant.name,
               foreign ? R"({"misuse":"another client"})"
                       : (ended ? R"({"misuse":"reuse","family":"ended"})" : R"({"misuse":"reuse"})"));
    return {};
  });
}

}  // namespace

Result<Issued> refresh_token(Hub& hub, const Call& call, const RefreshToken& request) {
  const auto attempt = [&]() -> Result<Decided> {
    const Result<void> draft = hub.read(call, [&](View& view) -> Result<void> {
      if (const Result<Renewal> possible = renewal(view, request); !possible) return possible.error();
      if (const auto key = active_key(view); !key) return key.error();
      return {};
    });
    if (!draft) return draft.error();
    return hub.write(call, [&](Work& work) -> Result<Decided> {
      Result<Renewal> decided = renewal(work, request);
      if (!decided) return decided.error();
      if (!store::use_refresh_token(work.db(), decided->old.id, work.now())) return refused("used");
      Result<Decided> done = insert_decided(work, std::move(decided->grant),
                                            {.grant = {},
                                             .kind = GrantKind::refresh,
                                             .lifetime = decided->lifetime,
                                             .with_refresh_token = true,
                                             .style = request.style},
                                            decided->old.family_id);
      // A client that refreshes for itself is recorded by the row alone, an operator in the audit trail too.
      if (done && !request.credential_id && work.principal().is_operator()) {
        if (done->token.organization_id) work.concerns(*done->token.organization_id);
        work.audit("token refresh", "token:" + done->token.id.text(), "ok",
                   R"({"refreshed":")" + decided->old.id.text() + R"("})");
      }
      return done;
    });
  };
  const Result<Decided> decided = attempt();
  if (decided) return sign(call, *decided);
  if (decided.error().code == codes::invalid_grant) {
    if (const Result<void> noted = note_misuse(hub, call, request); !noted) return noted.error();
  }
  return decided.error();
}

}  // namespace hub::core
