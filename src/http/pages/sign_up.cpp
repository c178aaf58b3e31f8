#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
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
  data["sign_in"] = "/id/sign-in?known=yes" + (way_back.empty() ? "" : "&next=" + percent_encode(way_back));
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
  if (error != nullptr) show_error(data, *error, exchange.visit->language);
  Response response = show_page(exchange, "sign_up", std::move(data), error == nullptr ? 200 : form_status(*error));
  if (error != nullptr) note_refused(response, *error);
  return response;
}

std::optional<std::string> given(const Parameters& form, std::string_view name) {
  const std::string* const value = form.find(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::string way_back_of(const Exchange& exchange, const std::string& next) {
  return next.empty() ? "" : return_path(exchange, next);
}

}  // namespace

Response sign_up_page(Exchange& exchange) {
  const std::string way_back = way_back_of(exchange, query_text(exchange, "next"));
  const auto pending = pending_request(exchange, way_back);
  if (pending && !pending->request.hints.may_sign_up) {
    return redirect_to(exchange, "/id/sign-in?next=" + percent_encode(way_back));
  }
  return show_sign_up(exchange, way_back, {}, nullptr);
}

// The page is the same whether the address was free or not (claim AC-01); the mail tells.
Response sign_up(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string way_back = way_back_of(exchange, sent(*form, "next"));
  const auto pending = pending_request(exchange, way_back);
  if (pending && !pending->request.hints.may_sign_up) {
    return show_problem(exchange, {codes::access_denied, "The application signs nobody up."});
  }
  core::SignUp request{.email = sent(*form, "email"),
                       .first_name = given(*form, "first_name"),
                       .last_name = given(*form, "last_name"),
                       .password = Secret(sent(*form, "password")),
                       .language = exchange.visit->language,
                       .return_path = {}};
  if (!way_back.empty()) request.return_path = "/id/sign-in?known=yes&next=" + percent_encode(way_back);
  const Result<core::SignedUp> signed_up = core::sign_up(exchange.hub(), exchange.call(), request);
  if (!signed_up) {
    if (!is_form_error(signed_up.error())) return show_problem(exchange, signed_up.error());
    return show_sign_up(exchange, way_back,
                        {request.first_name.value_or(""), request.last_name.value_or(""), request.email},
                        &signed_up.error());
  }
  Json data{{"email", request.email}, {"next", way_back}};
  if (pending) show_pending(exchange, *pending, data);
  data["sign_in"] = "/id/sign-in?known=yes" + (way_back.empty() ? "" : "&next=" + percent_encode(way_back));
  return show_page(exchange, "sign_up_sent", std::move(data));
}

// Following a link changes nothing (claim WB-03), since mail programs follow links too; the button does.
Response verify_page(Exchange& exchange) {
  const std::string link = query_text(exchange, "link");
  const std::string way_back = way_back_of(exchange, query_text(exchange, "next"));
  if (link.empty() && !exchange.visit->signed_in) {
    const std::string here = "/id/verify-email" + (way_back.empty() ? "" : "?next=" + percent_encode(way_back));
    return redirect_to(exchange, "/id/sign-in?next=" + percent_encode(here));
  }
  Json data{{"link", link}, {"next", way_back}};
  if (exchange.visit->signed_in) {
    const Person& person = exchange.visit->signed_in->person;
    data["email"] = person.email;
    if (link.empty() && person.email_verified_at) {
      return redirect_to(exchange, way_back.empty() ? "/id" : way_back);
    }
  }
  return show_page(exchange, "verify_email", std::move(data));
}

Response verify(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string link = sent(*form, "link");
  if (link.empty()) {
    if (!exchange.visit->signed_in) return redirect_to(exchange, "/id/sign-in?next=%2Fid%2Fverify-email");
    const Person& person = exchange.visit->signed_in->person;
    const std::string way_back = way_back_of(exchange, sent(*form, "next"));
    std::optional<std::string> onward;
    if (!way_back.empty()) onward = "/id/verify-email?next=" + percent_encode(way_back);
    const Result<void> sent_again = exchange.hub().write(exchange.call(), [&](core::Work& work) {
      return core::send_verification(work, person, exchange.visit->language, onward);
    });
    if (!sent_again) return show_problem(exchange, sent_again.error());
    return show_page(exchange, "verify_email", {{"email", person.email}, {"next", way_back}, {"sent_again", true}});
  }
  const auto followed =
      exchange.hub().write(exchange.call(), [&](core::Work& work) { return core::verify_by_link(work, Secret(link)); });
  if (!followed) return show_problem(exchange, followed.error());
  std::string onward = "/id";
  if (followed->return_path && followed->return_path->starts_with("/id/")) onward = *followed->return_path;
  return show_page(exchange, "verified", {{"email", followed->person.email}, {"onward", onward}});
}

}  // namespace hub::http
