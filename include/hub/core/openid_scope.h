#pragma once
#include <algorithm>
#include <array>
#include <string_view>

namespace hub::core {

// OpenID Connect Core 1.0 sections 3.1.2.1, 5.4 and 11. They are of the standard dialect, never desired by an app
// (decisions-week-one.md 22).
inline constexpr std::array<std::string_view, 6> openid_scopes{"openid",  "profile", "email",
                                                               "address", "phone",   "offline_access"};

inline bool is_openid_scope(std::string_view text) {
  return std::find(openid_scopes.begin(), openid_scopes.end(), text) != openid_scopes.end();
}

}  // namespace hub::core
