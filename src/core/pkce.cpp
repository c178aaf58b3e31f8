#include "hub/core/pkce.h"

#include "hub/base/bytes.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/random.h"

namespace hub::core {

Pkce make_pkce(Hub& hub) {
  std::string verifier = crypto::make_secret(hub.random()).reveal();
  std::string challenge = base64url(crypto::sha256(verifier));
  return {std::move(verifier), std::move(challenge)};
}

}  // namespace hub::core
