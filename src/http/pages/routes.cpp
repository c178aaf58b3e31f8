#include "page.h"
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

// Kept for good: another content has another path.
Response asset(std::string_view content_type, std::string text) {
  Response response{.status = 200, .content_type = std::string(content_type), .body = std::move(text), .headers = {}};
  response.add("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

Response style(Exchange&) { return asset("text/css; charset=utf-8", style_text()); }
Response script(Exchange&) { return asset("text/javascript; charset=utf-8", script_text()); }

Response start(Exchange& exchange) { return redirect_to(exchange, "/id"); }

Route asset_route(std::string_view path, Handler handler, std::string_view name) {
  return {.method = Method::get,
          .path = path,
          .dialect = &asset_dialect(),
          .access = {.anyone = true},
          .handler = handler,
          .name = name};
}

}  // namespace

Route open_page(Method method, std::string_view path, Handler handler, std::string_view name) {
  return {.method = method,
          .path = path,
          .dialect = &page_dialect(),
          .access = {.anyone = true},
          .handler = handler,
          .name = name};
}

Route own_page(Method method, std::string_view path, Handler handler, std::string_view name) {
  Route route = open_page(method, path, handler, name);
  route.access = {.session = true};
  return route;
}

std::vector<Route> page_routes() {
  std::vector<Route> all{asset_route(style_path(), &style, "style sheet of the pages"),
                         asset_route(script_path(), &script, "script of the pages"),
                         asset_route("/id/icon.svg", &icon, "icon of the pages"),
                         open_page(Method::get, "/", &start, "the way to the pages")};
  for (const auto& family :
       {account_page_routes(), consent_page_routes(), device_page_routes(), portal_page_routes(), dev_page_routes()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

}  // namespace hub::http
