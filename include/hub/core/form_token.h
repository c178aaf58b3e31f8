#pragma once
#include <string>
#include <string_view>

#include "hub/base/secret.h"
#include "hub/base/time.h"
#include "hub/core/hub.h"

// What the forms of pages carry so that no other site can post them (claim WB-03).
namespace hub::core {

inline constexpr Seconds form_token_lifetime{15 * 60};

// 256 random bits that a browser is told apart by; never a session.
Secret make_browser(Hub& hub);

// A token for the form that posts to the path `action`, good for form_token_lifetime for whom `owner` is known to: the
// secret of a session, or of a browser in which nobody is signed in.
std::string form_token(const Secret& owner, std::string_view action, Instant now);
bool is_form_token(std::string_view token, const Secret& owner, std::string_view action, Instant now);

}  // namespace hub::core
