#include "hub/core/status.h"
#include "oauth/oauth_error.h"
#include "route.h"

namespace hub::http {
namespace {

Response as_text(int status, std::string text) {
  Response response{
      .status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text), .headers = {}};
  response.add("Cache-Control", "no-store");
  return response;
}

Response live(Exchange&) { return as_text(200, "live\n"); }

// Ready: the store answers and a key signs.
Response ready(Exchange& exchange) {
  const Result<void> state =
      exchange.hub().read(exchange.call(), [](core::View& view) { return core::check_ready(view); });
  if (!state) return as_text(503, std::string(state.error().code.name) + "\n");
  return as_text(200, "ready\n");
}

// Counters name no tenant and no client, but how busy a hub is is nobody's business outside.
Response metrics(Exchange& exchange) {
  if (!exchange.services.metrics_text) return as_text(503, "no metrics\n");
  Response response = as_text(200, exchange.services.metrics_text());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

Route health(std::string_view path, Handler handler, std::string_view name) {
  return {.method = Method::get,
          .path = path,
          .dialect = &oauth_standard_dialect(),
          .access = {.anyone = true},
          .handler = handler,
          .name = name};
}

}  // namespace

std::vector<Route> health_routes() {
  Route numbers = health("/metrics", &metrics, "counters for Prometheus");
  numbers.admin_door = true;
  return {health("/health/live", &live, "the process answers"),
          health("/health/ready", &ready, "the store answers and a key signs"), numbers};
}

}  // namespace hub::http
