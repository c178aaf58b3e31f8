#include "challenge.h"

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/domain/pkce.h"

namespace hub::core {

Result<void> check_challenge(const App& app, const Credential& credential, const std::optional<std::string>& challenge,
                             const std::optional<std::string>& method) {
  if (!challenge) {
    if (method) {
      return Error{codes::invalid_request, "A challenge method comes with a challenge.", "", "code_challenge"};
    }
    if (credential.confidential) return {};
    return Error{codes::invalid_request, "A public client needs a challenge.", "RFC 7636", "code_challenge"};
  }
  if (method == "plain" && app.pkce_plain) {
    if (is_pkce_text(*challenge)) return {};
    return Error{codes::invalid_request, "The challenge is a verifier of 43 to 128 characters.", "", "code_challenge"};
  }
  if (method != "S256") {
    return Error{codes::invalid_request, "The challenge method is S256.", "", "code_challenge_method"};
  }
  Bytes digest;
  constexpr std::size_t sha256_octets = 32;
  if (decode_base64url(*challenge, digest) && digest.size() == sha256_octets) return {};
  return Error{codes::invalid_request, "The challenge is the SHA-256 of a verifier in base64url.", "",
               "code_challenge"};
}

}  // namespace hub::core
