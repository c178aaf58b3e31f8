#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace hub::operations {

// Microseconds since 1970 of a time in ISO 8601, as filters take it: a date, or a date and a time down to minutes,
// seconds or fractions; with hyphens and colons or without; UTC where no zone is given. All that was before 1970 is -1.
std::optional<std::int64_t> read_time(std::string_view text);

}  // namespace hub::operations
