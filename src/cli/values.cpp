#include "values.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "hub/base/file.h"
#include "hub/base/text.h"
#include "hub/base/time.h"

namespace hub::cli {
namespace {

using operations::FieldInfo;
using operations::ValueKind;

Json integer_value(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return text;
  return number;
}

Json boolean_value(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return text;
}

Json time_value(const std::string& text, const Surroundings& around) {
  if (text.size() < 2 || (text[0] != '-' && text[0] != '+')) return text;
  const std::optional<Seconds> distance = parse_duration(std::string_view(text).substr(1));
  if (!distance) return text;
  const Instant now = around.clock->now();
  return to_rfc3339_ms(text[0] == '-' ? now - *distance : now + *distance);
}

Result<Json> object_value(const FieldInfo& field, const std::string& text) {
  const bool named = !text.empty() && text[0] == '@';
  const Result<std::string> content = named ? read_file(text.substr(1)) : Result<std::string>(text);
  if (!content) return content.error();
  Result<Json> value = parse_json(*content);
  if (value) return value;
  Error error = value.error();
  if (error.hint.empty()) error.hint = "--" + dashes(field.name) + " takes a JSON object or @FILE";
  return error;
}

}  // namespace

std::string dashes(std::string_view field_name) {
  std::string out(field_name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

Result<Json> json_value(const FieldInfo& field, const std::string& text, const Surroundings& around) {
  switch (field.kind) {
    case ValueKind::integer:
      return integer_value(text);
    case ValueKind::boolean:
      return boolean_value(text);
    case ValueKind::time:
      return time_value(text, around);
    case ValueKind::object:
      return object_value(field, text);
    case ValueKind::text:
    case ValueKind::duration:
    case ValueKind::secret:
      break;
  }
  return Json(text);
}

std::vector<std::string> listed_values(const FieldInfo& field, const std::vector<std::string>& texts) {
  const bool words = !field.choices.empty() || field.reference == "scope" || field.reference == "role";
  if (!words) return texts;
  std::vector<std::string> out;
  for (const std::string& text : texts) {
    for (const std::string_view part : split(text, ',')) {
      const std::string_view word = trim(part);
      if (!word.empty()) out.emplace_back(word);
    }
  }
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view word = trim(line);
    if (!word.empty()) out.emplace_back(word);
  }
  return out;
}

}  // namespace hub::cli
