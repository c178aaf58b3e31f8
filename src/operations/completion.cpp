#include "hub/operations/completion.h"

#include <algorithm>
#include <iterator>

#include "hub/base/text.h"

namespace hub::operations {
namespace {

// A flag as it is typed, of the command or a global one.
struct TypedFlag {
  std::string name;  // with dashes
  char letter;
  const FieldInfo* field;
  bool takes_value() const { return field->kind != ValueKind::boolean; }
};

std::vector<TypedFlag> flags_of(const CommandInfo& command) {
  std::vector<TypedFlag> out;
  for (const FieldInfo& field : command.request) {
    if (!is_argument(command, field)) out.push_back({"--" + flag_name(field), '\0', &field});
  }
  return out;
}

std::vector<TypedFlag> flags_for_all(bool is_list) {
  std::vector<TypedFlag> out;
  for (const GlobalFlag& flag : global_flags()) {
    if (is_list || !flag.lists_only) out.push_back({"--" + flag_name(flag.field), flag.letter, &flag.field});
  }
  return out;
}

// What the words before the cursor have come to.
class Position {
 public:
  Position(std::span<const CommandInfo> commands, const std::vector<std::string>& words) : commands_(commands) {
    for (const std::string& word : words) step(word);
  }

  const std::string& path() const { return path_; }
  const CommandInfo* command() const { return find_command(commands_, path_); }
  const std::vector<std::string>& positionals() const { return positionals_; }
  const std::optional<TypedFlag>& pending() const { return pending_; }  // waits for its value
  bool is_given(const std::string& flag) const { return std::find(given_.begin(), given_.end(), flag) != given_.end(); }
  bool flags_ended() const { return flags_ended_; }

  std::vector<TypedFlag> flags() const {
    const CommandInfo* const here = command();
    std::vector<TypedFlag> all = here == nullptr ? std::vector<TypedFlag>() : flags_of(*here);
    const std::vector<TypedFlag> global = flags_for_all(here != nullptr && here->effect == Effect::list);
    const auto is_new = [own = all](const TypedFlag& flag) {
      return std::none_of(own.begin(), own.end(), [&](const TypedFlag& one) { return one.name == flag.name; });
    };
    std::copy_if(global.begin(), global.end(), std::back_inserter(all), is_new);
    return all;
  }

  std::optional<TypedFlag> find(std::string_view name) const {
    const auto is_it = [&](const TypedFlag& flag) { return flag.name == name; };
    const std::vector<TypedFlag> near = flags();
    if (const auto found = std::find_if(near.begin(), near.end(), is_it); found != near.end()) return *found;
    // flags may stand before the words of their command
    for (const CommandInfo& other : commands_) {
      const std::vector<TypedFlag> theirs = flags_of(other);
      if (const auto found = std::find_if(theirs.begin(), theirs.end(), is_it); found != theirs.end()) return *found;
    }
    return std::nullopt;
  }

 private:
  void step(const std::string& word) {
    if (pending_) {
      pending_.reset();
    } else if (!flags_ended_ && word == "--") {
      flags_ended_ = true;
    } else if (!flags_ended_ && word.starts_with("--")) {
      const std::size_t equals = word.find('=');
      take_flag(find(word.substr(0, equals)), equals != std::string::npos);
    } else if (!flags_ended_ && word.size() > 1 && word.front() == '-') {
      take_letters(word);
    } else {
      take_word(word);
    }
  }

  void take_flag(const std::optional<TypedFlag>& flag, bool has_value) {
    if (!flag) return;
    given_.push_back(flag->name);
    if (flag->takes_value() && !has_value) pending_ = flag;
  }

  void take_letters(const std::string& word) {
    const std::vector<TypedFlag> known = flags();
    for (std::size_t at = 1; at < word.size(); ++at) {
      const auto is_it = [&](const TypedFlag& flag) { return flag.letter == word[at]; };
      const auto found = std::find_if(known.begin(), known.end(), is_it);
      if (found == known.end()) return;
      take_flag(*found, at + 1 < word.size());
      if (found->takes_value()) return;  // the rest of the word is its value
    }
  }

  void take_word(const std::string& word) {
    const std::string_view next = positionals_.empty() ? meant_word(commands_, path_, word) : std::string_view();
    if (next.empty()) {
      positionals_.push_back(word);
      return;
    }
    if (!path_.empty()) path_ += ' ';
    path_ += next;
  }

  std::span<const CommandInfo> commands_;
  std::string path_;
  std::vector<std::string> positionals_;
  std::vector<std::string> given_;
  std::optional<TypedFlag> pending_;
  bool flags_ended_ = false;
};

class Completer {
 public:
  Completer(std::span<const CommandInfo> commands, const Position& position, const Lookup& lookup)
      : commands_(commands), position_(position), lookup_(lookup) {}

  Completion at(std::string_view current) {
    if (position_.pending()) {
      value(*position_.pending()->field, current, "");
    } else if (!position_.flags_ended() && current.starts_with("--") && current.find('=') != std::string_view::npos) {
      const std::size_t after = current.find('=') + 1;
      const std::optional<TypedFlag> flag = position_.find(current.substr(0, after - 1));
      if (flag) value(*flag->field, current.substr(after), std::string(current.substr(0, after)));
    } else if (!position_.flags_ended() && current.starts_with('-')) {
      flags(current);
    } else {
      if (position_.positionals().empty()) words(position_.path(), current);
      argument(current);
    }
    return std::move(out_);
  }

 private:
  void add(std::string_view current, const std::string& before, std::string_view word, std::string_view description) {
    if (word.starts_with(current)) out_.candidates.push_back({before + std::string(word), std::string(description)});
  }

  void words(std::string_view path, std::string_view current) {
    for (const NextWord& next : next_words(commands_, path)) add(current, "", next.word, next.summary);
  }

  void flags(std::string_view current) {
    for (const TypedFlag& flag : position_.flags()) {
      if (flag.field->repeated || !position_.is_given(flag.name)) add(current, "", flag.name, flag.field->description);
    }
  }

  void argument(std::string_view current) {
    const CommandInfo* const command = position_.command();
    if (command == nullptr || command->arguments.empty()) return;
    const std::size_t index = std::min(position_.positionals().size(), command->arguments.size() - 1);
    const FieldInfo* const field = find_field(command->request, command->arguments[index]);
    if (field == nullptr || (index < position_.positionals().size() && !field->repeated)) return;
    value(*field, current, "");
    const auto& given = position_.positionals();
    std::erase_if(out_.candidates, [&](const Candidate& one) {
      return field->repeated && std::find(given.begin(), given.end(), one.value) != given.end();
    });
  }

  // `before` is what stands in front of the value in the same word.
  void value(const FieldInfo& field, std::string_view current, std::string before) {
    if (field.kind == ValueKind::secret || field.reference == "file") out_.directive = directive::files;
    if (field.reference == "directory") out_.directive = directive::directories;
    const bool is_global = &field == global("fields") || &field == global("sort") || &field == global("filter");
    if (is_global) return names_of_answer(field, current, std::move(before));
    if (field.reference == "command") words(join(position_.positionals(), " "), current);
    if (field.kind == ValueKind::boolean) {
      add(current, before, "true", "");
      add(current, before, "false", "");
    }
    if (!field.choices.empty()) {
      if (field.repeated) skip_listed(current, before);
      for (const std::string_view choice : field.choices) add(current, before, choice, "");
    } else if (!field.reference.empty() && out_.directive == directive::no_files && lookup_) {
      for (const std::string& name : lookup_(field.reference)) add(current, before, name, "");
    }
  }

  static const FieldInfo* global(std::string_view name) {
    for (const GlobalFlag& flag : global_flags()) {
      if (flag.field.name == name) return &flag.field;
    }
    return nullptr;
  }

  // Leaves the last part of a list with commas.
  static void skip_listed(std::string_view& current, std::string& before) {
    const std::size_t comma = current.rfind(',');
    if (comma == std::string_view::npos) return;
    before += current.substr(0, comma + 1);
    current.remove_prefix(comma + 1);
  }

  void names_of_answer(const FieldInfo& flag, std::string_view current, std::string before) {
    const CommandInfo* const command = position_.command();
    if (command == nullptr) return;
    out_.directive |= directive::no_space;
    if (flag.name == "filter") {
      for (const FieldInfo& field : command->answer) {
        if (field.kind != ValueKind::secret) {
          add(current, before, std::string(field.name) + '=', field.description);
        }
      }
      return;
    }
    skip_listed(current, before);
    if (flag.name == "sort" && current.starts_with('-')) {
      before += '-';
      current.remove_prefix(1);
    }
    for (const FieldInfo& field : command->answer) add(current, before, field.name, field.description);
  }

  std::span<const CommandInfo> commands_;
  const Position& position_;
  const Lookup& lookup_;
  Completion out_;
};

// Tabs and line feeds belong to the protocol, and a terminal must not act on the rest.
bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

Completion complete(std::span<const CommandInfo> commands, const std::vector<std::string>& words,
                    std::string_view current, const Lookup& lookup) {
  const Position position(commands, words);
  return Completer(commands, position, lookup).at(current);
}

std::string completion_lines(const Completion& completion) {
  std::string out;
  for (const Candidate& candidate : completion.candidates) {
    if (candidate.value.empty() || !is_printable(candidate.value)) continue;
    out += candidate.value;
    if (!candidate.description.empty() && is_printable(candidate.description)) out += '\t' + candidate.description;
    out += '\n';
  }
  return out + ':' + std::to_string(completion.directive) + '\n';
}

}  // namespace hub::operations
