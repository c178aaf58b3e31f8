#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"

// Targets, queries and forms from their raw bytes (claims L-04 to L-06, TN-06, IN-01).
namespace hub {

// Percent-decoded once; `+` stays. None: a bad escape, or bytes that are no clean UTF-8 (NUL among them).
std::optional<std::string> percent_decode(std::string_view text);
std::string percent_encode(std::string_view text);  // everything but the unreserved characters of RFC 3986

// One name of application/x-www-form-urlencoded data. No value: written without "=", which means null.
struct Parameter {
  std::string name;
  std::optional<std::string> value;
};
// In the order sent, split at "&", name and value at the first "=", `+` a space. invalid_request for a bad escape, for
// text that is no clean UTF-8, or for more than limits::json_members names.
Result<std::vector<Parameter>> parse_form(std::string_view text);

// One more name and value in the query of a URL without a fragment; the value is encoded, the name is taken as it is.
void add_parameter(std::string& url, std::string_view name, std::string_view value);

// The decoded segments of a raw path: "/a/b" gives a, b; "/" gives none; a single trailing slash is tolerated.
// invalid_request for a segment that is empty, "." or "..", or holds "/", NUL or unclean UTF-8 once decoded.
Result<std::vector<std::string>> parse_path(std::string_view path);

}  // namespace hub
