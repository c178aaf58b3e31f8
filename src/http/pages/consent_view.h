#pragma once
#include "hub/base/json.h"
#include "hub/core/consent.h"
#include "route.h"

// What the pages of consent show in common, and the handlers of one another's routes.
namespace hub::http {

// The app, who is asked, where it leads, the organizations and the scopes.
Json consent_data(const Exchange& exchange, const core::Pending& pending, const core::ConsentAsk& ask);
// Pages of a request are in the language that the app asked for.
void speak_as_asked(Exchange& exchange, const LoginRequest& request);

Response profile_page(Exchange& exchange);
Response sign_profile_in(Exchange& exchange);
Response requests_page(Exchange& exchange);
Response approve_request(Exchange& exchange);
Response decline_request(Exchange& exchange);

}  // namespace hub::http
