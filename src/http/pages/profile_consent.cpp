#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "consent_steps.h"
#include "consent_view.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "page.h"

// /id/authorize: which profile, and whether it signs in (nexus211.md sections 4.1 and 8).
namespace hub::http {
namespace {

Response show_next(Exchange& exchange, const core::Pending& pending, const std::optional<OrganizationId>& chosen,
                   const Error* error) {
  NextStep step = next_step(exchange, pending, chosen);
  if (step.response) return *std::move(step.response);
  Json data = consent_data(exchange, pending, *step.ask);
  return show_form(exchange, "profile_consent", std::move(data), error);
}

}  // namespace

Response profile_page(Exchange& exchange) {
  const Result<core::Pending> pending = find_pending(exchange, query_text(exchange, "request"));
  if (!pending) return show_problem(exchange, pending.error());
  if (pending->request.dialect != CodeDialect::nexus) return redirect_to(exchange, consent_path(*pending));
  return show_next(exchange, *pending, OrganizationId::parse(query_text(exchange, "organization")), nullptr);
}

Response sign_profile_in(Exchange& exchange) {
  const Result<ConsentForm> form = read_consent_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const core::Pending& pending = form->pending;
  const Result<core::Decide> decision = decision_of(form->fields);
  if (!decision) return show_problem(exchange, decision.error());
  Result<Response> response = decided(exchange, pending, *decision);
  if (response) return *std::move(response);
  const Error& error = response.error();
  const bool shown = error.code == codes::invalid_request || error.code == codes::role_required;
  return shown ? show_next(exchange, pending, decision->organization, &error) : show_problem(exchange, error);
}

}  // namespace hub::http
