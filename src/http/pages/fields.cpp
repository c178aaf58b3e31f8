#include "fields.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "page.h"
#include "sources.h"

namespace hub::http {
namespace {

// 401 would promise a way to authenticate that browsers know.
int form_status(const Error& error) {
  const int status = http_status(error.code.failure);
  return status == 401 ? 422 : status;
}

}  // namespace

Json as_json(const Field& field) {
  const bool several = field.type == "checkbox", each_a_line = several || field.type == "radio";
  Json out{{"name", field.name},
           {"control", several ? field.name + "[]" : field.name},
           {"id", field.name},
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
           {"chosen_from", !field.options.empty() && !each_a_line},
           {"each_a_line", each_a_line},
           {"lines", field.type == "lines"},
           {"options", Json::array()}};
  out["plain"] = !out["chosen_from"].get<bool>() && !each_a_line && field.type != "lines";
  for (const Option& option : field.options) {
    const bool chosen =
        several ? std::ranges::find(field.chosen, option.value) != field.chosen.end() : option.value == field.value;
    out["options"].push_back(
        {{"value", option.value}, {"option_label", option.label}, {"option_note", option.note}, {"selected", chosen}});
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

std::vector<std::string> sent_list(const Parameters& form, std::string_view name) {
  std::vector<std::string> out;
  for (const Parameters::Entry& entry : form.entries()) {
    const bool ours = entry.name == std::string(name) + "[]";
    if (ours && entry.value && !entry.value->empty()) out.push_back(*entry.value);
  }
  return out;
}

std::vector<std::string> sent_lines(const Parameters& form, std::string_view name) {
  std::vector<std::string> out;
  const std::string text = sent(form, name);
  for (const std::string_view line : split(text, '\n')) {
    if (const std::string_view word = trim(line); !word.empty()) out.emplace_back(word);
  }
  return out;
}

Response show_form(Exchange& exchange, std::string_view template_name, Json data, const Error* error) {
  if (error != nullptr) show_error(data, *error, exchange.visit->language);
  return show_refused(exchange, template_name, std::move(data), error);
}

Response show_refused(Exchange& exchange, std::string_view template_name, Json data, const Error* error) {
  if (error == nullptr) return show_page(exchange, template_name, std::move(data));
  Response response = show_page(exchange, template_name, std::move(data), form_status(*error));
  response.trace.error = error->code.name;
  if (response.status == 503) response.add("Retry-After", "1");
  return response;
}

bool is_form_error(const Error& error) {
  switch (error.code.failure) {
    case Failure::unauthenticated:
    case Failure::conflict:
    case Failure::invalid:
    case Failure::limited:
      return true;
    default:
      return error.code == codes::overloaded;
  }
}

}  // namespace hub::http
