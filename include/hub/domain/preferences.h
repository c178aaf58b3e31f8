#pragma once
#include <array>
#include <string_view>

// What a person may say of themselves (zaikio-hub.md section 5.4).
namespace hub {

inline constexpr std::array<std::string_view, 2> pronouns{"She/Her", "He/Him"};
inline constexpr std::array<std::string_view, 3> locales{"en", "en-US", "de"};
inline constexpr std::array<std::string_view, 2> unit_systems{"metric", "imperial"};

// Of whoever says nothing else.
inline constexpr std::string_view default_locale = "en", default_unit_system = "metric", default_time_zone = "Etc/UTC";

}  // namespace hub
