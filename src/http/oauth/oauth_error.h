#pragma once
#include "route.h"

namespace hub::http {

// {"error","error_description"} of RFC 6749 section 5.2 with the additions of zaikio-hub.md section 3.3; handlers
// authenticate clients themselves.
const Dialect& oauth_dialect();
// The same without the hub dialect's additions, for the standard routes.
const Dialect& oauth_standard_dialect();

}  // namespace hub::http
