#include "json_answer.h"

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "parameters.h"

namespace hub::http {
namespace {

bool says_json(const Request& request) {
  const std::string type = media_type(request);
  return type.empty() || type == "application/json" || type.ends_with("+json");
}

}  // namespace

Response json_response(int status, const Json& body) {
  return {.status = status, .content_type = std::string(json_content), .body = to_line(body), .headers = {}};
}

Response no_content() { return {.status = 204, .content_type = {}, .body = {}, .headers = {}}; }

Result<Json> read_object(const Request& request) {
  if (trim(request.body).empty()) return Json::object();
  if (!says_json(request)) return Error{codes::unsupported_media_type, "The body must be application/json."};
  Result<Json> body = parse_json(request.body);
  if (!body) return body;
  if (!body->is_object()) return Error{codes::malformed_json, "The body must be a JSON object."};
  return body;
}

const Json* member_of(const Json& object, std::string_view name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(std::string(name));
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::string> text_member(const Json& object, std::string_view name) {
  const Json* const value = member_of(object, name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

bool has_member(const Json& object, std::string_view name) {
  return object.is_object() && object.contains(std::string(name));
}

Json text_or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json time_or_null(const std::optional<Instant>& at) { return at ? Json(to_rfc3339_ms(*at)) : Json(nullptr); }

Json texts_as_json(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push_back(text);
  return out;
}

std::optional<std::string> query_value(const std::vector<Parameter>& query, std::string_view name) {
  std::optional<std::string> out;
  for (const Parameter& parameter : query) {
    if (parameter.name == name) out = parameter.value;
  }
  return out;
}

}  // namespace hub::http
