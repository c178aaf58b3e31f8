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

// What they share.
std::string query_text(const Exchange& exchange, std::string_view name);
std::string agent_of(const Exchange& exchange);
// Shown at the form it was sent with; all others are pages of their own.
bool is_form_error(const Error& error);
int form_status(const Error& error);
void note_refused(Response& response, const Error& error);

}  // namespace hub::http
