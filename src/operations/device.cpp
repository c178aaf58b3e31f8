#include "hub/core/device.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::ApproveDevice;
using core::DeviceAnswer;
using core::DeviceStartAnswer;
using core::ListDevices;
using core::PollDeviceByHand;
using core::ShowDevice;
using core::StartDeviceByHand;

Fields<DeviceAnswer> device_fields() {
  return {
      {"app", &DeviceAnswer::app, "App on the device.", {.show = Show::column}},
      {"scope", &DeviceAnswer::scope, "Scopes it asked for.", {.show = Show::column}},
      {"state", &DeviceAnswer::state, "waiting, allowed, denied, expired or used.", {.show = Show::column}},
      {"for", &DeviceAnswer::subject, "Organization or person it was let in for.", {.show = Show::column}},
      {"as", &DeviceAnswer::acting, "Person who acts on behalf of the organization.", {.show = Show::column}},
      {"decided_by", &DeviceAnswer::decided_by, "Person who decided.", {.show = Show::column}},
      {"expires_at", &DeviceAnswer::expires_at, "When its codes expire.", {.show = Show::column}},
      {"id", &DeviceAnswer::id, "Identifier.", {.show = Show::wide}},
      {"client_id", &DeviceAnswer::client_id, "Client it asks with.", {.show = Show::wide}},
      {"address", &DeviceAnswer::address, "Address it asked from.", {.show = Show::wide}},
      {"interval", &DeviceAnswer::interval, "Seconds between two polls.", {.show = Show::wide}},
      {"created_at", &DeviceAnswer::created_at, "When it asked.", {.show = Show::wide}},
      {"polled_at", &DeviceAnswer::polled_at, "When it polled last in time."},
      {"decided_at", &DeviceAnswer::decided_at, "When somebody decided."},
      {"used_at", &DeviceAnswer::used_at, "When it got its token."},
  };
}

Fields<StartDeviceByHand> start_fields() {
  return {
      {"app", &StartDeviceByHand::app, "App on the device.", {.reference = "app"}},
      {"credential",
       &StartDeviceByHand::credential,
       "Credential it asks with; default the app's first.",
       {.reference = "credential"}},
      {"scope", &StartDeviceByHand::scopes, "Scopes to ask for.", {.reference = "scope"}},
  };
}

Fields<DeviceStartAnswer> started_fields() {
  return {
      {"user_code", &DeviceStartAnswer::user_code, "Code for the person to enter.", {.show = Show::column}},
      {"verification_uri", &DeviceStartAnswer::verification_uri, "Page to enter it on.", {.show = Show::column}},
      {"verification_uri_complete",
       &DeviceStartAnswer::verification_uri_complete,
       "The same page with the code filled in.",
       {.show = Show::wide}},
      {"expires_in", &DeviceStartAnswer::expires_in, "Life of the codes in seconds.", {.show = Show::column}},
      {"interval", &DeviceStartAnswer::interval, "Seconds between two polls.", {.show = Show::column}},
      {"device_code", &DeviceStartAnswer::device_code, "What the device polls with, shown this once."},
  };
}

Fields<PollDeviceByHand> poll_fields() {
  return {
      {"device_code", &PollDeviceByHand::device_code, "Code that the device was started with."},
      {"app", &PollDeviceByHand::app, "App on the device.", {.reference = "app"}},
      {"credential",
       &PollDeviceByHand::credential,
       "Credential it asked with; default the app's first.",
       {.reference = "credential"}},
  };
}

Fields<ListDevices> list_fields() {
  return {
      {"app", &ListDevices::app, "Only those of this app.", {.reference = "app"}},
      {"state",
       &ListDevices::state,
       "Only those in this state.",
       {.choices = {"waiting", "allowed", "denied", "expired", "used"}}},
  };
}

Fields<ShowDevice> show_fields() {
  return {{"device", &ShowDevice::device, "Device, by the code it shows or its id.", {.reference = "device"}}};
}

Fields<ApproveDevice> approve_fields() {
  return {
      {"device", &ApproveDevice::device, "Device, by the code it shows or its id.", {.reference = "device"}},
      {"for", &ApproveDevice::subject, "Organization or person to let it in for.", {.reference = "subject"}},
      {"as", &ApproveDevice::acting, "Person who acts on behalf of the organization.", {.reference = "person"}},
  };
}

std::vector<Operation> asking() {
  return {
      operation({.name = "device start",
                 .summary = "Ask for a token as a device does that has no browser",
                 .details = "Somebody enters the code on the page, or says \"device approve\"; then \"device poll\" "
                            "fetches the token, within 10 minutes.",
                 .access = Access::people,
                 .kind = "device",
                 .id = "user_code",
                 .examples = {"hubctl device start --app caresuite --scope zaikio.person.r -o json"},
                 .errors = {codes::unknown_application, codes::not_found, codes::malformed_scope,
                            codes::different_bearer_types, codes::different_bearer_ids, codes::unpermitted_bearer_id,
                            codes::scope_is_not_included_in_desired_scopes}},
                start_fields(), started_fields(), &core::start_device_by_hand),
      operation({.name = "device poll",
                 .summary = "Fetch the token of a device once somebody has let it in",
                 .details = "Asking more often than the interval makes it longer; once somebody has decided, the next "
                            "time answers however soon it comes.",
                 .access = Access::people,
                 .kind = "token",
                 .examples = {"hubctl device poll --app caresuite --device-code-file code -o json"},
                 .errors = {codes::authorization_pending, codes::slow_down, codes::access_denied, codes::expired_token,
                            codes::invalid_grant, codes::unknown_application, codes::not_found}},
                poll_fields(), issued_fields(), &core::poll_device_by_hand),
  };
}

}  // namespace

std::vector<Operation> device_operations() {
  std::vector<Operation> all = asking();
  all.push_back(
      operation({.name = "device list",
                 .summary = "List devices that asked to be let in, newest first",
                 .access = Access::people,
                 .examples = {"hubctl device list --state waiting", "hubctl device list --app caresuite -o wide"},
                 .errors = {codes::unknown_application, codes::not_found}},
                list_fields(), device_fields(), &core::list_devices));
  all.push_back(operation({.name = "device show",
                           .summary = "Show one device that asked to be let in",
                           .access = Access::people,
                           .arguments = {"device"},
                           .examples = {"hubctl device show BCDF-GHJK"},
                           .errors = {codes::not_found}},
                          show_fields(), device_fields(), &core::show_device));
  all.push_back(operation(
      {.name = "device approve",
       .summary = "Let a device in",
       .details = "By the rules of the page that the device names: an admin for an organization, a person for "
                  "themselves. The connection comes into being when the device fetches its token.",
       .access = Access::people,
       .kind = "device",
       .arguments = {"device"},
       .examples = {"hubctl device approve BCDF-GHJK --for org:north211",
                    "hubctl device approve bcdfghjk --for person:jane@north211.test"},
       .errors = {codes::not_found, codes::wrong_state, codes::role_required, codes::access_denied,
                  codes::invalid_request, codes::scope_is_not_included_in_desired_scopes}},
      approve_fields(), device_fields(), &core::approve_device));
  all.push_back(operation({.name = "device deny",
                           .summary = "Refuse a device",
                           .access = Access::people,
                           .kind = "device",
                           .arguments = {"device"},
                           .examples = {"hubctl device deny BCDF-GHJK"},
                           .errors = {codes::not_found, codes::wrong_state}},
                          show_fields(), device_fields(), &core::deny_device));
  return all;
}

}  // namespace hub::operations
