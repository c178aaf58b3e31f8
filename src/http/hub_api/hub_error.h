#pragma once
#include "route.h"

namespace hub::http {

// The REST errors of zaikio-hub.md section 5.2, by Basic or bearer as each route says.
const Dialect& hub_api_dialect();

}  // namespace hub::http
