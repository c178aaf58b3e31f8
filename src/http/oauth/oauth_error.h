#pragma once
#include "route.h"

namespace hub::http {

// {"error","error_description"} of RFC 6749 section 5.2 with the additions of zaikio-hub.md section 3.3, as JSON, XML
// or text; handlers authenticate clients themselves.
const Dialect& oauth_dialect();
// The same without the hub dialect's additions, for the standard routes.
const Dialect& oauth_standard_dialect();
// The standard one with the `message` of nexus211.md section 7, for the route that both share (section 9.3).
const Dialect& oauth_shared_dialect();

// A refusal in the words of another dialect than the route's own.
Response refuse_as(const Dialect& dialect, const Exchange& exchange, const Error& error);

}  // namespace hub::http
