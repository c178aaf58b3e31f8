#include "route_plan.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dispatch.h"
#include "equipment.h"
#include "hub/base/bytes.h"
#include "hub/core/form_token.h"

namespace hub::testing {
namespace {

// Test accounts are there in a sandbox only.
void become_sandbox(Builder& builder) {
  REQUIRE(builder.hub().write(World::as_operator(), [](core::Work& work) -> Result<void> {
    work.db().execute("UPDATE hub SET mode = 'sandbox'", {});
    return {};
  }));
}

Things things_of(Builder& builder, Equipment& equipment, const std::string& org) {
  builder.authorizations(org);
  builder.tokens(org);
  builder.session(org);
  builder.devices(org);
  return equipment.equip(org);
}

}  // namespace

const std::string& spelled(const Things& things, const std::string& placeholder, std::size_t way) {
  const std::vector<std::string>& names = things.at(placeholder);
  return names[std::min(way, names.size() - 1)];
}

Names spelled(const Things& things, std::size_t way) {
  Names out;
  for (const auto& [placeholder, names] : things) out[placeholder] = spelled(things, placeholder, way);
  return out;
}

const RoutePlan& route_plan() {
  static const std::unique_ptr<RoutePlan> plan = [] {
    auto made = std::make_unique<RoutePlan>();
    Blueprint site;
    Builder builder(site);
    become_sandbox(builder);
    builder.staged_key();
    for (const char* org : {"alpha", "beta", "gamma"}) builder.organization(org);
    for (const char* org : {"alpha", "beta", "gamma"}) builder.apps(org);
    Equipment equipment(builder);
    equipment.gamma();
    made->beta = things_of(builder, equipment, "beta");
    made->alpha = things_of(builder, equipment, "alpha");
    made->visitors = equipment.visitors();
    made->administrator = equipment.administrator();
    made->end = builder.clock().now();
    builder.copy_to(made->directory);
    builder.organization("nope");
    builder.apps("nope");
    made->nowhere = things_of(builder, equipment, "nope");
    made->nowhere["connection"].front() = "beta_app/nope";  // the app's name is public, who uses it is not
    return made;
  }();
  return *plan;
}

RouteWorld::RouteWorld()
    : World(Storage::plain, 3, route_plan()), services_{.hub = hub(), .issuer = sweep_issuer, .metrics_text = [] {
                                                          return std::string();
                                                        }} {}

http::Response RouteWorld::send(const http::Request& request) { return http::serve_request(services_, request); }

http::Request request_of(const Visitor& visitor, const http::Route& route, const std::string& target,
                         const std::string& body, Instant now) {
  const std::size_t query = std::min(target.find('?'), target.size());
  http::Request request{.method = route.method,
                        .path = target.substr(0, query),
                        .query = query == target.size() ? "" : target.substr(query + 1),
                        .headers = {},
                        .body = body,
                        .peer = "127.0.0.1",
                        .id = "sweep",
                        .door = route.admin_door ? http::Door::admin : http::Door::open};
  const bool is_page = route.dialect->name == "page";
  std::string cookies = visitor.browser.empty() ? "" : "hub_browser=" + visitor.browser;
  if (!visitor.session.empty()) cookies += "; hub_session=" + visitor.session;
  if (!cookies.empty()) request.headers.push_back({"cookie", cookies});
  if (!visitor.authorization.empty()) request.headers.push_back({"authorization", visitor.authorization});
  if (is_page) request.headers.push_back({"accept", "text/html"});
  if (is_page && route.method == Method::post) {
    request.headers.push_back({"origin", sweep_issuer});
    const Secret owner(visitor.session.empty() ? visitor.browser : visitor.session);
    request.body += (body.empty() ? "csrf=" : "&csrf=") + core::form_token(owner, request.path, now);
  }
  if (request.body.empty()) return request;
  const bool is_json = request.body.starts_with('{');
  request.headers.push_back({"content-type", is_json ? "application/json" : "application/x-www-form-urlencoded"});
  return request;
}

std::string basic_authorization(const std::string& id, const std::string& secret) {
  std::string text = base64url(id + ":" + secret);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.resize((text.size() + 3) / 4 * 4, '=');
  return "Basic " + text;
}

const std::string* header_of(const http::Response& response, std::string_view name) {
  const auto found = std::ranges::find(response.headers, name, &http::Header::name);
  return found == response.headers.end() ? nullptr : &found->value;
}

}  // namespace hub::testing
