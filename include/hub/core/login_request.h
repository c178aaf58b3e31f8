#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/hub.h"
#include "hub/domain/app.h"
#include "hub/domain/login_request.h"
#include "hub/domain/session.h"

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
  std::optional<Error> problem;  // with the parameters themselves: one of them twice, a number that is none
};
// Where an answer goes that the app gets through the browser: a code, or an error it shall see. A device has no
// redirect_uri, and learns of a refusal by polling.
struct Answer {
  std::string redirect_uri;
  std::optional<std::string> state;
  std::optional<Secret> code;
  std::optional<Error> error;
  std::string issuer;  // RFC 9207
};
// The target with the answer added to its query, which is kept (nexus211.md section 4.1).
std::string url_of(const Answer& answer);
Result<Answer> answer_of(View& view, const LoginRequest& request, const Error& error);

// A kept request and the handle that names it in links and forms.
struct Pending {
  Secret handle;
  LoginRequest request;
};
// Errors (never redirected): invalid_request, unknown_application, oauth_not_enabled, invalid_redirect. Everything the
// app shall hear of is an Answer with an error: at once in the hub's dialect; in a standard request, which may come
// from anybody, only after somebody has signed in (claim AZ-09), so it is kept with its refusal.
using Asked = std::variant<Pending, Answer>;
Result<Asked> ask_authorization(Hub& hub, const Call& call, const AskAuthorization& request, const Secret& browser);

// The kept request of this handle in this browser; invalid_link when it is unknown, another browser's, used or expired.
Result<LoginRequest> find_login_request(View& view, const Secret& handle, const Secret& browser);
// A request that a device was started with, opened in this browser.
Result<Pending> keep_login_request(Work& work, LoginRequest request, const Secret& browser);

// Must the person give their password (again) before this request goes on? For `force_login`, `prompt=login` and
// `max_age`, as long as the password was not given since the request came.
bool needs_sign_in(const LoginRequest& request, const Session& session, Instant now);

}  // namespace hub::core
