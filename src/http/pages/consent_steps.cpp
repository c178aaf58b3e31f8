#include "consent_steps.h"

#include "consent_view.h"
#include "device_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "page.h"

namespace hub::http {
namespace {

std::string way_to(std::string_view page, const core::Pending& pending) {
  return with_next(std::string(page), consent_path(pending));
}

// The app said that no page may be shown (OpenID Connect Core section 3.1.2.1), so it hears what would be needed.
Response without_pages(Exchange& exchange, const core::Pending& pending, const Error& error) {
  const Result<core::Answer> answer = exchange.hub().read(
      exchange.call(), [&](core::View& view) { return core::answer_of(view, pending.request, error); });
  return answer ? leave_for(exchange, *answer) : show_problem(exchange, answer.error());
}

Error needed(const core::ConsentAsk& ask) {
  if (ask.needs_verified_email || (ask.wants_organization && !ask.is_fixed)) {
    return {codes::interaction_required, "The person has something to decide first."};
  }
  return {codes::consent_required, "The person has not agreed to this yet."};
}

Response to_sign_in(Exchange& exchange, const core::Pending& pending) {
  if (pending.request.hints.no_pages) {
    return without_pages(exchange, pending, {codes::login_required, "Nobody is signed in, or not recently enough."});
  }
  return redirect_to(exchange, way_to("/id/sign-in", pending));
}

}  // namespace

std::string consent_path(const core::Pending& pending) {
  const bool nexus = pending.request.dialect == CodeDialect::nexus;
  return (nexus ? "/id/authorize?request=" : "/grant?request=") + pending.handle.reveal();
}

Response leave_for(Exchange& exchange, const core::Answer& answer) {
  if (!answer.redirect_uri.empty()) return redirect_to(exchange, core::url_of(answer));
  return show_problem(exchange, answer.error.value_or(Error{codes::internal, "There is nowhere to lead to."}));
}

NextStep next_step(Exchange& exchange, const core::Pending& pending, const std::optional<OrganizationId>& chosen) {
  const core::SignedIn& who = *exchange.visit->signed_in;
  const bool no_pages = pending.request.hints.no_pages;
  if (core::needs_sign_in(pending.request, who.session, exchange.hub().clock().now())) {
    return {to_sign_in(exchange, pending), std::nullopt};
  }
  Result<core::ConsentAsked> asked = exchange.hub().read(
      exchange.call(), [&](core::View& view) { return core::ask_consent(view, pending.request, who, chosen); });
  if (!asked) return {show_problem(exchange, asked.error()), std::nullopt};
  if (const auto* const answer = std::get_if<core::Answer>(&*asked)) return {leave_for(exchange, *answer), {}};
  core::ConsentAsk& ask = std::get<core::ConsentAsk>(*asked);
  if (no_pages && (ask.needs_answer || ask.needs_verified_email)) {
    return {without_pages(exchange, pending, needed(ask)), std::nullopt};
  }
  if (ask.needs_verified_email) return {redirect_to(exchange, way_to("/id/verify-email", pending)), std::nullopt};
  if (ask.needs_answer) return {std::nullopt, std::move(ask)};
  Result<Response> response = decided(exchange, pending, {.allow = true, .silent = true});
  // Somebody changed something in between: then it is to be asked after all.
  if (!response && response.error().code == codes::consent_required) return {std::nullopt, std::move(ask)};
  return {response ? *std::move(response) : show_problem(exchange, response.error()), std::nullopt};
}

Response begin_consent(Exchange& exchange, const core::Pending& pending) {
  // The Nexus contract wants the portal's address in any case (nexus211.md section 4.1).
  if (pending.request.dialect == CodeDialect::nexus) return redirect_to(exchange, consent_path(pending));
  // An app that asks for a new account means it, whoever is signed in now.
  const LoginHints& hints = pending.request.hints;
  const bool asks_for_new = hints.show_sign_up && hints.may_sign_up && !hints.no_pages;
  if (!exchange.visit->signed_in || asks_for_new) return to_sign_in(exchange, pending);
  NextStep step = next_step(exchange, pending, std::nullopt);
  if (step.response) return *std::move(step.response);
  return redirect_to(exchange, consent_path(pending));
}

Result<core::Pending> find_pending(Exchange& exchange, const std::string& handle) {
  Secret secret(handle);
  Result<LoginRequest> request = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::find_login_request(view, secret, exchange.visit->browser);
  });
  if (!request) return request.error();
  return core::Pending{std::move(secret), *std::move(request)};
}

Result<ConsentForm> read_consent_form(Exchange& exchange) {
  Result<Parameters> fields = read_form(exchange);
  if (!fields) return fields.error();
  Result<core::Pending> pending = find_pending(exchange, sent(*fields, "request"));
  if (!pending) return pending.error();
  speak_as_asked(exchange, pending->request);
  return ConsentForm{*std::move(fields), *std::move(pending)};
}

Result<core::Decide> decision_of(const Parameters& fields) {
  const std::string decision = sent(fields, "decision");
  if (decision != "allow" && decision != "deny") {
    return Error{codes::invalid_request, "The decision is to allow or to deny."};
  }
  return core::Decide{.allow = decision == "allow",
                      .organization = OrganizationId::parse(sent(fields, "organization"))};
}

Result<Response> decided(Exchange& exchange, const core::Pending& pending, core::Decide decision) {
  decision.handle = pending.handle;
  decision.browser = exchange.visit->browser;
  const Result<core::Decision> made =
      core::decide(exchange.hub(), exchange.call(), *exchange.visit->signed_in, decision);
  if (made) {
    if (made->answer) return leave_for(exchange, *made->answer);
    return redirect_to(exchange, device_end_path(made->allowed));
  }
  if (made.error().code == codes::login_required) return to_sign_in(exchange, pending);
  return made.error();
}

}  // namespace hub::http
