#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/secret.h"
#include "hub/core/hub.h"

// A new secret on its way from the form that made it to the page that shows it once, carried by the browser: sealed,
// for one session and one thing, and for shown_once_lifetime.
namespace hub::core {

inline constexpr Seconds shown_once_lifetime{120};

// Text in base64url. `about`: the thing whose secret it is, by its id.
Result<Secret> seal_to_show(Hub& hub, const SessionId& session, std::string_view about, const Secret& secret);
// None for what is too old, of another session, about something else, or altered.
std::optional<Secret> open_to_show(Hub& hub, const SessionId& session, std::string_view about, const Secret& sealed);

}  // namespace hub::core
