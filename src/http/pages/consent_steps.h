#pragma once
#include <optional>
#include <string>

#include "hub/core/consent.h"
#include "parameters.h"
#include "route.h"

// Where a pending request goes from wherever it is: to sign in, to a page that asks, or back to the app.
namespace hub::http {

// Back to the app; for a device, whose app is elsewhere, a page that says what became of it.
Response leave_for(Exchange& exchange, const core::Answer& answer);

// The page that asks about this request.
std::string consent_path(const core::Pending& pending);

// A request that has just arrived. With a session and nothing to ask the app has its answer at once, without any page.
Response begin_consent(Exchange& exchange, const core::Pending& pending);

// What is in the way before somebody who is signed in can be asked, or nothing: then `ask` is what they are asked.
struct NextStep {
  std::optional<Response> response;
  std::optional<core::ConsentAsk> ask;
};
NextStep next_step(Exchange& exchange, const core::Pending& pending, const std::optional<OrganizationId>& chosen);

// The request of a page by the handle it carries, in this browser; invalid_link.
Result<core::Pending> find_pending(Exchange& exchange, const std::string& handle);
// A form of such a page with its request, from here on in the language of the request.
struct ConsentForm {
  Parameters fields;
  core::Pending pending;
};
Result<ConsentForm> read_consent_form(Exchange& exchange);
// "allow" or "deny", and for which organization; invalid_request for anything else.
Result<core::Decide> decision_of(const Parameters& fields);

// Decides, and leads on. Errors that the form can do something about are given back.
Result<Response> decided(Exchange& exchange, const core::Pending& pending, core::Decide decision);

}  // namespace hub::http
