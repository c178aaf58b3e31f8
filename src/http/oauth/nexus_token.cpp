#include <array>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/core/code.h"
#include "hub/core/service_account.h"
#include "json_answer.h"
#include "oauth/handlers.h"
#include "oauth_format.h"
#include "parameters.h"
#include "token_answer.h"

// The opaque tokens of the Nexus dialect. Who may come in is the route's to say, and was checked.
namespace hub::http {
namespace {

Result<std::string> only_parameter(const Request& request, std::string_view name) {
  const std::array<std::string_view, 1> texts{name};
  const Result<Parameters> parameters = read_token_parameters(request, texts);
  if (!parameters) return parameters.error();
  if (const std::string* const found = parameters->find(name)) return *found;
  return Error{codes::invalid_request, "The member " + std::string(name) + " is missing.", "", std::string(name)};
}

Response answer(Exchange& exchange, const Result<Secret>& token, std::string_view grant) {
  if (!token) return exchange.refuse(token.error());
  note_issued(exchange, grant);
  return not_stored(json_response(200, {{"token", token->reveal()}}));
}

}  // namespace

Response nexus_token(Exchange& exchange) {
  Result<std::string> code = only_parameter(exchange.request, "code");
  if (!code) return exchange.refuse(code.error());
  return answer(exchange,
                core::redeem_nexus_code(exchange.hub(), exchange.call(),
                                        {.code = Secret(std::move(*code)),
                                         .dialect = CodeDialect::nexus,
                                         .credential_id = exchange.caller->credential->id,
                                         .redirect_uri = std::nullopt,
                                         .code_verifier = std::nullopt}),
                "nexus_code");
}

Response service_account_token(Exchange& exchange) {
  const Result<std::string> profile = only_parameter(exchange.request, "profile");
  if (!profile) return exchange.refuse(profile.error());
  const core::Caller& caller = *exchange.caller;
  const core::Client client{.app = *caller.app, .credential = *caller.credential, .previous = caller.previous};
  return answer(exchange, core::service_account_token(exchange.hub(), exchange.call(), client, *profile),
                "service_account");
}

}  // namespace hub::http
