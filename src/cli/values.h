#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/base/result.h"
#include "hub/operations/field.h"
#include "surroundings.h"

namespace hub::cli {

// "client_id" as a flag: "client-id".
std::string dashes(std::string_view field_name);

// The text of a flag or argument as the JSON its field takes. What cannot be converted is passed on as text, so that
// the operation says what is wrong with it, in the same words as over HTTP. Times may be relative to now ("-2h",
// "+15m"), objects "@FILE".
Result<Json> json_value(const operations::FieldInfo& field, const std::string& text, const Surroundings& around);

// Repeated values of words that hold no comma may also be given as one list: "owner,admin".
std::vector<std::string> listed_values(const operations::FieldInfo& field, const std::vector<std::string>& texts);

// The lines of a text without white space around them; empty ones are left out.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace hub::cli
