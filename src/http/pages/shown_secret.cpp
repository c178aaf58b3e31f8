#include "shown_secret.h"

#include <nlohmann/json.hpp>

#include "hub/core/shown_once.h"
#include "json_answer.h"
#include "page.h"
#include "session_cookie.h"

namespace hub::http {

Response show_secret_at(Exchange& exchange, const std::string& path, const std::string& about, const Json& credential) {
  const Secret secret(text_member(credential, "client_secret").value_or(""));
  const Result<Secret> sealed =
      core::seal_to_show(exchange.hub(), exchange.visit->signed_in->session.id, about, secret);
  if (!sealed) return show_problem(exchange, sealed.error());
  Response response = redirect_to(exchange, path);
  response.add("Set-Cookie", kept_cookie(exchange.services.issuer, Cookie::shown_once, *sealed));
  return response;
}

std::optional<Secret> take_shown_secret(const Exchange& exchange, const std::string& about) {
  const auto sealed = read_cookie(exchange.request, exchange.services.issuer, Cookie::shown_once);
  if (!sealed) return std::nullopt;
  return core::open_to_show(exchange.hub(), exchange.visit->signed_in->session.id, about, *sealed);
}

void forget_shown_secret(const Exchange& exchange, Response& response) {
  if (!read_cookie(exchange.request, exchange.services.issuer, Cookie::shown_once)) return;
  response.add("Set-Cookie", forgotten_cookie(exchange.services.issuer, Cookie::shown_once));
}

}  // namespace hub::http
