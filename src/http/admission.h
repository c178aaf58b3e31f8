#pragma once
#include <string_view>

#include "client_authentication.h"
#include "route.h"

// What the dialects of the REST routes share of letting somebody in.
namespace hub::http {

// The app behind Basic credentials. invalid_client.
Result<core::Caller> authenticate_basic(Exchange& exchange, std::string_view credentials, BasicRule rule);

// `wanted` as in Access: one scope, or several separated by "|" of which any will do; "" asks for none.
bool has_any_scope(const core::Caller& caller, std::string_view wanted);

}  // namespace hub::http
