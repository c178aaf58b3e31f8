#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/core/session.h"
#include "page.h"
#include "pending.h"
#include "pick_person.h"

namespace hub::http {
namespace {

struct Asked {
  std::string way_back;  // "" when nobody said
  std::optional<PendingRequest> pending;
};

Asked asked_for(Exchange& exchange, const std::string& next) {
  Asked out;
  out.way_back = way_back(next);
  out.pending = pending_request(exchange, out.way_back);
  return out;
}

Response show_sign_in(Exchange& exchange, const Asked& asked, const std::string& email, const Error* error) {
  Json data = Json::object();
  bool may_sign_up = true;
  if (asked.pending) {
    show_pending(exchange, *asked.pending, data);
    may_sign_up = asked.pending->request.hints.may_sign_up;
  }
  data["next"] = asked.way_back;
  data["fields"] = as_json({{.name = "email",
                             .label = "field.email",
                             .type = "email",
                             .autocomplete = "username",
                             .value = email,
                             .autofocus = email.empty()},
                            {.name = "password",
                             .label = "field.password",
                             .type = "password",
                             .autocomplete = "current-password",
                             .autofocus = !email.empty()}});
  if (may_sign_up) data["sign_up"] = with_next("/id/sign-up", asked.way_back);
  data["forgot"] = with_next("/id/forgot-password", asked.way_back);
  if (exchange.services.dev) add_people(exchange, asked.pending ? &asked.pending->request : nullptr, data);
  return show_form(exchange, "sign_in", std::move(data), error);
}

std::string suggested_email(const Exchange& exchange, const Asked& asked) {
  if (asked.pending && asked.pending->request.hints.login) return *asked.pending->request.hints.login;
  return exchange.visit->signed_in ? exchange.visit->signed_in->person.email : "";
}

}  // namespace

Response sign_in_page(Exchange& exchange) {
  const Asked asked = asked_for(exchange, query_text(exchange, "next"));
  if (exchange.visit->signed_in && asked.way_back.empty()) return redirect_to(exchange, "/id");
  // The app asked for new people, and they were not sent back from there.
  const bool sign_up = asked.pending && asked.pending->request.hints.show_sign_up &&
                       asked.pending->request.hints.may_sign_up && query_text(exchange, "known").empty();
  if (sign_up) return redirect_to(exchange, with_next("/id/sign-up", asked.way_back));
  return show_sign_in(exchange, asked, suggested_email(exchange, asked), nullptr);
}

Response sign_in(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const Asked asked = asked_for(exchange, sent(*form, "next"));
  const std::string email = sent(*form, "email");
  core::SignIn request{.email = email,
                       .password = Secret(sent(*form, "password")),
                       .agent = agent_of(exchange),
                       .address = exchange.trace.address,
                       .counted = !exchange.services.dev,
                       .instead_of = {}};
  if (exchange.visit->signed_in) request.instead_of = exchange.visit->signed_in->session.id;
  const Result<core::NewSession> session = core::sign_in(exchange.hub(), exchange.call(), request);
  if (!session) {
    if (is_form_error(session.error())) return show_sign_in(exchange, asked, email, &session.error());
    return show_problem(exchange, session.error());
  }
  Response response = redirect_to(exchange, return_path(asked.way_back));
  keep_session(exchange, response, session->secret);
  return response;
}

// Ends the session here and at the hub (claim WB-02). The browser stays known: what it was asked for goes on.
Response sign_out(Exchange& exchange) {
  if (exchange.visit->signed_in) {
    const Result<void> ended = exchange.hub().write(exchange.call(), [&](core::Work& work) -> Result<void> {
      core::end_session(work, exchange.visit->signed_in->session);
      return {};
    });
    const bool gone = !ended && ended.error().code == codes::login_required;  // somebody was faster
    if (!ended && !gone) return show_problem(exchange, ended.error());
  }
  Response response = redirect_to(exchange, "/id/signed-out");
  forget_session(exchange, response);
  return response;
}

Response signed_out_page(Exchange& exchange) {
  if (exchange.visit->signed_in) return redirect_to(exchange, "/id");
  return show_page(exchange, "signed_out", Json::object());
}

}  // namespace hub::http
