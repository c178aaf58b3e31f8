#include "output/format.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hub::cli {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 12> names = {{{Format::table, "table"},
                                                                        {Format::wide, "wide"},
                                                                        {Format::json, "json"},
                                                                        {Format::jsonl, "jsonl"},
                                                                        {Format::yaml, "yaml"},
                                                                        {Format::csv, "csv"},
                                                                        {Format::tsv, "tsv"},
                                                                        {Format::id, "id"},
                                                                        {Format::env, "env"},
                                                                        {Format::raw, "raw"},
                                                                        {Format::none, "none"},
                                                                        {Format::header, "header"}}};

bool is_secret(const operations::FieldInfo& field) { return field.kind == operations::ValueKind::secret; }

}  // namespace

std::string_view name_of(Format format) { return names[static_cast<std::size_t>(format)].second; }

std::optional<Format> parse_format(std::string_view name) {
  for (const auto& [format, text] : names) {
    if (text == name) return format;
  }
  return std::nullopt;
}

bool is_structured(Format format) {
  return format == Format::json || format == Format::jsonl || format == Format::yaml;
}

bool is_table(Format format) { return format == Format::table || format == Format::wide; }

const operations::FieldInfo* AnswerShape::find(std::string_view name) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

const operations::FieldInfo* AnswerShape::only_secret() const {
  if (list) return nullptr;
  if (const operations::FieldInfo* token = find("access_token")) return token;
  if (std::count_if(fields.begin(), fields.end(), is_secret) != 1) return nullptr;
  return &*std::find_if(fields.begin(), fields.end(), is_secret);
}

bool AnswerShape::has_secret() const { return std::any_of(fields.begin(), fields.end(), is_secret); }

bool AnswerShape::is_token_response() const { return !list && find("access_token") != nullptr; }

std::vector<Format> formats_of(const AnswerShape& shape) {
  if (shape.fields.empty()) return {Format::raw};  // a text of its own, such as a completion script
  std::vector<Format> out;
  for (const auto& [format, text] : names) {
    const bool possible = format == Format::id       ? shape.find(shape.id) != nullptr
                          : format == Format::env    ? !shape.list
                          : format == Format::raw    ? shape.only_secret() != nullptr
                          : format == Format::header ? shape.is_token_response()
                                                     : true;
    if (possible) out.push_back(format);
  }
  return out;
}

}  // namespace hub::cli
