#include "token_answer.h"

#include <nlohmann/json.hpp>

#include "json_answer.h"
#include "metrics.h"
#include "oauth_format.h"

namespace hub::http {
namespace {

// Text that core wrote.
Json object_of(const core::ObjectText& text) {
  Result<Json> parsed = parse_json(text.json);
  return parsed ? std::move(*parsed) : Json::object();
}

Json hub_fields(const core::Issued& issued) {
  Json out = Json::object();
  out["access_token"] = issued.access_token->reveal();
  if (issued.refresh_token) out["refresh_token"] = issued.refresh_token->reveal();
  out["token_type"] = issued.token_type;
  out["scope"] = issued.scope;
  out["audiences"] = issued.audiences;
  out["expires_in"] = issued.expires_in;
  out["bearer"] = object_of(issued.bearer);
  if (issued.bearer_on_behalf_of) out["bearer_on_behalf_of"] = object_of(*issued.bearer_on_behalf_of);
  return out;
}

Json standard_fields(const core::Issued& issued) {
  Json out = Json::object();
  out["access_token"] = issued.access_token->reveal();
  out["token_type"] = "Bearer";
  out["expires_in"] = issued.expires_in;
  if (issued.refresh_token) out["refresh_token"] = issued.refresh_token->reveal();
  out["scope"] = issued.scope;
  if (issued.id_token) out["id_token"] = issued.id_token->reveal();
  return out;
}

}  // namespace

Response token_answer(const Request& request, const core::Issued& issued, core::TokenStyle style) {
  if (style == core::TokenStyle::standard) return not_stored(json_response(200, standard_fields(issued)));
  return formatted(request, 200, hub_fields(issued),
                   "access_token=" + issued.access_token->reveal() + "&token_type=" + issued.token_type);
}

void note_issued(Exchange& exchange, std::string_view grant) {
  if (exchange.services.metrics != nullptr) exchange.services.metrics->count_issued(grant);
}

}  // namespace hub::http
