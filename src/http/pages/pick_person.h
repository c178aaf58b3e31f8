#pragma once
#include "hub/base/json.h"
#include "hub/domain/login_request.h"
#include "route.h"

// Signing in without a password, for who develops: a button for each person, and what is being asked for.
namespace hub::http {

// `request`: the pending one, or nullptr.
void add_people(Exchange& exchange, const LoginRequest* request, Json& data);

Response sign_in_as(Exchange& exchange);

}  // namespace hub::http
