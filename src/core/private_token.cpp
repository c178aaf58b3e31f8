#include "private_token.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/private_token.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/private_token.h"
#include "hub/store/provided_scope.h"
#include "hub/store/signing_key.h"
#include "hub/store/token.h"
#include "issue_steps.h"
#include "rules.h"
#include "scope_list.h"
#include "unknown_scope.h"

namespace hub::core {
namespace {

constexpr std::string_view hub_app = "zaikio";

// The person themself, or an admin of the organization; an operator for all.
Result<void> check_may_grant(View& view, const Subject& subject) {
  if (subject.organization) return require_role(view, subject.organization->id, Need::admin);
  if (view.principal().is_operator() || view.principal().is(subject.person->id)) return {};
  return Error{codes::role_required, "Only the person themself makes tokens for them.", "ask them"};
}

bool is_connected(View& view, const ProvidedScope& scope, const std::optional<OrganizationId>& organization,
                  const std::optional<PersonId>& person) {
  const auto app = store::find_app(view.db(), scope.app_id);
  if (!app || app->built_in()) return app.has_value();
  return organization ? store::find_active_connection(view.db(), app->id, *organization).has_value()
                      : store::find_active_connection(view.db(), app->id, *person).has_value();
}

Result<void> check_scope(View& view, const Subject& subject, const ScopeName& scope) {
  const auto provided = find_known_scope(view, scope);
  if (!provided) return unknown_scope(view, scope);
  if (!provided->applies_to(subject.kind())) {
    return Error{codes::invalid_request, scope.text() + " does not apply to " + subject.reference() + ".", "", "scope"};
  }
  const auto organization = subject.organization ? std::optional(subject.organization->id) : std::nullopt;
  const auto person = subject.person ? std::optional(subject.person->id) : std::nullopt;
  if (is_connected(view, *provided, organization, person)) return {};
  return Error{codes::invalid_request, subject.name() + " is not connected to " + scope.app + ".",
               "hubctl connection install --app " + scope.app + " --for " + subject.reference(), "scope"};
}

Result<Seconds> lifetime_of(const CreatePrivateToken& request) {
  const Seconds lifetime = request.lifetime.value_or(lifetimes::private_access_token);
  if (lifetime > Seconds(0) && lifetime <= lifetimes::private_access_token) return lifetime;
  return Error{codes::invalid_request, "The life of a private token is at most a year.", "365d", "ttl"};
}

PrivateTokenAnswer answer_of(const Subject& subject, const Token& token) {
  return {.jti = token.id.text(),
          .name = token.name.value_or(""),
          .subject = subject.reference(),
          .scopes = texts(token.scopes),
          .issued_at = token.issued_at,
          .expires_at = token.expires_at,
          .access_token = {}};
}

Result<std::shared_ptr<const crypto::SigningKey>> key_of(View& view, const std::string& kid) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  if (auto cached = (*keys)->keyring.cached(kid)) return cached;
  const auto sealed = store::find_private_sealed(view.db(), kid);
  if (!sealed) return Error{codes::wrong_state, "The key that signed the token is gone."};
  return (*keys)->keyring.find(kid, *sealed);
}

}  // namespace

Result<Token> insert_private_token(Work& work, const Subject& subject, const std::string& token_name,
                                   std::vector<ScopeName> scopes, Seconds lifetime) {
  const auto key = active_key(work);
  if (!key) return key.error();
  const auto app = store::find_app_by_name(work.db(), hub_app);
  if (!app) return Error{codes::store_damaged, "The store has no app of the hub itself."};
  Token token;
  token.id = TokenId::make(work.now(), work.random());
  token.family_id = FamilyId(token.id.uuid());
  token.app_id = *app;
  if (subject.organization) token.organization_id = subject.organization->id;
  if (subject.person) token.person_id = subject.person->id;
  token.scopes = std::move(scopes);
  token.grant = GrantKind::private_;
  token.audience = subject_claim(token);
  token.kid = (*key)->kid();
  token.issued_at = from_unix_seconds(unix_seconds(work.now()));
  token.expires_at = token.issued_at + lifetime;
  token.name = token_name;
  store::insert_token(work.db(), token, std::nullopt);
  return token;
}

Result<Secret> private_token_text(View& view, const Token& token) {
  const auto key = key_of(view, token.kid);
  if (!key) return key.error();
  const Result<std::string> issuer = issuer_of(view);
  if (!issuer) return issuer.error();
  Decided decided{.token = token, .dropped = {}, .refresh_token = {}, .client_id = {}, .issuer = *issuer, .key = *key};
  Call call = view.call();
  call.dry_run = false;
  return *sign(call, decided).access_token;
}

std::vector<ScopeName> hub_scopes_of_organizations(View& view) {
  std::vector<ScopeName> out;
  store::each_provided_scope_of(view.db(), *store::find_app_by_name(view.db(), hub_app),
                                [&](const ProvidedScope& scope) {
                                  for (const Permission permission : scope.permissions) {
                                    if (!scope.for_organizations) break;
                                    out.push_back({scope.app_name, scope.name, permission});
                                  }
                                  return true;
                                });
  return out;
}

std::vector<ScopeName> private_scopes(View& view, const Token& token) {
  const BearerKind kind = token.organization_id ? BearerKind::organization : BearerKind::person;
  std::vector<ScopeName> out;
  for (const ScopeName& scope : token.scopes) {
    const auto provided = find_known_scope(view, canonical(scope));
    if (!provided || !provided->applies_to(kind)) continue;
    if (is_connected(view, *provided, token.organization_id, token.person_id)) out.push_back(scope);
  }
  return out;
}

Result<Changed<PrivateTokenAnswer>> create_private_token(Work& work, const CreatePrivateToken& request) {
  const Result<Subject> subject = find_subject(work, request.subject);
  if (!subject) return subject.error();
  if (Result<void> may = check_may_grant(work, *subject); !may) return may.error();
  if (Result<void> name = check_display_name(request.name, "name"); !name) return name.error();
  const Result<Seconds> lifetime = lifetime_of(request);
  if (!lifetime) return lifetime.error();
  const Result<std::vector<ScopeName>> scopes = parse_scope_list(request.scopes);
  if (!scopes) return scopes.error();
  for (const ScopeName& scope : *scopes) {
    if (Result<void> good = check_scope(work, *subject, scope); !good) return good.error();
  }
  const Result<Token> token = insert_private_token(work, *subject, request.name, *scopes, *lifetime);
  if (!token) return token.error();
  if (subject->organization) work.concerns(subject->organization->id);
  PrivateTokenAnswer answer = answer_of(*subject, *token);
  if (!work.call().dry_run) {
    Result<Secret> text = private_token_text(work, *token);
    if (!text) return text.error();
    answer.access_token = std::move(*text);
  }
  return Changed<PrivateTokenAnswer>{true, answer.jti, std::move(answer)};
}

Result<void> list_private_tokens(View& view, const ListPrivateTokens& request,
                                 const std::function<bool(const PrivateTokenAnswer&)>& each) {
  const Result<Subject> subject = find_subject(view, request.subject);
  if (!subject) return subject.error();
  if (Result<void> may = check_may_grant(view, *subject); !may) return may;
  const auto visit = [&](const Token& token) {
    return token.revoked_at || token.expires_at <= view.now() || each(answer_of(*subject, token));
  };
  if (subject->organization) {
    store::each_private_token(view.db(), subject->organization->id, visit);
  } else {
    store::each_private_token(view.db(), subject->person->id, visit);
  }
  return {};
}

}  // namespace hub::core
