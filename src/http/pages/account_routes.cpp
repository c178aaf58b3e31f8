#include "account_pages.h"
#include "pages.h"

namespace hub::http {
std::vector<Route> account_page_routes() {
  using enum Method;
  return {open_page(get, "/id/sign-in", &sign_in_page, "page to sign in"),
          open_page(post, "/id/sign-in", &sign_in, "sign in"),
          open_page(get, "/login", &sign_in_page, "page to sign in"),
          open_page(post, "/id/sign-out", &sign_out, "sign out"),
          open_page(get, "/id/signed-out", &signed_out_page, "page after signing out"),
          open_page(get, "/id/sign-up", &sign_up_page, "page to sign up"),
          open_page(post, "/id/sign-up", &sign_up, "sign up"),
          open_page(get, "/signup", &sign_up_page, "page to sign up"),
          own_page(get, "/id/verify-email", &verify_page, "page to confirm an address"),
          own_page(post, "/id/verify-email", &verify, "confirm an address or send the link again"),
          open_page(get, "/id/forgot-password", &forgot_page, "page of the forgotten password"),
          open_page(post, "/id/forgot-password", &forgot, "send a link to reset the password"),
          open_page(get, "/id/reset-password", &reset_page, "page to reset the password"),
          open_page(post, "/id/reset-password", &reset, "reset the password"),
          own_page(get, "/id", &home_page, "page with my organizations"),
          own_page(get, "/id/account", &account_page, "page with my account"),
          own_page(post, "/id/account", &change_account, "change my account"),
          own_page(post, "/id/account/password", &change_own_password, "change my password"),
          own_page(get, "/id/account/applications", &applications_page, "page with my applications"),
          own_page(post, "/id/account/applications/{app}/end", &end_application, "end the access of an application"),
          own_page(get, "/id/account/sessions", &sessions_page, "page with my sessions"),
          own_page(post, "/id/account/sessions/{session}/end", &end_own_session, "end one of my sessions")};
}

std::string agent_of(const Exchange& exchange) {
  const std::string* const agent = exchange.request.header("user-agent");
  return agent == nullptr ? "" : *agent;
}

}  // namespace hub::http
