#pragma once
#include <optional>
#include <string_view>

#include "hub/base/time.h"

namespace hub {

// The offset from UTC that a TZ text says, as the footer of a TZif file has one for all times after its last
// transition: "CET-1CEST,M3.5.0,M10.5.0/3", "<+0545>-5:45" (RFC 9636 section 3.3). Changes are by month, week and day,
// which is how every zone has them. None for any other text.
std::optional<Seconds> offset_by_rule(std::string_view rule, std::int64_t unix_s);

}  // namespace hub
