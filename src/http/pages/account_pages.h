#pragma once
#include <string>
#include <string_view>

#include "route.h"

// The pages of one's own account.
namespace hub::http {

Response sign_in_page(Exchange& exchange);
Response sign_in(Exchange& exchange);
Response sign_out(Exchange& exchange);
Response signed_out_page(Exchange& exchange);
Response sign_up_page(Exchange& exchange);
Response sign_up(Exchange& exchange);
Response verify_page(Exchange& exchange);
Response verify(Exchange& exchange);
Response forgot_page(Exchange& exchange);
Response forgot(Exchange& exchange);
Response reset_page(Exchange& exchange);
Response reset(Exchange& exchange);
Response home_page(Exchange& exchange);
Response account_page(Exchange& exchange);
Response change_account(Exchange& exchange);
Response change_own_password(Exchange& exchange);
Response applications_page(Exchange& exchange);
Response end_application(Exchange& exchange);
Response sessions_page(Exchange& exchange);
Response end_own_session(Exchange& exchange);

// What the browser calls itself.
std::string agent_of(const Exchange& exchange);

}  // namespace hub::http
