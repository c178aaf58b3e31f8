#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/operations/field.h"

namespace hub::operations {
namespace {

constexpr std::size_t shown_name_bytes = 64;  // of an unknown member in a message

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

// The value itself never shows: it may be a secret that went into the wrong field.
Error wrong(const FieldInfo& field, const std::string& what) {
  return {codes::invalid_request, in_quotes(field.name) + ' ' + what + '.', {}, std::string(field.name)};
}

std::size_t most_bytes(const FieldInfo& field) {
  if (field.kind == ValueKind::secret) return limits::secret_file_bytes;
  if (!field.reference.empty()) return limits::token_bytes;  // a reference may be a whole token or scope
  return limits::text_bytes;
}

std::string listed(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

Result<void> check_choice(const FieldInfo& field, const std::string& value) {
  const auto& choices = field.choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), value) != choices.end()) return {};
  Error error = wrong(field, "must be " + listed(choices));
  if (const std::string_view near = nearest(value, choices); !near.empty()) {
    error.hint = "did you mean " + in_quotes(near) + "?";
  }
  return error;
}

Result<void> read_text(const FieldInfo& field, const Json& json, std::string& out) {
  const auto* const text = json.get_ptr<const Json::string_t*>();
  if (text == nullptr) return wrong(field, "must be text");
  const std::size_t most = most_bytes(field);
  if (text->size() > most) return wrong(field, "is longer than " + std::to_string(most) + " bytes");
  if (!is_clean_utf8(*text)) return wrong(field, "is not clean UTF-8");
  if (Result<void> chosen = check_choice(field, *text); !chosen) return chosen;
  out = *text;
  return {};
}

}  // namespace

Result<void> read_value(const FieldInfo& field, const Json& json, std::string& out) {
  return read_text(field, json, out);
}

Result<void> read_value(const FieldInfo& field, const Json& json, std::int64_t& out) {
  if (!json.is_number_integer()) return wrong(field, "must be a whole number");
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return wrong(field, "is too large a number");
    }
  }
  out = json.get<std::int64_t>();
  return {};
}

Result<void> read_value(const FieldInfo& field, const Json& json, bool& out) {
  if (!json.is_boolean()) return wrong(field, "must be true or false");
  out = json.get<bool>();
  return {};
}

Result<void> read_value(const FieldInfo& field, const Json& json, Instant& out) {
  const auto* const text = json.get_ptr<const Json::string_t*>();
  const std::optional<Instant> at = text == nullptr ? std::nullopt : parse_rfc3339(*text);
  if (!at) return wrong(field, "must be a time like 2026-11-22T09:30:00Z");
  out = *at;
  return {};
}

Result<void> read_value(const FieldInfo& field, const Json& json, Seconds& out) {
  const auto* const text = json.get_ptr<const Json::string_t*>();
  const std::optional<Seconds> duration = text == nullptr ? std::nullopt : parse_duration(*text);
  if (!duration) return wrong(field, "must be a duration like 90s, 15m, 8h or 7d");
  out = *duration;
  return {};
}

Result<void> read_value(const FieldInfo& field, const Json& json, Secret& out) {
  std::string text;
  if (Result<void> read = read_text(field, json, text); !read) return read;
  out = Secret(std::move(text));
  return {};
}

Result<void> read_value(const FieldInfo& field, const Json& json, ObjectText& out) {
  if (!json.is_object()) return wrong(field, "must be a JSON object");
  out.json = to_line(json);
  return {};
}

Result<void> read_value(const FieldInfo& field, const Json& json, std::vector<std::string>& out) {
  out.clear();
  if (json.is_string()) return read_text(field, json, out.emplace_back());
  if (!json.is_array()) return wrong(field, "must be a list of texts");
  for (const Json& item : json) {
    if (Result<void> read = read_text(field, item, out.emplace_back()); !read) return read;
  }
  return {};
}

void write_value(Json& json, const std::string& value) { json = value; }
void write_value(Json& json, std::int64_t value) { json = value; }
void write_value(Json& json, bool value) { json = value; }
void write_value(Json& json, Instant value) { json = to_rfc3339(value); }
void write_value(Json& json, Seconds value) { json = to_text(value); }
void write_value(Json& json, const Secret& value) { json = value.reveal(); }
void write_value(Json& json, const std::vector<std::string>& value) { json = value; }

void write_value(Json& json, const ObjectText& value) {
  Result<Json> object = parse_json(value.json);
  // only a damaged store can hold anything else; its text still shows
  json = object ? std::move(*object) : Json(value.json);
}

void write_value(Json& json, const std::vector<ObjectText>& value) {
  json = Json::array();
  for (const ObjectText& object : value) write_value(json.emplace_back(), object);
}

void write_null(Json& json) { json = nullptr; }
bool is_null(const Json& json) { return json.is_null(); }
void clear(Json& json) { json = Json::object(); }

Json& member(Json& object, std::string_view name) { return object[std::string(name)]; }

const Json* find_member(const Json& object, std::string_view name) {
  const auto* const members = object.get_ptr<const Json::object_t*>();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(), [&](const auto& one) { return one.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

Result<void> check_members(const Json& request, const std::vector<FieldInfo>& fields) {
  if (!request.is_object()) return Error{codes::invalid_request, "The request must be a JSON object."};
  for (const auto& [name, value] : request.items()) {
    const std::string& asked = name;
    const auto is_named = [&](const FieldInfo& field) { return field.name == asked; };
    if (std::any_of(fields.begin(), fields.end(), is_named)) continue;
    std::vector<std::string_view> names;
    for (const FieldInfo& field : fields) names.push_back(field.name);
    const std::string shown = is_display_name(asked, shown_name_bytes) ? in_quotes(asked) : "of that name";
    Error error{codes::unknown_field, "There is no field " + shown + '.', {}, asked};
    if (const std::string_view near = nearest(asked, names); !near.empty()) {
      error.hint = "did you mean " + in_quotes(near) + "?";
    }
    return error;
  }
  return {};
}

Error missing_field(const FieldInfo& field) { return wrong(field, "is missing"); }

}  // namespace hub::operations
