#pragma once
#include <string>
#include <vector>

#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/credential.h"
#include "hub/domain/login_request.h"
#include "hub/domain/scope.h"

// What an authorization request comes to with the app as it is now: asked when it arrives and in every transaction that
// goes on with it.
namespace hub::core {

struct AskedClient {
  App app;
  Credential credential;
};
// Proves client and redirect target (claim AZ-01). Errors are never redirected: unknown_application, oauth_not_enabled,
// invalid_redirect.
Result<AskedClient> find_asked_client(View& view, const LoginRequest& request);

struct AskedScopes {
  RequestedScopes requested;
  std::vector<std::string> openid;  // of OpenID Connect, each once
};
// Scopes of OpenID Connect apart from those of apps, and these by steps 1 to 5 of zaikio-hub.md section 2.3.
Result<AskedScopes> parse_asked_scopes(const LoginRequest& request);
// Everything that can be known before somebody signs in: PKCE, steps 1 to 7. What is wrong the app may hear.
Result<AskedScopes> check_asked(View& view, const LoginRequest& request, const AskedClient& client);

// An error in one text, and back.
std::string refusal_text(const Error& error);
Error refusal_of(std::string_view text);

}  // namespace hub::core
