#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "consent_view.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/text.h"
#include "hub/core/account.h"
#include "page.h"
#include "pending.h"

namespace hub::http {
namespace {

struct Values {
  std::string first_name, last_name, email;
};

Response show_sign_up(Exchange& exchange, const std::string& way_back, Values values, const Error* error) {
  Json data = Json::object();
  if (const auto pending = pending_request(exchange, way_back)) {
    show_pending(exchange, *pending, data);
    const LoginHints& hints = pending->request.hints;
    if (values.first_name.empty()) values.first_name = hints.first_name.value_or("");
    if (values.last_name.empty()) values.last_name = hints.last_name.value_or("");
    if (values.email.empty()) values.email = hints.email.value_or(hints.login.value_or(""));
  }
  data["next"] = way_back;
  data["sign_in"] = with_next("/id/sign-in?known=yes", way_back);
  data["fields"] = as_json(
      {{.name = "first_name",
        .label = "field.first_name",
        .autocomplete = "given-name",
        .value = values.first_name,
        .required = false,
        .autofocus = true},
       {.name = "last_name",
        .label = "field.last_name",
        .autocomplete = "family-name",
        .value = values.last_name,
        .required = false},
       {.name = "email", .label = "field.email", .type = "email", .autocomplete = "username", .value = values.email},
       {.name = "password",
        .label = "field.password",
        .type = "password",
        .autocomplete = "new-password",
        .hint = "field.password_hint"}});
  return show_form(exchange, "sign_up", std::move(data), error);
}

std::optional<std::string> given(const Parameters& form, std::string_view name) {
  const std::string* const value = form.find(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

Response show_sent(Exchange& exchange, const std::string& way_back, const std::string& email) {
  Json data{{"email", email}, {"next", way_back}, {"sign_in", with_next("/id/sign-in?known=yes", way_back)}};
  if (const auto pending = pending_request(exchange, way_back)) show_pending(exchange, *pending, data);
  return show_page(exchange, "sign_up_sent", std::move(data));
}

}  // namespace

Response sign_up_page(Exchange& exchange) {
  const std::string way_back = http::way_back(query_text(exchange, "next"));
  const auto pending = pending_request(exchange, way_back);
  if (pending && !pending->request.hints.may_sign_up) {
    return redirect_to(exchange, with_next("/id/sign-in", way_back));
  }
  const std::string sent_to = query_text(exchange, "sent");
  return is_email(sent_to) ? show_sent(exchange, way_back, sent_to) : show_sign_up(exchange, way_back, {}, nullptr);
}

// The page is the same whether the address was free or not (claim AC-01); the mail tells.
Response sign_up(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string way_back = http::way_back(sent(*form, "next"));
  const auto pending = pending_request(exchange, way_back);
  if (pending && !pending->request.hints.may_sign_up) {
    return show_problem(exchange, {codes::access_denied, "The application signs nobody up."});
  }
  if (pending) speak_as_asked(exchange, pending->request);
  core::SignUp request{.email = sent(*form, "email"),
                       .first_name = given(*form, "first_name"),
                       .last_name = given(*form, "last_name"),
                       .password = Secret(sent(*form, "password")),
                       .language = exchange.visit->language,
                       .address = exchange.services.dev ? "" : exchange.trace.address,
                       .return_path = {}};
  if (!way_back.empty()) request.return_path = way_back;
  const Result<core::SignedUp> signed_up = core::sign_up(exchange.hub(), exchange.call(), request);
  if (!signed_up) {
    if (!is_form_error(signed_up.error())) return show_problem(exchange, signed_up.error());
    return show_sign_up(exchange, way_back,
                        {request.first_name.value_or(""), request.last_name.value_or(""), request.email},
                        &signed_up.error());
  }
  return redirect_to(exchange, with_next("/id/sign-up?sent=" + percent_encode(request.email), way_back));
}

// Following a link changes nothing (claim WB-03), since mail programs follow links too; the button does.
Response verify_page(Exchange& exchange) {
  const Person& person = exchange.visit->signed_in->person;
  const std::string link = query_text(exchange, "link");
  const std::string way_back = http::way_back(query_text(exchange, "next"));
  if (const auto pending = pending_request(exchange, way_back)) speak_as_asked(exchange, pending->request);
  const std::string onward = way_back.empty() ? "/id" : way_back;
  if (person.email_verified_at && !query_text(exchange, "verified").empty()) {
    return show_page(exchange, "verified", {{"email", person.email}, {"onward", onward}});
  }
  if (link.empty() && person.email_verified_at) return redirect_to(exchange, onward);
  Json data{{"link", link}, {"next", way_back}, {"email", person.email}};
  if (!query_text(exchange, "sent").empty()) data["sent_again"] = true;
  return show_page(exchange, "verify_email", std::move(data));
}

Response verify(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const Person& person = exchange.visit->signed_in->person;
  const std::string link = sent(*form, "link");
  if (link.empty()) {
    const std::string way_back = http::way_back(sent(*form, "next"));
    const std::optional<std::string> onward = way_back.empty() ? std::nullopt : std::optional(way_back);
    const Result<void> sent_again = exchange.hub().write(exchange.call(), [&](core::Work& work) {
      return core::send_verification(work, person, exchange.visit->language, onward);
    });
    if (!sent_again) return show_problem(exchange, sent_again.error());
    return redirect_to(exchange, with_next("/id/verify-email?sent=yes", way_back));
  }
  const auto followed = exchange.hub().write(
      exchange.call(), [&](core::Work& work) { return core::verify_by_link(work, Secret(link), person.id); });
  if (!followed) return show_problem(exchange, followed.error());
  const std::string onward = way_back(followed->return_path.value_or(""));
  return redirect_to(exchange, with_next("/id/verify-email?verified=yes", onward));
}

}  // namespace hub::http
