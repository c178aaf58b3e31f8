#include <algorithm>
#include <array>

#include "hub/base/codes.h"
#include "oauth/grants/grants.h"
#include "oauth/handlers.h"
#include "token_answer.h"

namespace hub::http {
namespace {

constexpr std::array<std::string_view, 9> texts{"client_id",     "client_secret", "code",
                                                "code_verifier", "device_code",   "grant_type",
                                                "redirect_uri",  "refresh_token", "scope"};

struct Grant {
  std::string_view type, name;
  Result<core::Issued> (*run)(const TokenCall& call);
};
constexpr std::array grants{
    Grant{"authorization_code", "authorization_code", &authorization_code_grant},
    Grant{"client_credentials", "client_credentials", &client_credentials_grant},
    Grant{"refresh_token", "refresh_token", &refresh_token_grant},
    Grant{"urn:ietf:params:oauth:grant-type:device_code", "device_code", &device_code_grant},
};

Result<const Grant*> find_grant(const Parameters& parameters, core::TokenStyle style) {
  const std::string* const type = parameters.find("grant_type");
  if (type == nullptr) {
    // Some clients of the hub dialect leave it out when they redeem a code (zaikio-hub.md section 9).
    if (style == core::TokenStyle::hub) return &grants.front();
    return Error{codes::invalid_request, "The parameter grant_type is missing.", "", "grant_type"};
  }
  const auto* const found =
      std::find_if(grants.begin(), grants.end(), [&](const Grant& grant) { return grant.type == *type; });
  if (found != grants.end()) return found;
  return Error{codes::unsupported_grant_type, "This grant type does not exist here.", "", "grant_type"};
}

bool is_known_in_query(const Parameters::Entry& entry) {
  return entry.in_query && std::find(texts.begin(), texts.end(), entry.name) != texts.end();
}

// RFC 6749 section 5.2: 400, whatever other routes answer to whom is not allowed (zaikio-hub.md section 3.3).
Response refused(const Exchange& exchange, const Error& error) {
  Response response = exchange.refuse(error);
  if (response.status == 403) response.status = 400;
  return response;
}

Response answer(Exchange& exchange, core::TokenStyle style) {
  const Result<Parameters> parameters = read_token_parameters(exchange.request, texts);
  if (!parameters) return exchange.refuse(parameters.error());
  if (style == core::TokenStyle::standard && std::ranges::any_of(parameters->entries(), &is_known_in_query)) {
    // RFC 6749 section 3.2: the body carries them. Only the hub dialect reads the query (zaikio-hub.md section 3.5).
    return exchange.refuse({codes::invalid_request, "Parameters are sent in the body."});
  }
  const Result<const Grant*> grant = find_grant(*parameters, style);
  if (!grant) return exchange.refuse(grant.error());
  const BothStyles both = style == core::TokenStyle::hub ? BothStyles::agreeing : BothStyles::refused;
  Result<std::optional<PresentedClient>> client = read_client(exchange.request, *parameters, both);
  if (!client) return exchange.refuse(client.error());
  const Result<core::Issued> issued = (*grant)->run({exchange, *parameters, std::move(*client), style});
  if (!issued) return refused(exchange, issued.error());
  note_issued(exchange, (*grant)->name);
  return token_answer(exchange.request, *issued, style);
}

}  // namespace

Response hub_token(Exchange& exchange) { return answer(exchange, core::TokenStyle::hub); }

Response standard_token(Exchange& exchange) { return answer(exchange, core::TokenStyle::standard); }

}  // namespace hub::http
