#include "hub/core/device.h"
#include "oauth/grants/grants.h"

namespace hub::http {

// The hub dialect takes the client at its word, since the device code is the secret; a secret that is sent must be
// right all the same (zaikio-hub.md section 3.2). On the standard route confidential clients prove themselves.
Result<core::Issued> device_code_grant(const TokenCall& call) {
  Result<std::string> device_code = call.required("device_code");
  if (!device_code) return device_code.error();
  if (!call.presented) return call.required("client_id").error();
  core::PollDevice request{.device_code = Secret(std::move(*device_code)),
                           .client_id = call.presented->client_id,
                           .credential_id = std::nullopt,
                           .style = call.style};
  if (call.standard() || call.presented->secret) {
    const Result<core::Client> client = call.client();
    if (!client) return client.error();
    request.credential_id = client->credential.id;
  }
  return core::poll_device(call.exchange.hub(), call.exchange.call(), request);
}

}  // namespace hub::http
