#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/operation.h"

namespace hub::cli {

enum class Format { table, wide, json, jsonl, yaml, csv, tsv, id, env, raw, none, header };

std::string_view name_of(Format format);
std::optional<Format> parse_format(std::string_view name);
bool is_structured(Format format);  // json, jsonl, yaml: carries every field and the envelope of a change
bool is_table(Format format);

// What a command answers: rows of a list or one object.
struct AnswerShape {
  bool list = false;
  std::vector<operations::FieldInfo> fields;
  std::string_view id = "";  // the field -q prints; "" if the command has none

  const operations::FieldInfo* find(std::string_view name) const;
  // The one secret or token of an object: what -o raw prints. nullptr if there is none or more than one.
  const operations::FieldInfo* only_secret() const;
  bool has_secret() const;
  bool is_token_response() const;  // has an access_token: an answer that is made to be shown
};

// The formats that such an answer can be given in.
std::vector<Format> formats_of(const AnswerShape& shape);

}  // namespace hub::cli
