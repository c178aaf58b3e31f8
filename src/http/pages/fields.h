#pragma once
#include <string>
#include <vector>

#include "hub/base/error.h"
#include "hub/base/json.h"
#include "parameters.h"
#include "route.h"

// The controls of forms, drawn by templates/field.mustache, each with its label, hint and error.
namespace hub::http {

struct Option {
  std::string value, label;  // label as shown, not a key
  std::string note = {};     // said below it, where each has a line of its own
};
struct Field {
  std::string name;           // of the parameter, and the control's id
  std::string label;          // key of a text
  std::string type = "text";  // of an input; "lines" for a text of several; "radio" and "checkbox" with options
  std::string autocomplete = {};
  std::string value = {};
  bool required = true;
  bool quiet = false;  // does not say that it is optional
  bool autofocus = false;
  std::string hint = {};                 // key of a text
  std::vector<Option> options = {};      // what there is to choose from: a list to open, or one line each
  std::vector<std::string> chosen = {};  // of check boxes, which are sent as name[]
};
Json as_json(const Field& field);
Json as_json(const std::vector<Field>& fields);

// What is wrong with a form, in the visitor's language: data["error"], or at the control that is at fault.
void show_error(Json& data, const Error& error, const std::string& language);
// The page of a form; the same again, with what is wrong with it, when `error` refused what was sent.
Response show_form(Exchange& exchange, std::string_view template_name, Json data, const Error* error);
// The same where `data` has the error already.
Response show_refused(Exchange& exchange, std::string_view template_name, Json data, const Error* error);
// Shown at the form it was sent with; all others are pages of their own.
bool is_form_error(const Error& error);
// The same sentence alone.
std::string sentence_of(const Error& error, const std::string& language);

// What was sent under the name; "" for nothing.
std::string sent(const Parameters& form, std::string_view name);
// What check boxes of this name sent; the lines of a text, without empty ones.
std::vector<std::string> sent_list(const Parameters& form, std::string_view name);
std::vector<std::string> sent_lines(const Parameters& form, std::string_view name);

}  // namespace hub::http
