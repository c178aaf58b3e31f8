#include "form_token.h"

#include "hub/base/codes.h"
#include "hub/core/form_token.h"
#include "page.h"
#include "session_cookie.h"

namespace hub::http {
namespace {

// The forms of a developer's pages change nothing that is anybody's, and outlive a sign-in in another window.
Secret owner_of(const Exchange& exchange, std::string_view action) {
  if (exchange.visit->signed_in && !action.starts_with("/dev/")) {
    if (const auto session = read_cookie(exchange.request, exchange.services.issuer, Cookie::session)) return *session;
  }
  return exchange.visit->browser;
}

// "https://hub.example.com" of "https://hub.example.com/base".
std::string_view origin_of(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  return scheme_end == std::string_view::npos ? url : url.substr(0, url.find('/', scheme_end + 3));
}

// Pages ask for no Referer, so browsers say "null" for their own Origin too and only Sec-Fetch-Site tells the truth;
// that one is sent to https and to this machine alone.
bool comes_from_here(const Exchange& exchange) {
  const Request& request = exchange.request;
  if (request.count("origin") > 1 || request.count("sec-fetch-site") > 1) return false;
  const std::string* const origin = request.header("origin");
  if (origin != nullptr && *origin != "null") return *origin == origin_of(exchange.services.issuer);
  if (const std::string* const site = request.header("sec-fetch-site")) {
    return *site == "same-origin" || (*site == "none" && origin == nullptr);
  }
  return origin == nullptr || exchange.services.issuer.starts_with("http:");
}

Error expired() {
  return {codes::form_expired, "This form is too old, or was not sent from a page of this hub.",
          "open the page again and repeat"};
}

}  // namespace

std::string form_token_for(const Exchange& exchange, std::string_view action) {
  action = action.substr(0, action.find('?'));
  return core::form_token(owner_of(exchange, action), action, exchange.hub().clock().now());
}

Result<void> check_form(const Exchange& exchange) {
  if (!comes_from_here(exchange)) return expired();
  const Result<Parameters> form = read_form(exchange);
  if (!form) return form.error();
  const std::string* const token = form->find("csrf");
  const bool good = token != nullptr && core::is_form_token(*token, owner_of(exchange, exchange.request.path),
                                                            exchange.request.path, exchange.hub().clock().now());
  return good ? Result<void>() : Result<void>(expired());
}

}  // namespace hub::http
