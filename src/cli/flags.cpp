#include "flags.h"

#include <algorithm>

#include "builtin.h"
#include "errors.h"
#include "hub/base/text.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;
using operations::FieldInfo;
using operations::GlobalFlag;
using operations::ValueKind;

bool has_flag(const std::vector<Flag>& flags, const std::string& name) {
  return std::any_of(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.name == name; });
}

const GlobalFlag* global_flag(char letter) {
  for (const GlobalFlag& flag : operations::global_flags()) {
    if (flag.letter == letter) return &flag;
  }
  return nullptr;
}

bool is_value(const FieldInfo& field) { return field.kind != ValueKind::boolean; }

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

std::vector<Flag> flags_of(const CommandInfo& command) {
  std::vector<Flag> out;
  for (const FieldInfo& field : command.request) {
    if (!operations::is_argument(command, field)) out.push_back({operations::flag_name(field), '\0', is_value(field)});
  }
  for (const GlobalFlag& flag : operations::global_flags()) {
    if (flag.lists_only && command.effect != operations::Effect::list) continue;
    const std::string name = operations::flag_name(flag.field);
    if (!has_flag(out, name)) out.push_back({name, flag.letter, is_value(flag.field)});
  }
  return out;
}

bool takes_value_somewhere(std::string_view word) {
  if (word.rfind("--", 0) != 0) {
    const GlobalFlag* flag = global_flag(word.back());
    return flag != nullptr && is_value(flag->field);
  }
  const std::string_view name = word.substr(2);
  for (const GlobalFlag& flag : operations::global_flags()) {
    if (operations::flag_name(flag.field) == name) return is_value(flag.field);
  }
  for (const CommandInfo& command : all_commands()) {
    for (const FieldInfo& field : command.request) {
      if (operations::flag_name(field) == name) return is_value(field);
    }
  }
  return false;
}

Result<void> check_known(const CommandInfo& command, const Arguments& arguments) {
  if (arguments.unknown.empty()) return {};
  const std::vector<Flag> flags = flags_of(command);
  for (const std::string& word : arguments.unknown) {
    const std::string name = word.substr(std::min(word.find_first_not_of('-'), word.size()));
    if (!has_flag(flags, name + "-file")) continue;
    return usage_error("A secret cannot be given as an argument, where every user of the machine can read it.",
                       "use --" + name + "-file FILE, where - is standard input");
  }
  const std::string& word = arguments.unknown.front();
  std::vector<std::string> spelled;
  for (const Flag& flag : flags) spelled.push_back("--" + flag.name);
  const std::vector<std::string_view> candidates(spelled.begin(), spelled.end());
  const std::string_view near = nearest(word, candidates);
  const std::string shown = is_display_name(word, 64) ? " " + word : "";
  return usage_error(in_quotes(command.name) + " has no flag" + shown,
                     near.empty() ? "hubctl " + std::string(command.name) + " --help lists its flags"
                                  : "did you mean " + std::string(near) + "?");
}

}  // namespace hub::cli
