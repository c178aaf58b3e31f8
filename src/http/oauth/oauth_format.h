#pragma once
#include <string>
#include <string_view>

#include "hub/base/json.h"
#include "hub/http/message.h"

// How answers of the hub dialect look on the wire (zaikio-hub.md section 3.2).
namespace hub::http {

enum class Format { json, xml, text };
// By Accept; JSON for what is missing, unknown or equally good, and wherever the path ends in .json.
Format format_of(const Request& request);

// Members of an object as elements below the root OAuth: objects with children, arrays as text joined by commas.
std::string to_xml(const Json& fields);

// An answer that nobody keeps, as everything with a token in it is (claim HT-07).
Response not_stored(Response response);
// The fields as JSON or XML or, for those who want text, as the words given.
Response formatted(const Request& request, int status, const Json& fields, std::string text);

}  // namespace hub::http
