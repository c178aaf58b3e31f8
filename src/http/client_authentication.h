#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/base/secret.h"
#include "hub/http/message.h"
#include "parameters.h"

// How clients say who they are (RFC 6749 section 2.3, RFC 6750 section 2.1, RFC 7617). Whether it is true is core's.
namespace hub::http {

struct Authorization {
  enum class Scheme { none, basic, bearer, other };
  Scheme scheme = Scheme::none;
  std::string_view credentials;  // points into the request
};
// invalid_request when there are two of them (nexus211.md section 2.3).
Result<Authorization> read_authorization(const Request& request);

struct PresentedClient {
  std::string client_id;
  std::optional<Secret> secret;  // an empty one equals none (zaikio-hub.md section 3.2)
};

// Claim CA-01: hub and standard clients encode both halves as forms or send them as they are; Nexus ones are split at
// the first colon and nothing is decoded (nexus211.md section 2.1).
enum class BasicRule { decoded, raw };
// invalid_client for what is no base64 of UTF-8 with a colon.
Result<PresentedClient> read_basic(std::string_view credentials, BasicRule rule);

// Whether a client that says who it is twice is believed if both say the same.
enum class BothStyles { agreeing, refused };
// By Basic, or by the parameters client_id and client_secret; none when neither was sent. A client_id beside Basic is
// no second style, but has to be the same. Errors: invalid_client; invalid_request for two styles.
Result<std::optional<PresentedClient>> read_client(const Request& request, const Parameters& parameters,
                                                   BothStyles both);

}  // namespace hub::http
