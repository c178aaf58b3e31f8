#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "fields.h"
#include "hub/base/form.h"
#include "hub/base/text.h"
#include "hub/core/account.h"
#include "page.h"

namespace hub::http {
namespace {

Response show_forgot(Exchange& exchange, const std::string& email, const std::string& next, const Error* error) {
  Json data{{"next", next},
            {"sign_in", with_next("/id/sign-in", next)},
            {"fields", as_json({{.name = "email",
                                 .label = "field.email",
                                 .type = "email",
                                 .autocomplete = "username",
                                 .value = email,
                                 .autofocus = true}})}};
  return show_form(exchange, "forgot_password", std::move(data), error);
}

Response show_reset(Exchange& exchange, const std::string& link, const std::string& email, const Error* error) {
  Json data{{"link", link},
            {"email", email},
            {"fields", as_json({{.name = "password",
                                 .label = "field.new_password",
                                 .type = "password",
                                 .autocomplete = "new-password",
                                 .autofocus = true,
                                 .hint = "field.password_hint"}})}};
  return show_form(exchange, "reset_password", std::move(data), error);
}

Result<Person> look_at(Exchange& exchange, const std::string& link) {
  return exchange.hub().read(exchange.call(),
                             [&](core::View& view) { return core::look_at_reset(view, Secret(link)); });
}

}  // namespace

Response forgot_page(Exchange& exchange) {
  const std::string next = way_back(query_text(exchange, "next")), sent_to = query_text(exchange, "sent");
  if (!is_email(sent_to)) return show_forgot(exchange, "", next, nullptr);
  return show_page(exchange, "forgot_password_sent", {{"email", sent_to}, {"sign_in", with_next("/id/sign-in", next)}});
}

// The page is the same for every address (claim AC-01).
Response forgot(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string email = sent(*form, "email"), next = way_back(sent(*form, "next"));
  const Result<void> asked =
      core::request_reset(exchange.hub(), exchange.call(), {.email = email, .language = exchange.visit->language});
  if (!asked) {
    if (is_form_error(asked.error())) return show_forgot(exchange, email, next, &asked.error());
    return show_problem(exchange, asked.error());
  }
  return redirect_to(exchange, with_next("/id/forgot-password?sent=" + percent_encode(email), next));
}

Response reset_page(Exchange& exchange) {
  if (!query_text(exchange, "done").empty()) return show_page(exchange, "password_changed", Json::object());
  const std::string link = query_text(exchange, "link");
  const Result<Person> person = look_at(exchange, link);
  if (!person) return show_problem(exchange, person.error());
  return show_reset(exchange, link, person->email, nullptr);
}

Response reset(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string link = sent(*form, "link");
  const Result<Person> person = look_at(exchange, link);
  if (!person) return show_problem(exchange, person.error());
  const Result<Person> changed =
      core::reset_password(exchange.hub(), exchange.call(), Secret(link), Secret(sent(*form, "password")));
  if (!changed) {
    if (is_form_error(changed.error())) return show_reset(exchange, link, person->email, &changed.error());
    return show_problem(exchange, changed.error());
  }
  exchange.visit->signed_in.reset();
  Response response = redirect_to(exchange, "/id/reset-password?done=yes");
  forget_session(exchange, response);
  return response;
}

}  // namespace hub::http
