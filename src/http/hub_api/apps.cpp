#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "json_answer.h"
#include "page.h"
#include "render.h"

namespace hub::http::hub_api {
namespace {

std::optional<std::string> app_in_path(const Exchange& exchange) {
  return exchange.segments.empty() ? std::nullopt : std::optional(exchange.segments.front());
}

Result<core::HubApp> find(Exchange& exchange) {
  return exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::show_hub_app(view, *exchange.caller, app_in_path(exchange));
  });
}

// The app after the change, or as it is when the request holds no configuration.
Result<core::HubApp> change(Exchange& exchange) {
  const Result<Json> attributes = read_attributes(exchange.request, "app");
  if (!attributes) return attributes.error();
  const Json* const configuration = member_of(*attributes, "configuration");
  if (configuration == nullptr) return find(exchange);
  if (!configuration->is_object()) return invalid_field("configuration");
  Result<core::ConfigureApp> request = read_configuration(*configuration);
  if (!request) return request.error();
  request->app = app_in_path(exchange);
  return write_as_caller(exchange,
                         [&](core::Work& work) { return core::configure_app(work, *exchange.caller, *request); });
}

Json whole(const core::HubApp& app) {
  Json out = as_list_entry(app);
  out["configuration"] = configuration_of(app);
  return out;
}

Json own(const core::HubApp& app) { return {{"configuration", configuration_of(app)}}; }

Response answer(Exchange& exchange, const Result<core::HubApp>& app, Json (*render)(const core::HubApp&)) {
  if (!app) return exchange.refuse(app.error());
  return json_response(200, render(*app));
}

}  // namespace

Response list_apps(Exchange& exchange) {
  const Result<std::vector<Parameter>> query = parse_form(exchange.request.query);
  if (!query) return exchange.refuse(query.error());
  const Result<PageQuery> page = read_page(*query);
  if (!page) return exchange.refuse(page.error());
  Json rows = Json::array();
  const Result<std::int64_t> total = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::list_hub_apps(view, *exchange.caller, rows_of(*page), [&](const core::HubApp& app) {
      rows.push_back(as_list_entry(app));
      return true;
    });
  });
  if (!total) return exchange.refuse(total.error());
  return paginated(exchange, *page, *total, rows);
}

Response show_app(Exchange& exchange) { return answer(exchange, find(exchange), &whole); }
Response update_app(Exchange& exchange) { return answer(exchange, change(exchange), &whole); }
Response show_own_app(Exchange& exchange) { return answer(exchange, find(exchange), &own); }
Response update_own_app(Exchange& exchange) { return answer(exchange, change(exchange), &own); }

}  // namespace hub::http::hub_api
