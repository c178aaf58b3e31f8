#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "json_answer.h"
#include "language.h"
#include "page.h"
#include "page_headers.h"
#include "problem.h"
#include "render.h"
#include "sources.h"

namespace hub::http {
namespace {

constexpr std::string_view retry_after_s = "1";

int status_of(const Error& error) {
  if (error.code == codes::unsupported_media_type) return 415;
  if (error.code == codes::too_large) return 413;
  if (error.code == codes::method_not_allowed) return 405;
  return http_status(error.code.failure);
}

bool accepts(const Request& request, std::string_view type) {
  for (const Header& header : request.headers) {
    if (header.name == "accept" && comparison_form(header.value).find(type) != std::string::npos) return true;
  }
  return false;
}

// Whose turn it is.
std::string turn_of(const Error& error) {
  switch (error.code.failure) {
    case Failure::internal:
      return "problem.turn_hub";
    case Failure::unavailable:
    case Failure::limited:
    case Failure::pending:
      return "problem.turn_wait";
    default:
      break;
  }
  if (error.code == codes::role_required) return "problem.turn_admin";
  const bool of_app = error.code == codes::unknown_application || error.code == codes::oauth_not_enabled ||
                      error.code == codes::invalid_redirect || error.code == codes::ambiguous_dialect;
  return of_app ? "problem.turn_app" : "problem.turn_you";
}

// Hints are fragments in lower case.
std::string sentence(std::string hint) {
  if (hint[0] >= 'a' && hint[0] <= 'z') hint[0] = static_cast<char>(hint[0] - 'a' + 'A');
  return hint + ".";
}

Json problem_data(const Request& request, const Error& error, std::string_view language) {
  const std::string code(error.code.name);
  const bool known = find_text(language, "problem." + code) != nullptr;
  Json data{{"code", code}, {"request_id", request.id}, {"turn", turn_of(error)}};
  if (known) data["sentence"] = "problem." + code;
  data["message"] = error.message;
  if (!error.hint.empty() && language == "en" && !known) data["hint"] = sentence(error.hint);
  data["in_english"] = language != "en" && !known;
  return data;
}

Response as_plain(const Request& request, int status, const Error& error) {
  Response response;
  if (accepts(request, "json")) {
    // Both dialects lead here, and each has a name of its own for the sentence.
    Json body{{"error", error.code.name},
              {"message", error.message},
              {"error_description", error.message},
              {"request_id", request.id}};
    response = json_response(status, body);
  } else {
    response = {.status = status,
                .content_type = "text/plain; charset=utf-8",
                .body = "error: " + error.message + "\n",
                .headers = {}};
  }
  add_page_headers(response, {});
  return response;
}

void finish(Response& response, const Error& error) {
  response.trace.error = error.code.name;
  if (response.status == 503) response.add("Retry-After", std::string(retry_after_s));
}

}  // namespace

Response refuse_as_page(const Request& request, int status, const Error& error) {
  const int number = status == 0 ? status_of(error) : status;
  const std::string language = language_of(request, nullptr);
  Response response;
  if (accepts(request, "text/html")) {
    const Rendering rendering{.language = language, .form_token = [](std::string_view) { return std::string(); }};
    response = page_response("problem", problem_data(request, error, language), rendering, number);
  }
  // Neither asked for as a page nor to be had as one.
  if (response.body.empty() || (response.status == 500 && number != 500)) response = as_plain(request, number, error);
  finish(response, error);
  return response;
}

Response show_problem(Exchange& exchange, const Error& error, int status) {
  const int number = status == 0 ? status_of(error) : status;
  // Tells the log what is not the visitor's fault.
  if (!exchange.visit || !accepts(exchange.request, "text/html") || http_status(error.code.failure) >= 500) {
    Response response = exchange.refuse(error);
    if (status != 0) response.status = status;
    return response;
  }
  Response response =
      show_page(exchange, "problem", problem_data(exchange.request, error, exchange.visit->language), number);
  finish(response, error);
  return response;
}

}  // namespace hub::http
