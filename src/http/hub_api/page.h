#pragma once
#include <cstdint>
#include <vector>

#include "hub/base/form.h"
#include "hub/base/json.h"
#include "hub/core/hub_connection.h"
#include "route.h"

// Pages of lists (zaikio-hub.md section 5.3).
namespace hub::http::hub_api {

struct PageQuery {
  std::int64_t page = 1, per_page = 100;
};
// invalid_query for a page below 1, for per_page outside of 1 to 100, and for what is no number.
Result<PageQuery> read_page(const std::vector<Parameter>& query);
core::Page rows_of(const PageQuery& query);

// The rows with Current-Page, Total-Count, Total-Pages and Link.
Response paginated(const Exchange& exchange, const PageQuery& query, std::int64_t total, const Json& rows);

}  // namespace hub::http::hub_api
