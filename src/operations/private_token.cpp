#include "hub/core/private_token.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::CreatePrivateToken;
using core::ListPrivateTokens;
using core::PrivateTokenAnswer;

Fields<PrivateTokenAnswer> listed_fields() {
  return {
      {"jti", &PrivateTokenAnswer::jti, "Identifier of the token.", {.show = Show::column}},
      {"name", &PrivateTokenAnswer::name, "What it is called.", {.show = Show::column}},
      {"for", &PrivateTokenAnswer::subject, "Organization or person it speaks for.", {.show = Show::column}},
      {"scopes", &PrivateTokenAnswer::scopes, "Scopes it holds.", {.show = Show::column}},
      {"expires_at", &PrivateTokenAnswer::expires_at, "When it expires.", {.show = Show::column}},
      {"issued_at", &PrivateTokenAnswer::issued_at, "When it was made.", {.show = Show::wide}},
  };
}

Fields<PrivateTokenAnswer> created_fields() {
  return {
      {"jti", &PrivateTokenAnswer::jti, "Identifier of the token.", {.show = Show::column}},
      {"name", &PrivateTokenAnswer::name, "What it is called.", {.show = Show::column}},
      {"for", &PrivateTokenAnswer::subject, "Organization or person it speaks for.", {.show = Show::column}},
      {"scopes", &PrivateTokenAnswer::scopes, "Scopes it holds.", {.show = Show::column}},
      {"expires_at", &PrivateTokenAnswer::expires_at, "When it expires.", {.show = Show::column}},
      {"access_token", &PrivateTokenAnswer::access_token, "The token, a JWT, shown this once."},
  };
}

Fields<CreatePrivateToken> create_fields() {
  return {
      {"for", &CreatePrivateToken::subject, "Organization or person it speaks for.", {.reference = "subject"}},
      {"name", &CreatePrivateToken::name, "What to call it."},
      {"scope", &CreatePrivateToken::scopes, "Scopes it holds.", {.reference = "scope"}},
      {"ttl", &CreatePrivateToken::lifetime, "Life of the token, 365d at most."},
  };
}

Fields<ListPrivateTokens> list_fields() {
  return {{"for", &ListPrivateTokens::subject, "Organization or person they speak for.", {.reference = "subject"}}};
}

}  // namespace

std::vector<Operation> private_token_operations() {
  return {
      operation({.name = "token private create",
                 .summary = "Make a private access token of an organization or person",
                 .details = "It belongs to no app and has no refresh token. An admin of the organization makes it, or "
                            "the person themself; token revoke ends it.",
                 .access = Access::people,
                 .kind = "token",
                 .id = "jti",
                 .examples = {"hubctl token private create --for org:acme --name nightly --scope zaikio.organization.r "
                              "-o raw"},
                 .errors = {codes::not_found, codes::role_required, codes::unknown_scope, codes::malformed_scope,
                            codes::invalid_request}},
                create_fields(), created_fields(), &core::create_private_token),
      operation({.name = "token private list",
                 .summary = "List the private access tokens that can still be used",
                 .access = Access::people,
                 .id = "jti",
                 .examples = {"hubctl token private list --for org:acme"},
                 .errors = {codes::not_found, codes::role_required}},
                list_fields(), listed_fields(), &core::list_private_tokens),
  };
}

}  // namespace hub::operations
