#pragma once
#include <string>

#include "hub/core/hub.h"

namespace hub::core {

// A new verifier and its S256 challenge (RFC 7636 section 4), for who tries out the code flow.
struct Pkce {
  std::string verifier, challenge;
};
Pkce make_pkce(Hub& hub);

}  // namespace hub::core
