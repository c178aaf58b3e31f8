#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/hub.h"
#include "hub/domain/app.h"
#include "hub/domain/login_request.h"

// The authorization request (zaikio-hub.md section 3.1, nexus211.md section 4.1, RFC 6749 section 4.1.1; security.md
// section 3): checked, and kept until it is decided.
namespace hub::core {

// The parameters as they came, empty ones left out (claim AZ-05).
struct AskAuthorization {
  CodeDialect dialect = CodeDialect::hub;  // nexus: `application`, `redirect`; else hub or standard by the scopes
  std::string client_id;
  std::optional<std::string> redirect_uri, response_type, scope, state;
  std::optional<std::string> code_challenge, code_challenge_method, nonce;
  LoginHints hints;
};
// Where an answer goes that the app gets through the browser: a code, or an error it shall see.
struct Answer {
  std::string redirect_uri;
  std::optional<std::string> state;
  std::optional<Secret> code;
  std::optional<Error> error;
  std::string issuer;  // RFC 9207
};
std::string url_of(const Answer& answer);

// A kept request and the handle that names it in links and forms.
struct Pending {
  Secret handle;
  LoginRequest request;
};
// Errors (never redirected): invalid_request, unknown_application, oauth_not_enabled, invalid_redirect. Everything the
// app shall hear of is an Answer with an error.
using Asked = std::variant<Pending, Answer>;
Result<Asked> ask_authorization(Hub& hub, const Call& call, const AskAuthorization& request, const Secret& browser);

// The kept request of this handle in this browser; invalid_link when it is unknown, another browser's, used or expired.
Result<LoginRequest> find_login_request(View& view, const Secret& handle, const Secret& browser);
// A request that a device was started with, opened in this browser.
Result<Pending> keep_login_request(Work& work, LoginRequest request, const Secret& browser);

}  // namespace hub::core
