#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "hub/base/limits.h"
#include "hub/base/result.h"

namespace hub {

// JSON with members in the order they were written.
using Json = nlohmann::ordered_json;

struct JsonLimits {
  int depth = limits::json_depth;
  int members = limits::json_members;  // of all objects and arrays together
};

// The only way from text to JSON (claims L-11, IN-01, IN-05). Refuses with malformed_json: more depth or members than
// the limits, duplicate member names, bytes that are no clean UTF-8 (also by escapes), anything after the value.
Result<Json> parse_json(std::string_view text, JsonLimits most = {});

// One line of valid UTF-8 whatever the strings hold.
std::string to_line(const Json& value);

}  // namespace hub
