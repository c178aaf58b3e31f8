#pragma once
#include "route.h"

namespace hub::http {

// {"error","message","details"} of nexus211.md section 7, by Basic or bearer as each route says.
const Dialect& nexus_dialect();

}  // namespace hub::http
