#pragma once
#include <string>
#include <vector>

#include "hub/base/error.h"
#include "hub/base/json.h"
#include "parameters.h"

// The controls of forms, drawn by templates/field.mustache, each with its label, hint and error.
namespace hub::http {

struct Option {
  std::string value, label;  // label as shown, not a key
};
struct Field {
  std::string name;   // of the parameter, and the control's id
  std::string label;  // key of a text
  std::string type = "text";
  std::string autocomplete = {};
  std::string value = {};
  bool required = true;
  bool quiet = false;  // does not say that it is optional
  bool autofocus = false;
  std::string hint = {};             // key of a text
  std::vector<Option> options = {};  // makes it a list to choose from
};
Json as_json(const Field& field);
Json as_json(const std::vector<Field>& fields);

// What is wrong with a form, in the visitor's language: data["error"], or at the control that is at fault.
void show_error(Json& data, const Error& error, const std::string& language);
// The same sentence alone.
std::string sentence_of(const Error& error, const std::string& language);

// What was sent under the name; "" for nothing.
std::string sent(const Parameters& form, std::string_view name);

}  // namespace hub::http
