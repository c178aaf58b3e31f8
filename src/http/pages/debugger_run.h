#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/json.h"
#include "route.h"

// What the debugger of a development hub tries out: each flow as an app would go through it.
namespace hub::http {

// The values of its form: "client_id", "client_secret", "scope", "redirect_uri", "code", "code_verifier",
// "device_code", "refresh_token". What a step yields is put there for the next one.
using DebuggerValues = std::map<std::string, std::string, std::less<>>;

// Runs one step, "client_credentials", "authorize", "exchange", "device", "poll" or "refresh", and says what was asked
// and what came back: {"curl","status","body","token","rule","hint","scopes","link"}.
Json run_step(Exchange& exchange, std::string_view step, DebuggerValues& values);

}  // namespace hub::http
