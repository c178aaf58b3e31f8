#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/core/consent.h"
#include "hub/core/issue.h"

// The device flow (RFC 8628, zaikio-hub.md section 3.6, security.md section 6).
namespace hub::core {

struct StartDevice {
  std::string client_id;
  std::string scope;
  LoginHints hints;     // organization prefill
  std::string address;  // where it was asked
};
struct DeviceStarted {
  Secret device_code, user_code;  // user code: "BCDF-GHJK"
  std::string verification_uri, verification_uri_complete;
  std::int64_t expires_in = 0, interval = 5;  // seconds
};
// unknown_application; the scope errors of the device flow (zaikio-hub.md section 2.8).
Result<DeviceStarted> start_device(Hub& hub, const Call& call, const StartDevice& request);

// The device that waits with this code, any case and with or without the dash, opened for consent in this browser.
// invalid_link for an unknown, expired or decided one; too_many_attempts looks the same to the caller (claim DV-03).
struct OpenDevice {
  Secret user_code, browser;
  SessionId session;
  std::string address;
};
Result<Pending> open_device(Hub& hub, const Call& call, const OpenDevice& request);

struct PollDevice {
  Secret device_code;
  std::string client_id;
  std::optional<CredentialId> credential_id;  // where the client proved itself
  TokenStyle style = TokenStyle::hub;
};
// authorization_pending, slow_down (which sticks), access_denied, expired_token, invalid_grant. Once approved the next
// poll gets the token however fast it comes (zaikio-hub.md section 3.6).
Result<Issued> poll_device(Hub& hub, const Call& call, const PollDevice& request);

}  // namespace hub::core
