#include <nlohmann/json.hpp>

#include "handlers.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/role.h"
#include "hub/core/token.h"
#include "json_answer.h"

// What needs no authentication (zaikio-hub.md section 5.6).
namespace hub::http::hub_api {
namespace {

// `lang`, else the first language of Accept-Language that there is, else English.
bool wants_german(const Request& request) {
  const Result<std::vector<Parameter>> query = parse_form(request.query);
  const std::optional<std::string> lang = query ? query_value(*query, "lang") : std::nullopt;
  if (lang && (*lang == "de" || *lang == "en")) return *lang == "de";
  const std::string* const header = request.header("accept-language");
  if (header == nullptr) return false;
  for (const std::string_view part : split(*header, ',')) {
    const std::string language = comparison_form(trim(part).substr(0, 2));
    if (language == "de" || language == "en") return language == "de";
  }
  return false;
}

}  // namespace

Response list_roles(Exchange& exchange) {
  const bool german = wants_german(exchange.request);
  const auto roles = core::list_roles({});
  if (!roles) return exchange.refuse(roles.error());
  Json rows = Json::array();
  for (const core::RoleAnswer& role : *roles) {
    if (!role.bit) continue;
    rows.push_back({{"id", role.name}, {"name", german ? role.german_title : role.english_title}});
  }
  return json_response(200, rows);
}

Response list_revoked_tokens(Exchange& exchange) {
  Json ids = Json::array();
  const Result<void> listed = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<void> {
    core::each_published_revocation(view, [&](const std::string& jti) {
      ids.push_back(jti);
      return true;
    });
    return {};
  });
  if (!listed) return exchange.refuse(listed.error());
  return json_response(200, {{"revoked_token_ids", ids}});
}

Response empty_list(Exchange&) { return json_response(200, Json::array()); }

Response nothing(Exchange& exchange) { return exchange.refuse({codes::not_found, "There is nothing of that id."}); }

}  // namespace hub::http::hub_api
