#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "fields.h"
#include "hub/base/form.h"
#include "hub/core/account.h"
#include "page.h"

namespace hub::http {
namespace {

std::string sign_in_with(const std::string& next) {
  return next.empty() ? "/id/sign-in" : "/id/sign-in?next=" + percent_encode(next);
}

Response show_forgot(Exchange& exchange, const std::string& email, const std::string& next, const Error* error) {
  Json data{{"next", next},
            {"sign_in", sign_in_with(next)},
            {"fields", as_json({{.name = "email",
                                 .label = "field.email",
                                 .type = "email",
                                 .autocomplete = "username",
                                 .value = email,
                                 .autofocus = true}})}};
  if (error != nullptr) show_error(data, *error, exchange.visit->language);
  Response response =
      show_page(exchange, "forgot_password", std::move(data), error == nullptr ? 200 : form_status(*error));
  if (error != nullptr) note_refused(response, *error);
  return response;
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
  if (error != nullptr) show_error(data, *error, exchange.visit->language);
  Response response =
      show_page(exchange, "reset_password", std::move(data), error == nullptr ? 200 : form_status(*error));
  if (error != nullptr) note_refused(response, *error);
  return response;
}

Result<Person> look_at(Exchange& exchange, const std::string& link) {
  return exchange.hub().read(exchange.call(),
                             [&](core::View& view) { return core::look_at_reset(view, Secret(link)); });
}

std::string next_of(const Exchange& exchange, const std::string& next) {
  return next.empty() ? "" : return_path(exchange, next);
}

}  // namespace

Response forgot_page(Exchange& exchange) {
  return show_forgot(exchange, "", next_of(exchange, query_text(exchange, "next")), nullptr);
}

// The page is the same for every address (claim AC-01).
Response forgot(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string email = sent(*form, "email"), next = next_of(exchange, sent(*form, "next"));
  const Result<void> asked =
      core::request_reset(exchange.hub(), exchange.call(), {.email = email, .language = exchange.visit->language});
  if (!asked) {
    if (is_form_error(asked.error())) return show_forgot(exchange, email, next, &asked.error());
    return show_problem(exchange, asked.error());
  }
  return show_page(exchange, "forgot_password_sent", {{"email", email}, {"sign_in", sign_in_with(next)}});
}

Response reset_page(Exchange& exchange) {
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
  Response response = show_page(exchange, "password_changed", {{"email", changed->email}});
  forget_session(exchange, response);
  return response;
}

}  // namespace hub::http
