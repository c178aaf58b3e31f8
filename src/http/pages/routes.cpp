#include "pages.h"
#include "problem.h"
#include "sources.h"

namespace hub::http {
namespace {

// Never asks whose browser it is.
std::optional<Response> admit_anyone(Exchange&) { return std::nullopt; }

const Dialect& asset_dialect() {
  static const Dialect dialect{"page", &admit_anyone, &refuse_as_page};
  return dialect;
}

// The ring of the brand, in a colour that shows on light and dark ground.
constexpr std::string_view icon_text =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">)"
    R"(<circle cx="16" cy="16" r="10" fill="none" stroke="#4a78e8" stroke-width="9"/></svg>)";

Response icon(Exchange&) {
  Response response{.status = 200, .content_type = "image/svg+xml", .body = std::string(icon_text), .headers = {}};
  response.add("Cache-Control", "public, max-age=86400").add("Content-Security-Policy", "default-src 'none'");
  return response;
}

Response style(Exchange&) {
  Response response{.status = 200, .content_type = "text/css; charset=utf-8", .body = style_text(), .headers = {}};
  response.add("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

}  // namespace

std::vector<Route> page_routes() {
  std::vector<Route> all{{.method = Method::get,
                          .path = style_path(),
                          .dialect = &asset_dialect(),
                          .access = {.anyone = true},
                          .handler = &style,
                          .name = "style sheet of the pages"},
                         {.method = Method::get,
                          .path = "/id/icon.svg",
                          .dialect = &asset_dialect(),
                          .access = {.anyone = true},
                          .handler = &icon,
                          .name = "icon of the pages"}};
  for (const auto& family : {account_page_routes(), consent_page_routes(), device_page_routes(), dev_page_routes()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

}  // namespace hub::http
