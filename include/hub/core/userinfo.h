#pragma once
#include "hub/base/json.h"
#include "hub/core/authenticate.h"

namespace hub::core {

// What the hub tells an app of the person behind its token (OpenID Connect Core 1.0 section 5.3): `sub`, the same as in
// the ID token, and the claims of the scopes of OpenID Connect it holds; for one with zaikio.person.r name and address
// (zaikio-hub.md section 3). insufficient_scope for every other token.
Result<void> userinfo(View& view, const Caller& caller, Json& claims);

}  // namespace hub::core
