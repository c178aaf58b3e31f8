#include <nlohmann/json.hpp>

#include "handlers.h"
#include "hub/base/codes.h"
#include "json_answer.h"

namespace hub::http::nexus_api {
namespace {

Error wrong(std::string_view name, std::string_view what) {
  return {codes::invalid_request, std::string(name) + " must be " + std::string(what) + ".", "", std::string(name)};
}

}  // namespace

Result<std::optional<std::string>> read_text(const Json& body, std::string_view name) {
  const Json* const value = member_of(body, name);
  if (value == nullptr) return std::optional<std::string>();
  if (!value->is_string()) return wrong(name, "a text");
  return std::optional(value->get<std::string>());
}

Result<std::string> read_needed_text(const Json& body, std::string_view name) {
  const Result<std::optional<std::string>> text = read_text(body, name);
  if (!text) return text.error();
  if (!*text) return wrong(name, "given");
  return **text;
}

Result<core::Patch<std::string>> read_patch(const Json& body, std::string_view name) {
  if (!has_member(body, name)) return core::Patch<std::string>();
  const Result<std::optional<std::string>> text = read_text(body, name);
  if (!text) return text.error();
  return *text ? core::Patch<std::string>(**text) : core::Patch<std::string>::unset();
}

Result<std::optional<std::vector<std::string>>> read_texts(const Json& body, std::string_view name) {
  const Json* const value = member_of(body, name);
  if (value == nullptr) return std::optional<std::vector<std::string>>();
  std::vector<std::string> out;
  if (!value->is_array()) return wrong(name, "an array of texts");
  for (const Json& item : *value) {
    if (!item.is_string()) return wrong(name, "an array of texts");
    out.push_back(item.get<std::string>());
  }
  return std::optional(std::move(out));
}

Result<std::optional<core::ObjectText>> read_metadata(const Json& body) {
  constexpr std::string_view name = "metadata";
  if (!has_member(body, name)) return std::optional<core::ObjectText>();
  const Json* const value = member_of(body, name);
  if (value == nullptr) return std::optional(core::ObjectText());
  if (!value->is_object()) return wrong(name, "an object");
  return std::optional(core::ObjectText{to_line(*value)});
}

Result<bool> read_flag(const Json& body, std::string_view name) {
  const Json* const value = member_of(body, name);
  if (value == nullptr) return false;
  if (!value->is_boolean()) return wrong(name, "true or false");
  return value->get<bool>();
}

Result<std::optional<Seconds>> read_overlap(const Request& request) {
  const Result<Json> body = read_object(request);
  if (!body) return body.error();
  const Json* const value = member_of(*body, "overlap");
  if (value == nullptr) return std::optional<Seconds>();
  // Longer than any overlap may be, and far from where numbers end.
  constexpr std::int64_t most = std::int64_t{1} << 32;
  const bool fits = value->is_number_integer() && *value >= 0 && *value <= most;
  if (!fits) return wrong("overlap", "a whole number of seconds");
  return std::optional(Seconds(value->get<std::int64_t>()));
}

Result<void> check_not_null(const Json& body, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (has_member(body, name) && member_of(body, name) == nullptr) return wrong(name, "left out or given");
  }
  return {};
}

Response listed(const Json& rows, std::int64_t total) {
  Response response = json_response(200, rows);
  response.add("X-Total-Count", std::to_string(total));
  return response;
}

Response not_stored(int status, const Json& body) {
  Response response = json_response(status, body);
  response.add("Cache-Control", "no-store");
  return response;
}

}  // namespace hub::http::nexus_api
