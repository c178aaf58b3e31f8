#include "id_token.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/text.h"
#include "hub/crypto/hash.h"
#include "hub/store/person.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

bool has(const std::vector<std::string>& scopes, std::string_view scope) {
  return std::ranges::find(scopes, scope) != scopes.end();
}

// The left half of the hash that goes with the key's algorithm (OpenID Connect Core 1.0 section 3.1.3.6).
std::string at_hash(crypto::Algorithm algorithm, const Secret& access_token) {
  const Bytes hash = algorithm == crypto::Algorithm::eddsa ? crypto::sha512(access_token.reveal())
                                                           : crypto::sha256(access_token.reveal());
  return base64url(std::string_view(hash).substr(0, hash.size() / 2));
}

void add_if_said(Json& claims, const char* name, const std::optional<std::string>& value) {
  if (value) claims[name] = *value;
}

}  // namespace

std::optional<IdTokenSubject> id_token_subject(View& view, const Grant& grant) {
  const auto& id = grant.token.person_id ? grant.token.person_id : grant.signed_in;
  if (!id || !has(grant.token.openid, "openid")) return std::nullopt;
  auto person = store::find_person(view.db(), *id);
  if (!person) return std::nullopt;
  return IdTokenSubject{std::move(*person), grant.nonce};
}

Json id_token_claims(const Decided& decided, const Secret& access_token) {
  const Token& token = decided.token;
  const Person& person = decided.id_token->person;
  Json claims = Json::object();
  claims["iss"] = decided.issuer;
  claims["sub"] = person.id.text();
  claims["aud"] = decided.client_id;
  claims["exp"] = unix_seconds(token.expires_at);
  claims["iat"] = unix_seconds(token.issued_at);
  if (token.authenticated_at) claims["auth_time"] = unix_seconds(*token.authenticated_at);
  if (decided.id_token->nonce) claims["nonce"] = *decided.id_token->nonce;
  claims["at_hash"] = at_hash(decided.key->algorithm(), access_token);
  add_person_claims(claims, person, token.openid);
  return claims;
}

void add_person_claims(Json& claims, const Person& person, const std::vector<std::string>& openid) {
  if (has(openid, "profile")) {
    claims["name"] = person.full_name();
    add_if_said(claims, "given_name", person.first_name);
    add_if_said(claims, "family_name", person.last_name);
    add_if_said(claims, "locale", person.locale);
    add_if_said(claims, "zoneinfo", person.time_zone);
    claims["updated_at"] = unix_seconds(person.updated_at);
  }
  if (has(openid, "email")) {
    claims["email"] = person.email;
    claims["email_verified"] = person.email_verified_at.has_value();
  }
}

std::string standard_scope(const Token& token) {
  std::string out = join(token.openid, " ");
  const std::string of_apps = join_scopes(token.scopes, " ");
  if (!out.empty() && !of_apps.empty()) out += ' ';
  return out + of_apps;
}

}  // namespace hub::core
