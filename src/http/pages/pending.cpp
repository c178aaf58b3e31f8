#include "pending.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "consent_view.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "page.h"

namespace hub::http {
namespace {

std::optional<Secret> handle_in(const std::string& way_back) {
  const std::size_t query = way_back.find('?');
  if (query == std::string::npos) return std::nullopt;
  const Result<std::vector<Parameter>> parsed = parse_form(std::string_view(way_back).substr(query + 1));
  if (!parsed) return std::nullopt;
  for (const Parameter& one : *parsed) {
    if (one.name == "request" && one.value && !one.value->empty()) return Secret(*one.value);
  }
  return std::nullopt;
}

// The first letter of the title; a whole character, however many bytes it has.
std::string initial_of(const std::string& title) {
  if (title.empty()) return "";
  std::size_t length = 1;
  while (length < title.size() && (static_cast<unsigned char>(title[length]) & 0xC0) == 0x80) ++length;
  return title.substr(0, length);
}

}  // namespace

std::optional<PendingRequest> pending_request(Exchange& exchange, const std::string& way_back) {
  const std::optional<Secret> handle = handle_in(way_back);
  if (!handle) return std::nullopt;
  Result<PendingRequest> found = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<PendingRequest> {
    Result<LoginRequest> request = core::find_login_request(view, *handle, exchange.visit->browser);
    if (!request) return request.error();
    std::optional<core::AskingApp> app = core::asking_app(view, *request);
    if (!app) return Error{codes::unknown_application, "The application is gone."};
    return PendingRequest{std::move(*request), std::move(*app)};
  });
  return found ? std::optional<PendingRequest>(std::move(*found)) : std::nullopt;
}

void show_pending(Exchange& exchange, const PendingRequest& pending, Json& data) {
  speak_as_asked(exchange, pending.request);
  data["asking"] = asking_as_json(pending.app.title, pending.app.owner);
  data["app_title"] = pending.app.title;
  data["leads_to"] = pending.request.redirect_uri;
}

Json asking_as_json(const std::string& title, const std::string& owner) {
  return {{"initial", initial_of(title)}, {"title", title}, {"owner", owner}};
}

}  // namespace hub::http
