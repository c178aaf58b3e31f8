#pragma once
#include <string>
#include <string_view>

#include "hub/base/json.h"
#include "hub/operations/field.h"

namespace hub::cli {

// The member `name` of a row, or "metadata.kind" for one inside; nullptr when missing.
const Json* find_value(const Json& row, std::string_view name);

// A value in one piece of text for columns: arrays joined with commas, objects as JSON, null and missing as "".
std::string plain_text(const Json* value);

// The same for people: yes and no, times in local time if asked for, no control characters.
std::string cell_text(const Json* value, operations::ValueKind kind, bool local_times);

// Columns that a terminal shows the text in; wide characters count two, combining ones none.
std::size_t display_width(std::string_view text);

}  // namespace hub::cli
