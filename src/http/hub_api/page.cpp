#include "page.h"

#include <algorithm>
#include <charconv>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "json_answer.h"

namespace hub::http::hub_api {
namespace {

constexpr std::int64_t per_page_most = 100;
constexpr std::int64_t page_most = 1'000'000'000;

Result<std::int64_t> read_number(const std::vector<Parameter>& query, std::string_view name, std::int64_t otherwise,
                                 std::int64_t most) {
  const auto found = std::ranges::find_if(query, [&](const Parameter& one) { return one.name == name; });
  if (found == query.end() || !found->value) return otherwise;
  const std::string& text = *found->value;
  std::int64_t number = 0;
  const auto [stopped, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed == std::errc() && stopped == text.data() + text.size() && number >= 1 && number <= most) return number;
  return Error{codes::invalid_query, std::string(name) + " is invalid"};
}

// The request's own target with another page.
std::string url_of(const Exchange& exchange, std::int64_t page) {
  const std::string parameter = "page=" + std::to_string(page);
  std::string query;
  bool replaced = false;
  if (!exchange.request.query.empty()) {
    for (const std::string_view part : split(exchange.request.query, '&')) {
      if (!query.empty()) query += '&';
      const bool is_page = part == "page" || part.starts_with("page=");
      query += is_page ? parameter : std::string(part);
      replaced = replaced || is_page;
    }
  }
  if (!replaced) query += (query.empty() ? "" : "&") + parameter;
  return exchange.services.issuer + exchange.request.path + "?" + query;
}

}  // namespace

Result<PageQuery> read_page(const std::vector<Parameter>& query) {
  const Result<std::int64_t> page = read_number(query, "page", 1, page_most);
  if (!page) return page.error();
  const Result<std::int64_t> per_page = read_number(query, "per_page", per_page_most, per_page_most);
  if (!per_page) return per_page.error();
  return PageQuery{*page, *per_page};
}

core::Page rows_of(const PageQuery& query) {
  return {.skip = (query.page - 1) * query.per_page, .limit = query.per_page};
}

Response paginated(const Exchange& exchange, const PageQuery& query, std::int64_t total, const Json& rows) {
  const std::int64_t pages = std::max<std::int64_t>(1, (total + query.per_page - 1) / query.per_page);
  const auto link = [&](std::int64_t page, const std::string& rel) {
    return "<" + url_of(exchange, page) + ">; rel=\"" + rel + "\"";
  };
  std::string links = link(1, "first");
  if (query.page > 1) links += ", " + link(std::min(query.page - 1, pages), "prev");
  if (query.page < pages) links += ", " + link(query.page + 1, "next");
  links += ", " + link(pages, "last");
  Response response = json_response(200, rows);
  response.add("Current-Page", std::to_string(query.page))
      .add("Total-Count", std::to_string(total))
      .add("Total-Pages", std::to_string(pages))
      .add("Link", links);
  return response;
}

}  // namespace hub::http::hub_api
