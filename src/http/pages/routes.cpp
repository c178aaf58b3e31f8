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
                          .name = "style sheet of the pages"}};
  for (const auto& family : {account_page_routes(), consent_page_routes(), device_page_routes(), dev_page_routes()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

}  // namespace hub::http
