#include "hub/core/account.h"

#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/person.h"
#include "hub/core/reference.h"
#include "page.h"
#include "portal_form.h"

namespace hub::http {
namespace {

// What the page says beside its forms.
struct Said {
  const Error* about_account = nullptr;
  const Error* about_password = nullptr;
  std::string done = {};  // key of a text
};

struct Values {
  std::string first_name, last_name, email, locale, time_zone;
};
Values values_of(const Person& person) {
  return {person.first_name.value_or(""), person.last_name.value_or(""), person.email, person.locale.value_or(""),
          person.time_zone.value_or("")};
}

Json account_fields(const Exchange& exchange, const Values& values) {
  return as_json({{.name = "first_name",
                   .label = "field.first_name",
                   .autocomplete = "given-name",
                   .value = values.first_name,
                   .required = false},
                  {.name = "last_name",
                   .label = "field.last_name",
                   .autocomplete = "family-name",
                   .value = values.last_name,
                   .required = false},
                  {.name = "email",
                   .label = "field.email",
                   .type = "email",
                   .autocomplete = "email",
                   .value = values.email,
                   .hint = "account.email_hint"},
                  {.name = "locale",
                   .label = "field.locale",
                   .value = values.locale,
                   .required = false,
                   .quiet = true,
                   .options = {{"", text_for(exchange, "account.locale_of_browser")},
                               {"en", "English"},
                               {"en-US", "English (United States)"},
                               {"de", "Deutsch"}}},
                  {.name = "time_zone",
                   .label = "field.time_zone",
                   .value = values.time_zone,
                   .required = false,
                   .hint = "account.time_zone_hint"}});
}

Json password_fields() {
  return as_json(
      {{.name = "current", .label = "field.current_password", .type = "password", .autocomplete = "current-password"},
       {.name = "password",
        .label = "field.new_password",
        .type = "password",
        .autocomplete = "new-password",
        .hint = "field.password_hint"}});
}

Response show_account(Exchange& exchange, const Values& values, const Said& said) {
  const Person& person = exchange.visit->signed_in->person;
  const std::string& language = exchange.visit->language;
  const Json request{{"person", person.email}};
  Json account{{"fields", account_fields(exchange, values)},
               {"error", false},
               {"commands", commands_as_json({command(exchange, "person update", request,
                                                      {"email", "first_name", "last_name", "locale", "time_zone"})})}};
  Json password{{"fields", password_fields()},
                {"error", false},
                {"commands", commands_as_json({command(exchange, "person set-password", request, {"password"})})}};
  if (said.about_account != nullptr) show_error(account, *said.about_account, language);
  if (said.about_password != nullptr) show_error(password, *said.about_password, language);
  Json data{{"wide", true},
            {"account", std::move(account)},
            {"password_form", person.has_password ? std::move(password) : Json(false)},
            {"email", person.email},
            {"unverified", !person.email_verified_at.has_value()}};
  if (!said.done.empty()) data["done"] = text_for(exchange, said.done);
  const Error* const error = said.about_account != nullptr ? said.about_account : said.about_password;
  return show_refused(exchange, "account", std::move(data), error);
}

core::Patch<std::string> patch_of(const std::string& value) {
  return value.empty() ? core::Patch<std::string>::unset() : core::Patch<std::string>(value);
}

// Another address is worth as much as a password: whoever has it can ask for a link. So the password was given lately.
Result<void> check_fresh(const Exchange& exchange) {
  constexpr Seconds fresh{15 * 60};
  const Session& session = exchange.visit->signed_in->session;
  if (exchange.hub().clock().now() < session.authenticated_at + fresh) return {};
  return Error{codes::login_required, "Changing the address needs a recent sign-in.", "", "email"};
}

Result<Person> changed_person(Exchange& exchange, const Values& values) {
  const Person& before = exchange.visit->signed_in->person;
  const bool moves = comparison_form(values.email) != before.email_key;
  if (moves) {
    if (const Result<void> fresh = check_fresh(exchange); !fresh) return fresh.error();
  }
  core::UpdatePerson request;
  request.person = before.id.text();
  request.email = values.email;
  request.first_name = patch_of(values.first_name);
  request.last_name = patch_of(values.last_name);
  request.locale = patch_of(values.locale);
  request.time_zone = patch_of(values.time_zone);
  return exchange.hub().write(exchange.call(), [&](core::Work& work) -> Result<Person> {
    const auto changed = core::update_person(work, request);
    if (!changed) return changed.error();
    if (changed->changed) work.audit("person update", "person:" + before.id.text(), "ok", "{}");
    Result<Person> after = core::find_person(work, before.id.text());
    if (!after || !moves) return after;
    const Result<void> sent = core::send_verification(work, *after, exchange.visit->language, std::nullopt);
    if (!sent) return sent.error();
    return after;
  });
}

}  // namespace

Response account_page(Exchange& exchange) {
  const std::string done = query_text(exchange, "done");
  Said said;
  if (done == "saved") said.done = "account.saved";
  if (done == "password") said.done = "account.password_changed";
  return show_account(exchange, values_of(exchange.visit->signed_in->person), said);
}

Response change_account(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const Values values{sent(*form, "first_name"), sent(*form, "last_name"), sent(*form, "email"), sent(*form, "locale"),
                      sent(*form, "time_zone")};
  Result<Person> changed = changed_person(exchange, values);
  if (!changed) {
    const bool at_form = is_form_error(changed.error()) || changed.error().code == codes::login_required;
    if (!at_form) return show_problem(exchange, changed.error());
    return show_account(exchange, values, {.about_account = &changed.error()});
  }
  return redirect_to(exchange, "/id/account?done=saved");
}

Response change_own_password(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const core::SignedIn& who = *exchange.visit->signed_in;
  const Result<void> changed = core::change_password(exchange.hub(), exchange.call(),
                                                     {.person = who.person.id,
                                                      .current = Secret(sent(*form, "current")),
                                                      .password = Secret(sent(*form, "password")),
                                                      .kept = who.session.id});
  if (!changed) {
    if (!is_form_error(changed.error())) return show_problem(exchange, changed.error());
    return show_account(exchange, values_of(who.person), {.about_password = &changed.error()});
  }
  return redirect_to(exchange, "/id/account?done=password");
}

}  // namespace hub::http
