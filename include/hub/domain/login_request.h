#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/authorization_code.h"

namespace hub {

// What an app said about the person and the pages beside the request proper (zaikio-hub.md section 3.1).
struct LoginHints {
  std::optional<std::string> login;  // address suggested at sign-in
  bool may_sign_up = true;           // `signup=false` forbids it
  bool show_sign_up = false;         // `show_signup`, `prompt=signup`
  bool force_login = false;          // `force_login`, `prompt=login`: the password again, whatever the session
  bool force_consent = false;        // `prompt=consent`
  bool select_account = false;       // `prompt=select_account`
  bool no_pages = false;             // `prompt=none`
  bool confirm_email = false;        // `prompt_email_confirmation`
  std::optional<Seconds> max_age;    // OpenID Connect Core 3.1.2.1
  std::optional<std::string> language;
  std::optional<std::string> first_name, last_name, email;     // prefill sign-up
  std::optional<std::string> organization_name, country_code;  // prefill "create an organization"
  std::vector<std::string> kinds;
};

// What an app asked for at the authorization endpoint or a device was started with, kept until it is decided (claim
// AZ-08). Known by an opaque handle, good in the browser it began in, decided once.
struct LoginRequest {
  LoginRequestId id;
  CodeDialect dialect = CodeDialect::hub;
  AppId app_id;
  CredentialId credential_id;
  std::string redirect_uri;  // "" for a device
  bool redirect_given = false;
  std::string scope;  // as requested
  std::optional<std::string> state, challenge, challenge_method, nonce;
  LoginHints hints;
  std::optional<std::string> refusal;  // what the app is told once somebody has signed in (claim AZ-09)
  std::optional<DeviceId> device_id;
  Instant created_at, expires_at;
  std::optional<Instant> used_at;
};

}  // namespace hub
