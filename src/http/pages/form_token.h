#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "route.h"

namespace hub::http {

// The token that a form posting to this path carries (field "csrf"): bound to the session, or to the browser in which
// nobody is signed in.
std::string form_token_for(const Exchange& exchange, std::string_view action);

// Whether a POST was sent by a page of this hub: its Origin (or, without one, Sec-Fetch-Site) and its token (claim
// WB-03). form_expired.
Result<void> check_form(const Exchange& exchange);

}  // namespace hub::http
