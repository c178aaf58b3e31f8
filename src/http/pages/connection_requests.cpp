#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "consent_view.h"
#include "hub/base/codes.h"
#include "hub/core/connection_request.h"
#include "hub/core/consent.h"
#include "hub/http/message.h"
#include "page.h"
#include "pending.h"
#include "portal_form.h"
#include "scope_list.h"
#include "when.h"

// /id/requests: what members ask the admins of their organizations for.
namespace hub::http {
namespace {

Json request_as_json(const Exchange& exchange, const core::AskedOfAdmins& one) {
  const Json request{{"request", one.request.id.text()}};
  return {{"id", one.request.id.text()},
          {"app_title", one.app_title},
          {"asking", asking_as_json(one.app_title, one.owner)},
          {"asked_by", one.person},
          {"for_organization", one.organization},
          {"asked", moment_text(exchange, one.request.created_at)},
          {"asked_at", to_rfc3339(one.request.created_at)},
          {"commands", commands_as_json({command(exchange, "connection approve", request),
                                         command(exchange, "connection decline", request)})},
          {"any_scopes", !one.scopes.empty()},
          {"scopes", as_json(one.scopes, exchange.visit->language)}};
}

Response show_requests(Exchange& exchange, const std::string& done) {
  const auto asked = exchange.hub().read(
      exchange.call(),
      [](core::View& view) -> Result<std::vector<core::AskedOfAdmins>> { return core::asked_of_admins(view); });
  if (!asked) return show_problem(exchange, asked.error());
  Json data{{"wide", true}, {"none", asked->empty()}, {"requests", Json::array()}};
  for (const core::AskedOfAdmins& one : *asked) data["requests"].push_back(request_as_json(exchange, one));
  if (!done.empty()) data["done"] = done;
  return show_page(exchange, "connection_requests", std::move(data));
}

Response decide(Exchange& exchange, std::string_view operation, std::string_view outcome) {
  const Result<Json> done = run_as_visitor(exchange, operation, {{"request", exchange.segments.front()}});
  if (!done) return show_problem(exchange, done.error());
  return redirect_to(exchange, "/id/requests?done=" + std::string(outcome));
}

}  // namespace

Response requests_page(Exchange& exchange) {
  const std::string done = query_text(exchange, "done");
  if (done == "approved") return show_requests(exchange, text_for(exchange, "connection_requests.approved"));
  if (done == "declined") return show_requests(exchange, text_for(exchange, "connection_requests.declined"));
  return show_requests(exchange, "");
}

Response approve_request(Exchange& exchange) { return decide(exchange, "connection approve", "approved"); }

Response decline_request(Exchange& exchange) { return decide(exchange, "connection decline", "declined"); }

}  // namespace hub::http
