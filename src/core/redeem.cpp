#include <algorithm>

#include "code_text.h"
#include "consummate.h"
#include "hub/base/codes.h"
#include "hub/core/code.h"
#include "hub/core/hub.h"
#include "hub/core/lifecycle.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/random.h"
#include "hub/domain/pkce.h"
#include "hub/store/app.h"
#include "hub/store/authorization_code.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/nexus_token.h"
#include "hub/store/token.h"
#include "issue_steps.h"
#include "presented_token.h"

namespace hub::core {
namespace {

using store::StoredCode;

// PKCE (RFC 7636 section 4.6; claims CO-04 and CO-05).
Result<void> check_verifier(const AuthorizationCode& code, const Credential& credential,
                            const std::optional<std::string>& verifier) {
  if (!code.challenge) {
    if (verifier) return refused_grant("a verifier without a challenge");
    if (!credential.confidential) return refused_grant("a public client without a challenge");
    return {};
  }
  if (!verifier) {
    return Error{codes::invalid_request, "The parameter code_verifier is required.", "", "code_verifier"};
  }
  if (!is_pkce_text(*verifier)) return refused_grant("no verifier");
  const std::string answer = code.challenge_method == "plain" ? *verifier : base64url(crypto::sha256(*verifier));
  if (!crypto::equal_constant_time(answer, *code.challenge)) return refused_grant("verifier");
  return {};
}

// Libraries of one dialect mix their own token route with the default one, so a code of the hub works at the standard
// route too; all others at their own only (claim AZ-13).
bool redeemable_at(CodeDialect route, CodeDialect code) {
  return route == code || (route == CodeDialect::standard && code == CodeDialect::hub);
}

// An OpenID Connect request named its target, so the exchange names it too (claim CO-06). Behind a code made by an
// operator there was no request.
Result<void> check_target(const AuthorizationCode& code, const std::optional<std::string>& redirect_uri) {
  if (redirect_uri && *redirect_uri != code.redirect_uri) return refused_grant("redirect_uri");
  if (redirect_uri || !code.granted_by || std::ranges::find(code.openid, "openid") == code.openid.end()) return {};
  return Error{codes::invalid_request, "The parameter redirect_uri is required.", "", "redirect_uri"};
}

// The code, if everything about it is right but that it may have been used before. Nothing is used up here: whoever
// only saw a code cannot spoil it (claim CO-03).
Result<StoredCode> find_valid(View& view, const RedeemCode& request) {
  const Result<Bytes> hash = hash_code(view, request.code);
  if (!hash) return hash.error();
  const auto stored = store::find_authorization_code(view.db(), *hash);
  const auto credential = store::find_credential(view.db(), request.credential_id);
  if (!credential || credential->revoked_at)
    return Error{codes::invalid_client, "The credential is unknown or revoked."};
  if (!stored || !redeemable_at(request.dialect, stored->code.dialect)) return refused_grant("unknown");
  const AuthorizationCode& code = stored->code;
  // The Nexus dialect knows one client id per application, whatever credential carries it at the time.
  const bool same_client = request.dialect == CodeDialect::nexus
                               ? code.app_id == credential->app_id && !credential->connection_id
                               : code.credential_id == credential->id;
  if (!same_client) return refused_grant("another client's");
  if (!code.used_at && code.expires_at <= view.now()) return refused_grant("expired");
  if (Result<void> target = check_target(code, request.redirect_uri); !target) return target.error();
  if (Result<void> verified = check_verifier(code, *credential, request.code_verifier); !verified) {
    return verified.error();
  }
  return *stored;
}

// The same for one that was not used; with the app as it is now (claim CO-07).
struct Redeemable {
  AuthorizationCode code;
  App app;
};
Result<Redeemable> find_redeemable(View& view, const RedeemCode& request) {
  const Result<StoredCode> stored = find_valid(view, request);
  if (!stored) return stored.error();
  const AuthorizationCode& code = stored->code;
  if (code.used_at) return refused_grant("used");
  const auto app = store::find_app(view.db(), code.app_id);
  if (!app || app->state == AppState::inactive) return refused_grant("app disabled");
  if (code.challenge_method == "plain" && !app->pkce_plain) return refused_grant("method is switched off");
  if (std::ranges::find(app->redirects, code.redirect_uri) == app->redirects.end())
    return refused_grant("redirect is gone");
  return Redeemable{code, *app};
}

// A code redeemed a second time by whom it belongs to: everything that came of the first redemption ends (claim CO-02).
Result<void> end_if_reused(Hub& hub, const Call& call, const RedeemCode& request) {
  const auto reused = [&](View& view) -> Result<std::optional<StoredCode>> {
    const Result<StoredCode> stored = find_valid(view, request);
    if (!stored && !(stored.error().code == codes::invalid_grant)) return stored.error();
    if (!stored || !stored->code.used_at) return std::optional<StoredCode>();
    return std::optional(*stored);
  };
  const Result<std::optional<StoredCode>> seen = hub.read(call, reused);
  if (!seen) return seen.error();
  if (!*seen) return {};
  return hub.write(call, [&](Work& work) -> Result<void> {
    const Result<std::optional<StoredCode>> stored = reused(work);
    if (!stored) return stored.error();
    if (!*stored) return {};
    const auto token = (*stored)->token_id ? store::find_token(work.db(), *(*stored)->token_id) : std::nullopt;
    if (token) {
      store::revoke_family(work.db(), *token, work.now(), [&](const Token& gone) { token_revoked(work, gone); });
    }
    if ((*stored)->nexus_token_id) store::revoke_nexus_token(work.db(), *(*stored)->nexus_token_id, work.now());
    if ((*stored)->code.organization_id) work.concerns(*(*stored)->code.organization_id);
    work.audit("code redeem", "code:" + (*stored)->code.id.text(), codes::invalid_grant.name,
               R"({"misuse":"reuse","tokens":"ended"})");
    return {};
  });
}

// Runs a redemption; when it is refused, looks whether that was because the code had been used.
template <class T>
Result<T> with_reuse_noted(Hub& hub, const Call& call, const RedeemCode& request, Result<T> outcome) {
  if (!outcome && outcome.error().code == codes::invalid_grant) {
    if (const Result<void> noted = end_if_reused(hub, call, request); !noted) return noted.error();
  }
  return outcome;
}

Result<Decided> redeem(Hub& hub, const Call& call, const RedeemCode& request) {
  const Result<void> draft = hub.read(call, [&](View& view) -> Result<void> {
    if (const auto redeemable = find_redeemable(view, request); !redeemable) return redeemable.error();
    if (const auto key = active_key(view); !key) return key.error();
    return {};
  });
  if (!draft) return draft.error();
  return hub.write(call, [&](Work& work) -> Result<Decided> {
    const Result<Redeemable> redeemable = find_redeemable(work, request);
    if (!redeemable) return redeemable.error();
    Result<Grant> grant = consummate(work, redeemable->app, redeemable->code);
    if (!grant) return grant.error();
    const bool standard = request.dialect == CodeDialect::standard;
    Result<Decided> decided = insert_decided(work, std::move(*grant),
                                             {.grant = {},
                                              .kind = GrantKind::authorization_code,
                                              .with_refresh_token = true,
                                              .style = standard ? TokenStyle::standard : TokenStyle::hub},
                                             std::nullopt);
    if (!decided) return decided;
    const CodeId& code = redeemable->code.id;
    if (!store::use_authorization_code(work.db(), code, work.now(), decided->token.id, std::nullopt)) {
      return refused_grant("used");
    }
    return decided;
  });
}

Result<Secret> redeem_nexus(Work& work, const RedeemCode& request) {
  const Result<Redeemable> redeemable = find_redeemable(work, request);
  if (!redeemable) return redeemable.error();
  const AuthorizationCode& code = redeemable->code;
  const auto membership = store::find_membership(work.db(), *code.membership_id);
  if (!membership || !membership->joined_at) return refused_grant("profile is gone");
  if (!redeemable->app.admits(membership->organization_id)) return refused_grant("audience");
  const NexusToken token{.id = NexusTokenId::make(work.now(), work.random()),
                         .app_id = code.app_id,
                         .membership_id = membership->id,
                         .organization_id = membership->organization_id,
                         .scopes = code.scopes,
                         .credential_id = {},
                         .code_id = code.id,
                         .created_at = work.now()};
  Secret text = crypto::make_secret(work.random());
  const Result<Bytes> hash = hash_nexus_token(work, text);
  if (!hash) return hash.error();
  store::insert_nexus_token(work.db(), token, *hash);
  if (!store::use_authorization_code(work.db(), code.id, work.now(), std::nullopt, token.id))
    return refused_grant("used");
  return text;
}

}  // namespace

Result<Bytes> hash_code(View& view, const Secret& text) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash("authorization_code", text.reveal());
}

Result<Issued> redeem_code(Hub& hub, const Call& call, const RedeemCode& request) {
  if (request.dialect == CodeDialect::nexus) return refused_grant("dialect");
  const Result<Decided> decided = with_reuse_noted(hub, call, request, redeem(hub, call, request));
  if (!decided) return decided.error();
  return sign(call, *decided);
}

Result<Secret> redeem_nexus_code(Hub& hub, const Call& call, const RedeemCode& request) {
  RedeemCode nexus = request;
  nexus.dialect = CodeDialect::nexus;
  const Result<bool> third_party = hub.read(call, [&](View& view) -> Result<bool> {
    const auto credential = store::find_credential(view.db(), request.credential_id);
    return credential && credential->connection_id.has_value();
  });
  if (!third_party) return third_party.error();
  if (*third_party) {
    return Error{codes::principal_not_allowed, "A code is redeemed with the application's own secret."};
  }
  return with_reuse_noted(hub, call, nexus, hub.write(call, [&](Work& work) { return redeem_nexus(work, nexus); }));
}

}  // namespace hub::core
