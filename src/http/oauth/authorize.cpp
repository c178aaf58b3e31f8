#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/text.h"
#include "nexus_api/nexus_error.h"
#include "oauth/authorize_hints.h"
#include "oauth/handlers.h"
#include "pages/consent_steps.h"
#include "pages/page.h"
#include "pages/page_headers.h"

// GET /oauth/authorize for all dialects (zaikio-hub.md section 3.1, nexus211.md section 4.1, RFC 6749 section 4.1.1).
namespace hub::http {
namespace {

// In whose words errors are told that are never redirected.
enum class Words { hub, nexus };

bool prefers_page(const Request& request) {
  const std::string* const accept = request.header("accept");
  if (accept == nullptr) return false;
  const std::string wanted = comparison_form(*accept);
  const std::size_t page = wanted.find("text/html"), json = wanted.find("application/json");
  return page < json && page != std::string::npos;
}

int hub_status(const Error& error) {
  if (error.code == codes::unknown_application || error.code == codes::invalid_redirect) return 403;
  return error.code == codes::invalid_request ? 422 : http_status(error.code.failure);
}

// zaikio-hub.md section 3.1: a text that begins with "error: ".
Response refuse_in_text(const Error& error) {
  Response response{.status = hub_status(error),
                    .content_type = "text/plain; charset=utf-8",
                    .body = "error: " + error.message + "\n",
                    .headers = {}};
  add_page_headers(response, {});
  return response;
}

// nexus211.md section 7: JSON, or the same as a page; 400 whatever the code.
Response refuse_in_json(Exchange& exchange, const Error& error) {
  if (prefers_page(exchange.request)) return show_problem(exchange, error, 400);
  Response response = nexus_dialect().refuse(exchange.request, 400, error);
  add_page_headers(response, {});
  return response;
}

Response refuse(Exchange& exchange, Words words, const Error& error) {
  const Failure failure = error.code.failure;
  if (failure == Failure::internal || failure == Failure::unavailable || failure == Failure::limited) {
    return exchange.refuse(error);
  }
  Response response = words == Words::nexus ? refuse_in_json(exchange, error) : refuse_in_text(error);
  response.trace.error = error.code.name;
  return response;
}

Error twice(std::string_view name) {
  return {codes::invalid_request, "The parameter " + std::string(name) + " is there twice.", "", std::string(name)};
}

void read_request(const QueryParameters& query, core::AskAuthorization& asked) {
  asked.response_type = query.text("response_type");
  asked.scope = query.text("scope");
  asked.state = query.text("state");
  asked.code_challenge = query.text("code_challenge");
  asked.code_challenge_method = query.text("code_challenge_method");
  asked.nonce = query.text("nonce");
  asked.hints = read_hints(query);
}

Response asked_of_core(Exchange& exchange, Words words, const core::AskAuthorization& request) {
  Result<core::Asked> asked =
      core::ask_authorization(exchange.hub(), exchange.call(), request, exchange.visit->browser);
  if (!asked) return refuse(exchange, words, asked.error());
  exchange.trace.client_id = request.client_id;
  if (const auto* const answer = std::get_if<core::Answer>(&*asked)) return leave_for(exchange, *answer);
  return begin_consent(exchange, std::get<core::Pending>(*asked));
}

Response authorize_nexus(Exchange& exchange, const QueryParameters& query) {
  core::AskAuthorization request{.dialect = CodeDialect::nexus, .client_id = query.text("application").value_or("")};
  request.redirect_uri = query.text("redirect");
  request.state = query.text("state");
  if (const auto name = query.repeated()) request.problem = twice(*name);
  return asked_of_core(exchange, Words::nexus, request);
}

Response authorize_client(Exchange& exchange, const QueryParameters& query) {
  core::AskAuthorization request{.client_id = query.text("client_id").value_or("")};
  if (query.is_repeated("client_id")) return refuse(exchange, Words::hub, twice("client_id"));
  if (request.client_id.empty()) {
    return refuse(exchange, Words::hub, {codes::invalid_request, "The parameter client_id is missing."});
  }
  if (query.is_repeated("redirect_uri")) {
    return refuse(exchange, Words::hub, {codes::invalid_redirect, "The parameter redirect_uri is there twice."});
  }
  request.redirect_uri = query.text("redirect_uri");
  read_request(query, request);
  if (const auto name = query.repeated()) {
    request.problem = twice(*name);
  } else {
    request.problem = openid_problem(query);
  }
  return asked_of_core(exchange, Words::hub, request);
}

}  // namespace

Response authorize(Exchange& exchange) {
  const Result<QueryParameters> query = QueryParameters::read(exchange.request.query);
  if (!query) return refuse(exchange, Words::hub, query.error());
  const bool nexus = query->text("application").has_value(), client = query->text("client_id").has_value();
  if (nexus && client) {
    return refuse(exchange, Words::nexus,
                  {codes::ambiguous_dialect, "Both client_id and application are there; one of them says who asks."});
  }
  const bool empty_nexus = !client && (query->has("application") || query->has("redirect"));
  return nexus || empty_nexus ? authorize_nexus(exchange, *query) : authorize_client(exchange, *query);
}

}  // namespace hub::http
