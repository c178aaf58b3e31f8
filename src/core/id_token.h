#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/json.h"
#include "hub/base/secret.h"
#include "hub/core/issue.h"
#include "hub/domain/person.h"

// ID tokens (OpenID Connect Core 1.0 section 2) and what claims about a person a scope opens (section 5.4).
namespace hub::core {

struct Decided;

// Whom an ID token is about; none where the grant has not the scope openid.
struct IdTokenSubject {
  Person person;
  std::optional<std::string> nonce;
};
std::optional<IdTokenSubject> id_token_subject(View& view, const Grant& grant);

// What goes with the access token of this text into an ID token.
Json id_token_claims(const Decided& decided, const Secret& access_token);

// The claims of these scopes, `sub` not among them: name, given_name, family_name, locale, zoneinfo, updated_at for
// profile; email, email_verified for email. What the person has not said is left out.
void add_person_claims(Json& claims, const Person& person, const std::vector<std::string>& openid);

// The scopes of a token as the standard route tells them: those of OpenID Connect, then those of apps.
std::string standard_scope(const Token& token);

}  // namespace hub::core
