#include <nlohmann/json.hpp>

#include "handlers.h"
#include "json_answer.h"
#include "page.h"
#include "render.h"

namespace hub::http::hub_api {
namespace {

constexpr std::string_view filter = "filters[connectable_id]";

}  // namespace

Response list_connections(Exchange& exchange) {
  const Result<std::vector<Parameter>> query = parse_form(exchange.request.query);
  if (!query) return exchange.refuse(query.error());
  const Result<PageQuery> page = read_page(*query);
  if (!page) return exchange.refuse(page.error());
  const std::optional<std::string> wanted = query_value(*query, filter);
  const std::optional<core::Connectable> only = wanted ? core::parse_connectable(*wanted) : std::nullopt;
  Json rows = Json::array();
  if (wanted && !only) return paginated(exchange, *page, 0, rows);
  const Result<std::int64_t> total = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::list_hub_connections(view, *exchange.caller, only, rows_of(*page),
                                      [&](const core::HubConnection& connection) {
                                        rows.push_back(as_json(connection));
                                        return true;
                                      });
  });
  if (!total) return exchange.refuse(total.error());
  return paginated(exchange, *page, *total, rows);
}

Response show_connection(Exchange& exchange) {
  const std::optional<core::Connectable> wanted = core::parse_connectable(exchange.segments.front());
  if (!wanted) return nothing(exchange);
  const Result<core::HubConnection> found = exchange.hub().read(
      exchange.call(), [&](core::View& view) { return core::show_hub_connection(view, *exchange.caller, *wanted); });
  if (!found) return exchange.refuse(found.error());
  return json_response(200, as_json(*found));
}

}  // namespace hub::http::hub_api
