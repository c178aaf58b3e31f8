#include "hub/operations/command_line.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/operations/command.h"

namespace hub::operations {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
}

std::string quoted(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : to_line(value); }

// A value that begins with a dash would be taken for a flag where it stands alone.
std::string flag_with(const std::string& flag, const std::string& value) {
  return " --" + flag + (value.starts_with('-') ? "=" : " ") + quoted(value);
}

// A word that no shell takes for anything else; choices are written with "|" in help.
std::string blank_for(const FieldInfo& field) {
  const std::string shown = value_name(field);
  return std::all_of(shown.begin(), shown.end(), is_plain) ? shown : argument_name(field);
}

class Words {
 public:
  Words(std::string_view operation, const Json& request, const ShellLine& line)
      : request_(request),
        line_(line),
        command_(describe(*find_operation(operation))),
        out_("hubctl " + std::string(operation)) {}

  std::string all() {
    for (const std::string_view name : command_.arguments) {
      if (const FieldInfo* const field = find_field(command_.request, name)) add_argument(*field);
    }
    for (const FieldInfo& field : command_.request) {
      if (!is_argument(command_, field)) add_flag(field);
    }
    if (line_.keeps_secret) out_ += " --secret-out FILE";
    if (!line_.actor.empty()) out_ += flag_with("actor", "person:" + line_.actor);
    // What begins with a dash is no flag after two of them.
    if (!dashed_.empty()) out_ += " --" + dashed_;
    return out_;
  }

 private:
  bool is_open(const FieldInfo& field) const {
    return std::find(line_.open.begin(), line_.open.end(), field.name) != line_.open.end();
  }

  void add_argument(const FieldInfo& field) {
    const Json* const value = find_member(request_, field.name);
    if (value == nullptr) {
      if (is_open(field)) out_ += " " + argument_name(field) + (field.repeated ? "..." : "");
      return;
    }
    for (const Json& one : value->is_array() ? *value : Json::array({*value})) {
      const std::string text = text_of(one);
      (text.starts_with('-') ? dashed_ : out_) += " " + quoted(text);
    }
  }

  void add_flag(const FieldInfo& field) {
    const Json* const value = find_member(request_, field.name);
    if (value == nullptr) {
      if (is_open(field)) out_ += " --" + flag_name(field) + " " + blank_for(field);
    } else if (value->is_null() || (value->is_array() && value->empty())) {
      if (field.unsettable) out_ += " --unset " + std::string(field.name);
    } else if (value->is_boolean()) {
      if (value->get<bool>()) out_ += " --" + flag_name(field);
    } else {
      for (const Json& one : value->is_array() ? *value : Json::array({*value})) {
        out_ += flag_with(flag_name(field), text_of(one));
      }
    }
  }

  const Json& request_;
  const ShellLine& line_;
  CommandInfo command_;
  std::string out_, dashed_;
};

}  // namespace

std::string in_shell(std::string_view operation, const Json& request, const ShellLine& line) {
  return Words(operation, request, line).all();
}

}  // namespace hub::operations
