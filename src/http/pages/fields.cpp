#include "fields.h"

#include <nlohmann/json.hpp>

#include "sources.h"

namespace hub::http {

Json as_json(const Field& field) {
  Json out{{"name", field.name},
           {"label", field.label},
           {"type", field.type},
           {"autocomplete", field.autocomplete},
           {"value", field.value},
           {"required", field.required},
           {"optional", !field.required && !field.quiet},
           {"autofocus", field.autofocus},
           {"hint", field.hint},
           {"field_error", false},
           {"described", !field.hint.empty()},
           {"chosen_from", !field.options.empty()},
           {"options", Json::array()}};
  for (const Option& option : field.options) {
    out["options"].push_back(
        {{"value", option.value}, {"option_label", option.label}, {"selected", option.value == field.value}});
  }
  return out;
}

Json as_json(const std::vector<Field>& fields) {
  Json out = Json::array();
  for (const Field& field : fields) out.push_back(as_json(field));
  return out;
}

std::string sentence_of(const Error& error, const std::string& language) {
  const std::string key = "problem." + std::string(error.code.name);
  for (const std::string& one : {key + "." + error.field, key}) {
    if (const std::string* const text = find_text(language, one)) return *text;
  }
  return error.message;
}

void show_error(Json& data, const Error& error, const std::string& language) {
  const std::string sentence = sentence_of(error, language);
  if (!error.field.empty() && data.contains("fields")) {
    for (Json& field : data["fields"]) {
      if (field["name"] != error.field) continue;
      field["field_error"] = sentence;
      field["described"] = true;
      return;
    }
  }
  data["error"] = sentence;
}

std::string sent(const Parameters& form, std::string_view name) {
  const std::string* const value = form.find(name);
  return value == nullptr ? "" : *value;
}

}  // namespace hub::http
