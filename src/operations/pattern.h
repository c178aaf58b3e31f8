#pragma once
#include <string_view>

#include "hub/base/result.h"

namespace hub::operations {

// At most 256 characters and 8 wildcards (claim IN-04); otherwise invalid_query.
Result<void> check_pattern(std::string_view pattern);
// The same of a text to search for, which has no wildcards.
Result<void> check_search_text(std::string_view text);

// `%` is any run, `_` one character, a backslash takes both and itself literally; ASCII case is ignored. Takes at most
// text times pattern steps and no memory.
bool is_like(std::string_view text, std::string_view pattern);

// Whether `part` occurs in `text`, ignoring ASCII case.
bool contains_ignoring_case(std::string_view text, std::string_view part);

}  // namespace hub::operations
