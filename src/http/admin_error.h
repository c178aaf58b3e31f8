#pragma once
#include "route.h"

namespace hub::http {

// {"error":{"code","message","hint","field","request_id"}}: the envelope of the command line, with bearer admin tokens.
const Dialect& admin_dialect();

}  // namespace hub::http
