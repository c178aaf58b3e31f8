#pragma once
#include <optional>
#include <string>

#include "hub/core/portal.h"
#include "route.h"

namespace hub::http {

// What somebody signs in for.
struct PendingRequest {
  LoginRequest request;
  core::AskingApp app;
};
// The request that the way back names ("/grant?request=..."), if this browser has it still.
std::optional<PendingRequest> pending_request(Exchange& exchange, const std::string& way_back);

// Shows the app above the form, lets the answer to the form lead to it, and speaks the language it asked for.
void show_pending(Exchange& exchange, const PendingRequest& pending, Json& data);

// The data of templates/asking_app.mustache.
Json asking_as_json(const std::string& title, const std::string& owner);

}  // namespace hub::http
