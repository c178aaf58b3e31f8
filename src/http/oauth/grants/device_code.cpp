#include "hub/base/codes.h"
#include "oauth/grants/grants.h"

namespace hub::http {

// No route starts the device flow, so every device code is unknown; who asks is still looked at first.
Result<core::Issued> device_code_grant(const TokenCall& call) {
  for (const std::string_view name : {"device_code", "client_id"}) {
    if (name == "client_id" && call.presented) continue;
    if (const Result<std::string> found = call.required(name); !found) return found.error();
  }
  if (call.presented->secret) {
    if (const Result<core::Client> client = call.client(); !client) return client.error();
  }
  return Error{codes::invalid_grant, "The device code is unknown or expired."};
}

}  // namespace hub::http
