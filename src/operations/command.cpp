#include "hub/operations/command.h"

#include <algorithm>
#include <array>

#include "hub/base/text.h"

namespace hub::operations {
namespace {

struct Alias {
  std::string_view word;
  std::string_view means;
};
// Of verbs; `rm` is whichever of its two the noun has.
constexpr std::array<Alias, 6> verb_aliases{
    {{"ls", "list"}, {"get", "show"}, {"add", "create"}, {"set", "update"}, {"rm", "delete"}, {"rm", "remove"}}};

constexpr std::size_t shown_choices_bytes = 40;  // longer lists of choices are left to the description

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == '_') c = '-';
  }
  return out;
}

// What follows `path` in a command's name, or nothing if the command is not below it.
std::string_view rest_after(std::string_view name, std::string_view path) {
  if (path.empty()) return name;
  if (name.size() <= path.size() + 1 || !name.starts_with(path) || name[path.size()] != ' ') return {};
  return name.substr(path.size() + 1);
}

std::string_view first_word(std::string_view words) { return words.substr(0, words.find(' ')); }

std::string_view noun_summary(std::string_view word) {
  for (const NounInfo& noun : nouns()) {
    if (noun.name == word) return noun.summary;
  }
  return {};
}

bool has_next_word(std::span<const CommandInfo> commands, std::string_view path, std::string_view word) {
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CommandInfo& command) { return first_word(rest_after(command.name, path)) == word; });
}

FieldInfo flag(std::string_view name, std::string_view description, ValueKind kind) {
  FieldInfo field{name, description};
  field.kind = kind;
  return field;
}

void add_unset(CommandInfo& command) {
  FieldInfo unset = flag("unset", "Field to leave without a value.", ValueKind::text);
  unset.repeated = true;
  for (const FieldInfo& field : command.request) {
    if (field.unsettable) unset.choices.push_back(field.name);
  }
  if (!unset.choices.empty()) command.request.push_back(std::move(unset));
}

}  // namespace

CommandInfo describe(const Operation& operation) {
  const OperationInfo& info = operation.info;
  CommandInfo out{info.name,         info.summary,   info.details,     info.access,   operation.effect,
                  operation.request, info.arguments, operation.answer, info.examples, info.errors};
  add_unset(out);
  if (info.ensure) {
    out.request.push_back(flag("ensure", "Succeed with \"changed\": false if it is already so.", ValueKind::boolean));
  }
  if (info.if_version) {
    out.request.push_back(flag("if_version", "Refuse unless the thing has this version.", ValueKind::integer));
  }
  const auto is_secret = [](const FieldInfo& field) { return field.kind == ValueKind::secret; };
  if (std::any_of(out.answer.begin(), out.answer.end(), is_secret)) {
    FieldInfo secret_out = flag("secret_out", "New file that gets the secret instead of stdout.", ValueKind::text);
    secret_out.reference = "file";
    out.request.push_back(secret_out);
  }
  return out;
}

std::vector<CommandInfo> all_commands(std::span<const CommandInfo> others) {
  std::vector<CommandInfo> out;
  out.reserve(all_operations().size() + others.size());
  for (const Operation& operation : all_operations()) out.push_back(describe(operation));
  out.insert(out.end(), others.begin(), others.end());
  return out;
}

const CommandInfo* find_command(std::span<const CommandInfo> commands, std::string_view name) {
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const auto& one) { return one.name == name; });
  return found == commands.end() ? nullptr : &*found;
}

std::vector<NextWord> next_words(std::span<const CommandInfo> commands, std::string_view path) {
  std::vector<NextWord> out;
  for (const CommandInfo& command : commands) {
    const std::string_view rest = rest_after(command.name, path);
    if (rest.empty()) continue;
    const std::string_view word = first_word(rest);
    auto known = std::find_if(out.begin(), out.end(), [&](const NextWord& one) { return one.word == word; });
    if (known == out.end()) {
      out.push_back({word, path.empty() ? std::string(noun_summary(word)) : std::string()});
      known = out.end() - 1;
    }
    if (rest == word) {
      known->is_command = true;
      known->summary = command.summary;
    } else if (!path.empty() && !known->is_command) {
      if (!known->summary.empty()) known->summary += ", ";
      known->summary += first_word(rest.substr(word.size() + 1));
    }
  }
  return out;
}

std::string_view meant_word(std::span<const CommandInfo> commands, std::string_view path, std::string_view word) {
  if (word.empty()) return {};
  for (const CommandInfo& command : commands) {
    const std::string_view next = first_word(rest_after(command.name, path));
    if (next == word) return next;
  }
  if (path.empty()) {
    for (const NounInfo& noun : nouns()) {
      if (noun.plural == word && has_next_word(commands, path, noun.name)) return noun.name;
    }
    return {};
  }
  for (const Alias& alias : verb_aliases) {
    if (alias.word == word && has_next_word(commands, path, alias.means)) return alias.means;
  }
  return {};
}

std::string flag_name(const FieldInfo& field) {
  std::string out(field.name);
  std::replace(out.begin(), out.end(), '_', '-');
  if (field.kind == ValueKind::secret) out += "-file";
  return out;
}

std::string value_name(const FieldInfo& field) {
  switch (field.kind) {
    case ValueKind::boolean:
      return "";
    case ValueKind::integer:
      return "N";
    case ValueKind::time:
      return "TIME";
    case ValueKind::duration:
      return "DURATION";
    case ValueKind::secret:
      return "FILE";
    case ValueKind::object:
      return "JSON|@FILE";
    case ValueKind::text:
      break;
  }
  if (!field.reference.empty()) return upper_case(field.reference);
  std::string choices;
  for (const std::string_view choice : field.choices) {
    if (!choices.empty()) choices += '|';
    choices += choice;
  }
  return choices.empty() || choices.size() > shown_choices_bytes ? "TEXT" : choices;
}

std::string argument_name(const FieldInfo& field) {
  return upper_case(field.reference.empty() ? field.name : field.reference);
}

bool is_argument(const CommandInfo& command, const FieldInfo& field) {
  return std::find(command.arguments.begin(), command.arguments.end(), field.name) != command.arguments.end();
}

const FieldInfo* find_field(const std::vector<FieldInfo>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string usage_line(const CommandInfo& command) {
  std::string out = "hubctl " + std::string(command.name);
  for (const std::string_view name : command.arguments) {
    const FieldInfo* const field = find_field(command.request, name);
    if (field == nullptr) continue;
    const std::string shown = argument_name(*field) + (field->repeated ? "..." : "");
    out += field->required ? ' ' + shown : " [" + shown + ']';
  }
  bool has_flags = false;
  for (const FieldInfo& field : command.request) {
    if (is_argument(command, field)) continue;
    if (field.required) {
      out += " --" + flag_name(field);
      if (field.kind != ValueKind::boolean) out += ' ' + value_name(field);
    } else {
      has_flags = true;
    }
  }
  return has_flags ? out + " [flags]" : out;
}

}  // namespace hub::operations
