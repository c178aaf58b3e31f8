#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/issue.h"
#include "hub/core/login_request.h"
#include "hub/domain/session.h"

// The device flow (RFC 8628, zaikio-hub.md section 3.6, security.md section 6).
namespace hub::core {

struct StartDevice {
  std::string client_id;
  std::string scope;
  LoginHints hints = {};               // organization prefill
  std::string address = "";            // where it was asked
  TokenStyle style = TokenStyle::hub;  // standard: scopes of OpenID Connect may stand beside others
};
struct DeviceStarted {
  Secret device_code, user_code;  // user code: "BCDF-GHJK"
  std::string verification_uri;
  Secret verification_uri_complete;           // carries the user code
  std::int64_t expires_in = 0, interval = 5;  // seconds
};
// invalid_client for an unknown client and a disabled app; the scope errors of the device flow (zaikio-hub.md section
// 2.8). Confidential clients need no secret here; whoever wants one asks for it before.
Result<DeviceStarted> start_device(Hub& hub, const Call& call, const StartDevice& request);

// The device that waits with this code, any case and with or without the dash, opened for consent in this browser.
// invalid_link for an unknown, expired or decided one, and whatever the code after too many wrong ones (claim DV-03).
struct OpenDevice {
  Secret user_code, browser;
  SessionId session;
  std::string address;
};
Result<Pending> open_device(Hub& hub, const Call& call, const OpenDevice& request);

// What whoever decides compares with the device before them (claim DV-01); invalid_link when it waits no more.
struct WaitingDevice {
  Secret user_code;
  std::string address;  // it was started from
  Instant started_at, expires_at;
};
Result<WaitingDevice> waiting_device(View& view, const LoginRequest& request);

struct PollDevice {
  Secret device_code;
  std::string client_id;
  std::optional<CredentialId> credential_id = std::nullopt;  // where the client proved itself
  TokenStyle style = TokenStyle::hub;
  bool by_hand = false;  // leaves a row in the audit trail
};
// authorization_pending, slow_down (which sticks), access_denied, expired_token, invalid_grant; invalid_client for an
// unknown one. Once approved the next poll gets the token however fast it comes (zaikio-hub.md section 3.6).
Result<Issued> poll_device(Hub& hub, const Call& call, const PollDevice& request);

// By hand: what a device and the person before its screen would do.
struct StartDeviceByHand {
  std::string app;
  std::optional<std::string> credential;  // default: the app's first
  std::vector<std::string> scopes;
};
struct DeviceStartAnswer {
  std::string user_code, verification_uri, verification_uri_complete;
  std::int64_t expires_in = 0, interval = 5;  // seconds
  std::optional<Secret> device_code;
};
// Of an app of the caller's: whoever starts a device is its client.
Result<Changed<DeviceStartAnswer>> start_device_by_hand(Work& work, const StartDeviceByHand& request);

struct PollDeviceByHand {
  Secret device_code;
  std::string app;
  std::optional<std::string> credential;
};
Result<Issued> poll_device_by_hand(Hub& hub, const Call& call, const PollDeviceByHand& request);

struct DeviceAnswer {
  std::string app;
  std::optional<std::string> scope;  // as requested
  std::string state;                 // waiting, allowed, denied, expired, used
  std::optional<std::string> subject, acting, decided_by;
  Instant expires_at;
  std::string client_id, address;
  std::int64_t interval = 5;  // seconds
  Instant created_at;
  std::optional<Instant> polled_at, decided_at, used_at;
  std::string id;
};
struct ListDevices {
  std::optional<std::string> app;
  std::optional<std::string> state;
};
// A person sees those of their apps, of their organizations and their own decisions.
Result<void> list_devices(View& view, const ListDevices& request, const std::function<bool(const DeviceAnswer&)>& each);

struct ShowDevice {
  std::string device;  // id or user code
};
Result<DeviceAnswer> show_device(View& view, const ShowDevice& request);

struct ApproveDevice {
  std::string device;
  std::optional<std::string> subject;  // "org:acme", "person:jane@acme.test"; a person speaks for themself
  std::optional<std::string> acting;   // who acts on behalf of the organization
};
// By the rules of the browser. not_found; wrong_state for a device that is decided or expired; role_required and
// access_denied; invalid_request for a subject of another kind than the device asked for.
Result<Changed<DeviceAnswer>> approve_device(Work& work, const ApproveDevice& request);
Result<Changed<DeviceAnswer>> deny_device(Work& work, const ShowDevice& request);

}  // namespace hub::core
