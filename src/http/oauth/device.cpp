#include "hub/core/device.h"

#include <array>
#include <nlohmann/json.hpp>

#include "client_authentication.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "json_answer.h"
#include "oauth/authorize_hints.h"
#include "oauth/handlers.h"
#include "oauth_format.h"
#include "parameters.h"

namespace hub::http {
namespace {

constexpr std::array<std::string_view, 3> texts{"client_id", "client_secret", "scope"};

Json fields_of(const core::DeviceStarted& started) {
  Json out = Json::object();
  out["device_code"] = started.device_code.reveal();
  out["user_code"] = started.user_code.reveal();
  out["verification_uri"] = started.verification_uri;
  out["verification_uri_complete"] = started.verification_uri_complete.reveal();
  out["expires_in"] = started.expires_in;
  out["interval"] = started.interval;
  return out;
}

// The fields as a form, in the style of the token answer.
std::string as_text(const Json& fields) {
  std::string out;
  for (const auto& [name, value] : fields.items()) {
    out += out.empty() ? "" : "&";
    out += name + "=" + percent_encode(value.is_string() ? value.get<std::string>() : value.dump());
  }
  return out;
}

void add(std::string& query, std::string_view name, const std::string& value) {
  query.append(query.empty() ? "" : "&").append(percent_encode(name)).append("=").append(percent_encode(value));
}

// organization[name] and the like are an object in JSON.
void add_object(std::string& query, const Request& request) {
  const Result<Json> body = parse_json(request.body);
  if (!body || !body->is_object()) return;
  const auto organization = body->find("organization");
  if (organization == body->end() || !organization->is_object()) return;
  for (const auto& [name, value] : organization->items()) {
    const std::string full = "organization[" + name + "]";
    if (value.is_string()) add(query, full, value.get<std::string>());
    if (!value.is_array()) continue;
    for (const Json& one : value) {
      if (one.is_string()) add(query, full + "[]", one.get<std::string>());
    }
  }
}

// What fills the page that makes an organization; read as the authorization endpoint reads it.
LoginHints hints_of(const Parameters& parameters, const Request& request) {
  std::string query;
  for (const Parameters::Entry& entry : parameters.entries()) {
    if (entry.value && entry.name.starts_with("organization[")) add(query, entry.name, *entry.value);
  }
  if (media_type(request) == "application/json") add_object(query, request);
  const Result<QueryParameters> read = QueryParameters::read(query);
  return read ? read_hints(*read) : LoginHints{};
}

Result<core::DeviceStarted> start(Exchange& exchange, const Parameters& parameters, const PresentedClient& client,
                                  core::TokenStyle style) {
  // Nobody has to prove anything in the hub dialect, but what is sent must be right.
  if (style == core::TokenStyle::standard || client.secret) {
    const Result<core::Client> proven =
        core::authenticate_client(exchange.hub(), exchange.call(), client.client_id, client.secret);
    if (!proven) return proven.error();
    if (Result<void> admitted = exchange.admit_client(client.client_id); !admitted) return admitted.error();
  }
  const std::string* const scope = parameters.find("scope");
  return core::start_device(exchange.hub(), exchange.call(),
                            {.client_id = client.client_id,
                             .scope = scope == nullptr ? "" : *scope,
                             .hints = hints_of(parameters, exchange.request),
                             .address = exchange.trace.address,
                             .style = style});
}

Response unprocessable() {
  return {.status = 422,
          .content_type = "text/plain; charset=utf-8",
          .body = "error: The parameter client_id is missing.\n",
          .headers = {}};
}

}  // namespace

Response start_hub_device(Exchange& exchange) {
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return exchange.refuse(parameters.error());
  const Result<std::optional<PresentedClient>> client =
      read_client(exchange.request, *parameters, BothStyles::agreeing);
  if (!client) return exchange.refuse(client.error());
  if (!*client) return unprocessable();
  const Result<core::DeviceStarted> started = start(exchange, *parameters, **client, core::TokenStyle::hub);
  if (!started) return exchange.refuse(started.error());
  const Json fields = fields_of(*started);
  return formatted(exchange.request, 200, fields, as_text(fields));
}

Response start_standard_device(Exchange& exchange) {
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return exchange.refuse(parameters.error());
  const Result<std::optional<PresentedClient>> client = read_client(exchange.request, *parameters, BothStyles::refused);
  if (!client) return exchange.refuse(client.error());
  if (!*client) {
    return exchange.refuse({codes::invalid_request, "The parameter client_id is missing.", "", "client_id"});
  }
  const Result<core::DeviceStarted> started = start(exchange, *parameters, **client, core::TokenStyle::standard);
  if (!started) return exchange.refuse(started.error());
  return not_stored(json_response(200, fields_of(*started)));
}

}  // namespace hub::http
