#include "help.h"

#include <algorithm>
#include <array>
#include <map>

#include "hub/base/text.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;
using operations::Effect;
using operations::FieldInfo;
using operations::ValueKind;

constexpr std::size_t widest_name = 28;  // a longer one gets a line of its own
constexpr std::size_t line_width = 100;

struct Group {
  std::string_view title;
  std::vector<std::string_view> words;
};

const std::vector<Group>& groups() {
  static const std::vector<Group> all = {
      {"HUB", {"init", "serve", "status", "doctor", "backup", "restore", "migrate", "prune"}},
      {"TENANTS", {"org", "person", "member", "role"}},
      {"APPS", {"app", "credential", "scope"}},
      {"GRANTS", {"connection", "authorization", "consent"}},
      {"TOKENS AND KEYS", {"token", "device", "key"}},
      {"AUDIT", {"event", "webhook", "audit"}},
      {"THE TOOL", {"commands", "completion", "help", "version"}}};
  return all;
}

std::string spelled(const FieldInfo& field) {
  const std::string value = operations::value_name(field);
  return "--" + operations::flag_name(field) + (value.empty() ? "" : " " + value);
}

std::string meaning_of(const FieldInfo& field) {
  std::string out(field.description);
  const bool in_value = operations::value_name(field).find('|') != std::string::npos;
  if (!field.choices.empty() && !in_value) {
    std::string choices;
    for (const std::string_view choice : field.choices) choices += (choices.empty() ? "" : ", ") + std::string(choice);
    out += " One of " + choices + ".";
  }
  if (field.repeated) out += " May be repeated.";
  return out;
}

std::string wrapped(const std::string& text) {
  std::string out;
  std::size_t width = 0;
  for (const std::string_view word : split_words(text)) {
    if (width > 0 && width + 1 + word.size() > line_width) {
      out += '\n';
      width = 0;
    }
    if (width > 0) out += ' ', ++width;
    out += word;
    width += word.size();
  }
  return out + "\n";
}

// What a command is about, and how it is to be done.
struct Sides {
  std::vector<Entry> which, how;
};

Sides sides_of(const CommandInfo& command) {
  Sides out;
  for (const std::string_view name : command.arguments) {
    const FieldInfo* field = operations::find_field(command.request, name);
    if (field == nullptr) continue;
    out.which.push_back({operations::argument_name(*field) + (field->repeated ? "..." : ""), meaning_of(*field)});
  }
  for (const FieldInfo& field : command.request) {
    if (operations::is_argument(command, field)) continue;
    const bool names_a_thing = !field.reference.empty() && field.reference != "file";
    auto& side = field.required || names_a_thing ? out.which : out.how;
    side.push_back({spelled(field), meaning_of(field)});
  }
  for (const operations::GlobalFlag& flag : operations::global_flags()) {
    const bool of_change = flag.field.name == "reason" || flag.field.name == "dry_run";
    const bool shown = command.effect == Effect::change ? of_change : command.effect == Effect::list && flag.lists_only;
    if (!shown || operations::find_field(command.request, flag.field.name) != nullptr) continue;
    const std::string letter = flag.letter == '\0' ? "" : std::string{'-', flag.letter, ',', ' '};
    const std::string value = flag.value.empty() ? "" : " " + std::string(flag.value);
    out.how.push_back({letter + "--" + operations::flag_name(flag.field) + value, meaning_of(flag.field)});
  }
  return out;
}

// "Which:   --app APP   application that will act"
std::string labelled(std::string_view label, const std::vector<Entry>& entries, std::size_t width) {
  constexpr std::string_view indent = "         ";
  if (entries.empty()) return "";
  std::string out = two_columns(entries, indent, width);
  return out.replace(0, label.size(), label);
}

std::string failures(const CommandInfo& command) {
  std::map<int, std::string> by_status;
  for (const Code& code : command.errors) {
    std::string& names = by_status[exit_status(code.failure)];
    names += (names.empty() ? "" : ", ") + std::string(code.name);
  }
  std::string out;
  for (const auto& [status, names] : by_status) {
    out += (out.empty() ? "" : " · ") + std::to_string(status) + " " + names;
  }
  return out.empty() ? "" : "Fails with: " + out + "\n";
}

// Where to look next: the list or the show of the same noun, the topic that fits, the noun's page.
std::string see_also(const CommandInfo& command, std::span<const CommandInfo> commands) {
  const std::string name(command.name);
  const std::size_t space = name.find(' ');
  if (space == std::string::npos) return "See also:   hubctl --help\n";
  const std::string noun = name.substr(0, space);
  std::string out;
  for (const std::string_view verb : {"list", "show"}) {
    const std::string other = noun + " " + std::string(verb);
    if (out.empty() && other != name && operations::find_command(commands, other) != nullptr) {
      out = "hubctl " + other + " · ";
    }
  }
  const bool takes_scopes = std::any_of(command.request.begin(), command.request.end(),
                                        [](const FieldInfo& field) { return field.reference == "scope"; });
  if (takes_scopes) out += "hubctl help scopes · ";
  if (command.effect == Effect::list) out += "hubctl help filters · ";
  return "See also:   " + out + "man hubctl-" + noun + "\n";
}

}  // namespace

std::size_t width_of(const std::vector<Entry>& entries) {
  std::size_t width = 0;
  for (const Entry& entry : entries) {
    if (entry.name.size() <= widest_name) width = std::max(width, entry.name.size());
  }
  return width;
}

std::string two_columns(const std::vector<Entry>& entries, std::string_view indent, std::size_t width) {
  width = std::max(width, width_of(entries));
  std::string out;
  for (const Entry& entry : entries) {
    out += indent;
    out += entry.name;
    if (entry.name.size() > width) {
      out += "\n" + std::string(indent) + std::string(width, ' ');
    } else {
      out.append(width - entry.name.size(), ' ');
    }
    out += "  " + entry.meaning + "\n";
  }
  return out;
}

std::string command_help(const CommandInfo& command, std::span<const CommandInfo> commands) {
  std::string out = std::string(command.summary) + "\n\nUsage:  " + operations::usage_line(command) + "\n";
  if (!command.examples.empty()) {
    out += "\nExamples:\n";
    for (const std::string_view example : command.examples) out += "  " + std::string(example) + "\n";
  }
  const Sides sides = sides_of(command);
  const std::size_t width = std::max(width_of(sides.which), width_of(sides.how));
  if (!sides.which.empty() || !sides.how.empty()) out += "\n";
  out += labelled("Which:", sides.which, width) + labelled("How:", sides.how, width) + "\n";
  if (!command.details.empty()) out += wrapped(std::string(command.details));
  return out + failures(command) + see_also(command, commands);
}

std::string group_help(std::string_view group, std::span<const CommandInfo> commands) {
  std::vector<Entry> entries;
  for (const operations::NextWord& next : operations::next_words(commands, group)) {
    entries.push_back({std::string(next.word), next.is_command ? next.summary : next.summary + " ..."});
  }
  std::string out;
  for (const operations::NounInfo& noun : operations::nouns()) {
    if (noun.name == group) out = std::string(noun.summary) + "\n\n";
  }
  return out + "Usage:  hubctl " + std::string(group) + " COMMAND\n\n" + two_columns(entries, "  ") + "\nhubctl " +
         std::string(group) + " COMMAND --help shows more.\n";
}

std::string overview(std::span<const CommandInfo> commands) {
  const std::vector<operations::NextWord> words = operations::next_words(commands, "");
  std::string out = "Usage:  hubctl NOUN VERB [TARGET] [FLAGS]\n";
  std::size_t width = 0;
  for (const operations::NextWord& word : words) width = std::max(width, word.word.size());
  for (const Group& group : groups()) {
    std::vector<Entry> entries;
    for (const std::string_view name : group.words) {
      const auto found = std::find_if(words.begin(), words.end(), [&](const auto& one) { return one.word == name; });
      if (found != words.end()) entries.push_back({std::string(name), found->summary});
    }
    if (!entries.empty()) out += "\n" + std::string(group.title) + "\n" + two_columns(entries, "  ", width);
  }
  std::vector<Entry> flags;
  for (const operations::GlobalFlag& flag : operations::global_flags()) {
    if (flag.lists_only) continue;
    const std::string letter = flag.letter == '\0' ? "    " : std::string{'-', flag.letter, ',', ' '};
    const std::string value = flag.value.empty() ? "" : " " + std::string(flag.value);
    flags.push_back({letter + "--" + operations::flag_name(flag.field) + value, meaning_of(flag.field)});
  }
  out += "\nGLOBAL FLAGS\n" + two_columns(flags, "  ");
  std::string names;
  for (const std::string_view topic : topics()) names += (names.empty() ? "" : ", ") + std::string(topic);
  return out + "\nhubctl NOUN --help lists its verbs, hubctl help TOPIC explains: " + names + ".\n";
}

}  // namespace hub::cli
