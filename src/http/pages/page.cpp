#include "page.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "form_token.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/text.h"
#include "hub/core/form_token.h"
#include "json_answer.h"
#include "language.h"
#include "page_headers.h"
#include "problem.h"
#include "render.h"
#include "router.h"
#include "session_cookie.h"
#include "sources.h"

namespace hub::http {
namespace {

void keep_browser(const Exchange& exchange, Response& response) {
  if (!exchange.visit || !exchange.visit->is_new) return;
  response.add("Set-Cookie", kept_cookie(exchange.services.issuer, Cookie::browser, exchange.visit->browser));
}

Result<Visit> visit_of(const Exchange& exchange) {
  const std::string& issuer = exchange.services.issuer;
  Visit visit;
  if (const auto browser = read_cookie(exchange.request, issuer, Cookie::browser)) {
    visit.browser = *browser;
  } else {
    visit.browser = core::make_browser(exchange.hub());
    visit.is_new = true;
  }
  if (const auto session = read_cookie(exchange.request, issuer, Cookie::session)) {
    Result<std::optional<core::SignedIn>> found =
        exchange.hub().read(exchange.call(), [&](core::View& view) { return core::find_session(view, *session); });
    if (!found) return found.error();
    visit.signed_in = std::move(*found);
  }
  visit.language = language_of(exchange.request, visit.signed_in ? &visit.signed_in->person : nullptr);
  return visit;
}

// The page that a form stands on: the nearest one above the path it is sent to.
std::string page_of_form(std::string path) {
  static const Router router(all_routes());
  for (; path.size() > 1; path.resize(std::max<std::size_t>(path.rfind('/'), 1))) {
    const Result<Router::Match> match = router.find(path);
    const auto is_page = [](const Route* route) { return route->method == Method::get; };
    if (match && match->routes != nullptr && std::ranges::any_of(*match->routes, is_page)) return path;
  }
  return "/id";
}

// Back to this page once somebody has done what is missing there.
Response first_to(const Exchange& exchange, std::string page) {
  const Request& request = exchange.request;
  std::string way_back = request.method == Method::post ? page_of_form(request.path) : request.path;
  if (!request.query.empty() && request.method != Method::post) way_back += "?" + request.query;
  return redirect_to(exchange, with_next(std::move(page), way_back));
}

std::optional<Response> admit(Exchange& exchange) {
  Result<Visit> visit = visit_of(exchange);
  if (!visit) return exchange.refuse(visit.error());
  exchange.visit = std::move(*visit);
  if (exchange.visit->signed_in) core::note_session(exchange.hub(), exchange.call(), *exchange.visit->signed_in);
  const Access& access = exchange.route.access;
  if (access.session && !exchange.visit->signed_in) return first_to(exchange, "/id/sign-in");
  if (access.confirmed && !exchange.visit->signed_in->person.email_verified_at) {
    return first_to(exchange, "/id/verify-email");
  }
  if (exchange.request.method == Method::post) {
    if (const Result<void> checked = check_form(exchange); !checked) return show_problem(exchange, checked.error());
  }
  return std::nullopt;
}

Json layout_data(const Exchange& exchange) {
  Json out = Json::object();
  const Visit& visit = *exchange.visit;
  if (visit.signed_in) {
    out["signed_in"] = {{"name", visit.signed_in->person.full_name()}, {"email", visit.signed_in->person.email}};
  }
  out["dev"] = exchange.services.dev;
  return out;
}

}  // namespace

const Dialect& page_dialect() {
  static const Dialect dialect{"page", &admit, &refuse_as_page};
  return dialect;
}

Response show_page(Exchange& exchange, std::string_view template_name, Json data, int status) {
  Json values = layout_data(exchange);
  values.update(data);
  const Rendering rendering{.language = exchange.visit->language,
                            .form_token = [&](std::string_view action) { return form_token_for(exchange, action); }};
  Response response = page_response(template_name, std::move(values), rendering, status);
  if (response.status == 500 && status != 500 && exchange.services.problem) {
    exchange.services.problem(exchange.request, {codes::internal, "A page could not be made.", "", "", response.body});
    return exchange.refuse({codes::internal, "Something went wrong inside the hub."});
  }
  keep_browser(exchange, response);
  return response;
}

Response redirect_to(const Exchange& exchange, std::string target) {
  Response response{
      .status = exchange.request.method == Method::post ? 303 : 302, .content_type = {}, .body = {}, .headers = {}};
  response.add("Location", std::move(target));
  add_page_headers(response, {});
  keep_browser(exchange, response);
  return response;
}

Result<Parameters> read_form(const Exchange& exchange) {
  const std::string type = media_type(exchange.request);
  if (!exchange.request.body.empty() && type != "application/x-www-form-urlencoded") {
    return Error{codes::unsupported_media_type, "A page takes forms only."};
  }
  Request body_alone;
  body_alone.body = exchange.request.body;
  return read_parameters(body_alone);
}

std::string query_text(const Exchange& exchange, std::string_view name) {
  const Result<std::vector<Parameter>> query = parse_form(exchange.request.query);
  return query ? query_value(*query, name).value_or("") : "";
}

void keep_session(const Exchange& exchange, Response& response, const Secret& secret) {
  response.add("Set-Cookie", kept_cookie(exchange.services.issuer, Cookie::session, secret));
}

void forget_session(const Exchange& exchange, Response& response) {
  response.add("Set-Cookie", forgotten_cookie(exchange.services.issuer, Cookie::session));
}

std::string text_for(const Exchange& exchange, std::string_view key) {
  return render_text(key, Json::object(), exchange.visit ? exchange.visit->language : "en");
}

}  // namespace hub::http
