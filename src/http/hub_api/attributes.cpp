#include <nlohmann/json.hpp>

#include "handlers.h"
#include "hub/base/codes.h"
#include "json_answer.h"

namespace hub::http::hub_api {

Result<Json> read_attributes(const Request& request, std::string_view root) {
  const Result<Json> body = read_object(request);
  if (!body) {
    Error error = body.error();
    error.field = root;
    return error;
  }
  if (const Json* const below = member_of(*body, root)) {
    if (below->is_object()) return *below;
    return Error{codes::malformed_json, "This is no object.", "", std::string(root)};
  }
  if (body->size() == 1 && body->begin().key().ends_with(root) && body->begin()->is_object()) return *body->begin();
  return body;
}

Error invalid_field(std::string_view name, std::string_view words) {
  return {codes::invalid_request, std::string(words), "", std::string(name)};
}

Result<std::optional<std::vector<std::string>>> read_texts(const Json& attributes, std::string_view name) {
  const Json* const value = member_of(attributes, name);
  if (value == nullptr) return std::optional<std::vector<std::string>>();
  if (!value->is_array()) return invalid_field(name);
  std::vector<std::string> out;
  for (const Json& item : *value) {
    if (!item.is_string()) return invalid_field(name);
    out.push_back(item.get<std::string>());
  }
  return std::optional(std::move(out));
}

}  // namespace hub::http::hub_api
