#include "hub/core/issue.h"

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/core/reference.h"
#include "hub/crypto/jwt.h"
#include "hub/store/app.h"
#include "hub/store/settings.h"
#include "hub/store/signing_key.h"
#include "hub/store/token.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

constexpr std::string_view refresh_prefix = "hrt_";
constexpr std::size_t uuid_octets = 16, secret_octets = 32;

// The claims of RFC 9068 section 2.2, with the roles of the hub contract.
Json standard_claims(const Decided& decided) {
  const Token& token = decided.token;
  Json claims = Json::object();
  claims["iss"] = decided.issuer;
  claims["sub"] = subject_claim(token);
  claims["aud"] = Json::array({token.audience});
  claims["client_id"] = decided.client_id;
  claims["jti"] = token.id.text();
  claims["iat"] = unix_seconds(token.issued_at);
  claims["nbf"] = unix_seconds(token.issued_at);
  claims["exp"] = unix_seconds(token.expires_at);
  claims["scope"] = standard_scope(token);
  if (token.roles) claims["roles"] = token.roles->bits();
  return claims;
}

// The claims in the order of zaikio-hub.md section 4.1.
Json hub_claims(const Decided& decided) {
  const Token& token = decided.token;
  Json scopes = Json::array();
  for (const ScopeName& scope : token.scopes) scopes.push_back(scope.text());
  Json claims = Json::object();
  claims["iss"] = "ZAI";
  claims["sub"] = subject_claim(token);
  claims["aud"] = Json::array({token.audience});
  claims["jti"] = token.id.text();
  claims["nbf"] = unix_seconds(token.issued_at);
  claims["exp"] = unix_seconds(token.expires_at);
  claims["jku"] = decided.issuer + "/api/v1/jwt_public_keys";
  claims["scope"] = std::move(scopes);
  if (token.roles) claims["roles"] = token.roles->bits();
  return claims;
}

ObjectText bearer_of(const Token& token) {
  Json bearer = Json::object();
  bearer["id"] = token.organization_id ? token.organization_id->text() : token.person_id->text();
  bearer["type"] = token.organization_id ? "Organization" : "Person";
  return {to_line(bearer)};
}

ObjectText acting_person_of(const Token& token) {
  Json person = Json::object();
  person["id"] = token.person_id->text();
  person["type"] = "Person";
  person["roles"] = token.roles->names();
  return {to_line(person)};
}

ObjectText object_of(const DroppedScope& dropped) {
  Json object = Json::object();
  object["scope"] = dropped.scope;
  object["rule"] = dropped.rule;
  return {to_line(object)};
}

// By hand, an admin of the app's owner issues; asked again where it is decided (claim G-04).
Result<void> check_by_hand(View& view, const TokenRequest& request, const AppId& id) {
  if (request.kind != GrantKind::by_hand) return {};
  const auto app = store::find_app(view.db(), id);
  if (!app || !app->owner_id) return Error{codes::unknown_application, "The app is gone."};
  return require_role(view, *app->owner_id, Need::admin);
}

}  // namespace

std::string subject_claim(const Token& token) {
  if (token.on_behalf()) return "Person/" + token.person_id->text() + ">Organization/" + token.organization_id->text();
  return token.organization_id ? "Organization/" + token.organization_id->text() : "Person/" + token.person_id->text();
}

Result<std::string> issuer_of(View& view) {
  if (const auto& served = view.hub().issuer()) return *served;
  const auto settings = store::find_settings(view.db());
  if (!settings) return Error{codes::store_damaged, "The store has no settings."};
  return settings->issuer;
}

Secret make_refresh_token(const TokenId& id, Random& random) {
  return Secret(std::string(refresh_prefix) + base64url(id.uuid().octets() + random.octets(secret_octets)));
}

std::optional<TokenId> refresh_token_id(const Secret& token) {
  const std::string_view text = token.reveal();
  Bytes octets;
  if (!text.starts_with(refresh_prefix) || !decode_base64url(text.substr(refresh_prefix.size()), octets) ||
      octets.size() != uuid_octets + secret_octets) {
    return std::nullopt;
  }
  const auto uuid = Uuid::from_octets(std::string_view(octets).substr(0, uuid_octets));
  if (!uuid) return std::nullopt;
  return TokenId(*uuid);
}

Result<Bytes> hash_refresh_token(View& view, const Secret& token) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash("refresh_token", token.reveal());
}

Result<std::shared_ptr<const crypto::SigningKey>> active_key(View& view) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  const auto kid = store::find_active_kid(view.db(), view.now());
  if (!kid) return Error{codes::wrong_state, "No signing key is active.", "hubctl key rotate --publish-ahead 0s"};
  if (auto cached = (*keys)->keyring.cached(*kid)) return cached;
  const auto sealed = store::find_private_sealed(view.db(), *kid);
  if (!sealed) return Error{codes::store_damaged, "The signing key " + *kid + " has no private half."};
  return (*keys)->keyring.find(*kid, *sealed);
}

Result<Decided> insert_decided(Work& work, Grant grant, const TokenRequest& request, std::optional<FamilyId> family) {
  const auto key = active_key(work);
  if (!key) return key.error();
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();

  auto subject = request.style == TokenStyle::standard ? id_token_subject(work, grant) : std::nullopt;
  Decided decided{.token = std::move(grant.token),
                  .dropped = std::move(grant.dropped),
                  .refresh_token = std::nullopt,
                  .style = request.style,
                  .client_id = std::move(grant.client_id),
                  .issuer = *issuer,
                  .key = *key,
                  .id_token = std::move(subject)};
  Token& token = decided.token;
  token.id = TokenId::make(work.now(), work.random());
  token.family_id = family.value_or(FamilyId(token.id.uuid()));
  token.grant = request.kind;
  token.kid = (*key)->kid();
  // Whole seconds, as in the claims: a token is never valid before it was issued, nor longer than it says.
  token.issued_at = from_unix_seconds(unix_seconds(work.now()));
  token.expires_at = token.issued_at + request.lifetime;
  std::optional<Bytes> hash;
  if (request.with_refresh_token) {
    decided.refresh_token = make_refresh_token(token.id, work.random());
    token.refresh_expires_at = work.now() + lifetimes::refresh_token;
    const Result<Bytes> hashed = hash_refresh_token(work, *decided.refresh_token);
    if (!hashed) return hashed.error();
    hash = *hashed;
  }
  store::insert_token(work.db(), token, hash);
  return decided;
}

Issued sign(const Call& call, const Decided& decided) {
  const Token& token = decided.token;
  const bool standard = decided.style == TokenStyle::standard;
  Issued issued{.scope = standard ? standard_scope(token) : join_scopes(token.scopes, ","),
                .audiences = {token.audience.substr(0, token.audience.find('/'))},
                .expires_in = unix_seconds(token.expires_at) - unix_seconds(token.issued_at),
                .bearer = bearer_of(token)};
  if (!call.dry_run) {
    issued.access_token = Secret(standard ? crypto::sign_jwt(*decided.key, standard_claims(decided), "at+jwt")
                                          : crypto::sign_jwt(*decided.key, hub_claims(decided)));
    issued.refresh_token = decided.refresh_token;
    if (decided.id_token) {
      issued.id_token = Secret(crypto::sign_jwt(*decided.key, id_token_claims(decided, *issued.access_token), "JWT"));
    }
  }
  if (token.on_behalf()) issued.bearer_on_behalf_of = acting_person_of(token);
  for (const DroppedScope& dropped : decided.dropped) issued.dropped.push_back(object_of(dropped));
  return issued;
}

Result<Issued> issue(Hub& hub, const Call& call, const TokenRequest& request) {
  const Result<Grant> draft = hub.read(call, [&](View& view) -> Result<Grant> {
    Result<Grant> grant = authorize(view, request.grant);
    if (!grant) return grant;
    if (const auto key = active_key(view); !key) return key.error();
    return grant;
  });
  if (!draft) return draft.error();
  const Result<Decided> decided = hub.write(call, [&](Work& work) -> Result<Decided> {
    Result<Grant> grant = authorize(work, request.grant);
    if (!grant) return grant.error();
    if (Result<void> may = check_by_hand(work, request, grant->token.app_id); !may) return may.error();
    Result<Decided> done = insert_decided(work, std::move(*grant), request, std::nullopt);
    if (done && request.kind == GrantKind::by_hand) {
      if (done->token.organization_id) work.concerns(*done->token.organization_id);
      work.audit("token issue", "token:" + done->token.id.text(), "ok",
                 R"({"audience":")" + done->token.audience + R"(","scope":")" + join_scopes(done->token.scopes, " ") +
                     R"("})");
    }
    return done;
  });
  if (!decided) return decided.error();
  return sign(call, *decided);
}

}  // namespace hub::core
