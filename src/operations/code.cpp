#include "hub/core/code.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::CodeAnswer;
using core::CreateCode;

Fields<CodeAnswer> code_fields() {
  return {
      {"app", &CodeAnswer::app, "App it is for.", {.show = Show::column}},
      {"dialect", &CodeAnswer::dialect, "Route it can be redeemed at: standard, hub or nexus.", {.show = Show::column}},
      {"redirect_uri", &CodeAnswer::redirect_uri, "Target it would have been sent to.", {.show = Show::column}},
      {"expires_at", &CodeAnswer::expires_at, "When it expires.", {.show = Show::column}},
      {"id", &CodeAnswer::id, "Identifier.", {.show = Show::wide}},
      {"code", &CodeAnswer::code, "The code, shown this once."},
  };
}

Fields<CreateCode> create_fields() {
  return {
      {"app", &CreateCode::app, "App that would ask.", {.reference = "app"}},
      {"credential",
       &CreateCode::credential,
       "Credential it would use; default its first.",
       {.reference = "credential"}},
      {"dialect",
       &CreateCode::dialect,
       "Route it can be redeemed at; default hub.",
       {.choices = {"standard", "hub", "nexus"}}},
      {"for", &CreateCode::subject, "Organization or person that consents.", {.reference = "subject"}},
      {"as", &CreateCode::acting, "Person who acts on behalf of the organization.", {.reference = "person"}},
      {"profile",
       &CreateCode::profile,
       "With the Nexus dialect: the membership that signs in.",
       {.reference = "member"}},
      {"scope", &CreateCode::scopes, "Scopes that are consented to.", {.reference = "scope"}},
      {"redirect_uri", &CreateCode::redirect_uri, "Registered redirect target; default the app's first."},
      {"code_challenge", &CreateCode::code_challenge, "Challenge of RFC 7636."},
      {"code_challenge_method",
       &CreateCode::code_challenge_method,
       "How the challenge was made.",
       {.choices = {"S256", "plain"}}},
      {"nonce", &CreateCode::nonce, "With the scope openid: text that comes back in the ID token."},
  };
}

}  // namespace

std::vector<Operation> code_operations() {
  return {operation(
      {.name = "code create",
       .summary = "Make an authorization code by hand",
       .details = "As if the subject had consented in a browser; the app redeems it at its token endpoint, and only "
                  "then the connection comes into being. Good for 60 seconds, with the Nexus dialect for 10 minutes.",
       .access = Access::people,
       .kind = "code",
       .examples = {"hubctl code create --app caresuite --for person:jane@north211.test --scope zaikio.person.r -o raw",
                    "hubctl code create --app caresuite --for org:north211 --scope zaikio.organization.r --dialect "
                    "standard -o json"},
       .errors = {codes::unknown_application, codes::not_found, codes::role_required, codes::access_denied,
                  codes::invalid_redirect, codes::invalid_request, codes::malformed_scope,
                  codes::scope_is_not_included_in_desired_scopes, codes::oauth_not_enabled}},
      create_fields(), code_fields(), &core::create_code)};
}

}  // namespace hub::operations
