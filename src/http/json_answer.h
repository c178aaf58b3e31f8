#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/form.h"
#include "hub/base/json.h"
#include "hub/base/time.h"
#include "hub/http/message.h"

// JSON in and out of the REST routes.
namespace hub::http {

inline constexpr std::string_view json_content = "application/json; charset=utf-8";
Response json_response(int status, const Json& body);
Response no_content();

// An object; an empty body is one without members. malformed_json; unsupported_media_type for a body that says it is
// something else.
Result<Json> read_object(const Request& request);

// Members of an object: nullptr or none when missing or null, wrong type as well.
const Json* member_of(const Json& object, std::string_view name);
std::optional<std::string> text_member(const Json& object, std::string_view name);
// Whether the member is there at all, null included.
bool has_member(const Json& object, std::string_view name);

Json text_or_null(const std::optional<std::string>& text);
Json time_or_null(const std::optional<Instant>& at);
Json texts_as_json(const std::vector<std::string>& texts);

// The last value sent under a name; none when it is missing or null.
std::optional<std::string> query_value(const std::vector<Parameter>& query, std::string_view name);

}  // namespace hub::http
