#include "hub/operations/man.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "roff.h"

namespace hub::operations {
namespace {

constexpr std::string_view release_date = "2026-11-22";
constexpr std::int64_t last_second_s = 253402300799;  // of the year 9999

struct Described {
  std::string_view name;
  std::string_view text;
};

constexpr std::array<Described, 5> more_environment{{
    {"XDG_DATA_HOME", "Where hubctl/hub.db lies when no store is named."},
    {"CREDENTIALS_DIRECTORY", "Its file master-key is the master key, as systemd passes it on."},
    {"CI", "When set, nothing is ever asked, as with --no-input."},
    {"NO_COLOR", "When set, nothing is coloured."},
    {"SOURCE_DATE_EPOCH", "The date of generated man pages, in seconds since 1970."},
}};

constexpr std::array<Described, 4> files{{
    {"$XDG_DATA_HOME/hubctl/hub.db", "The store, when the variable is set and no store is named."},
    {"/var/lib/hubctl/hub.db", "The store of root."},
    {"~/.local/share/hubctl/hub.db", "The store of everybody else."},
    {"STORE.key", "The master key beside the store; the owner alone may read it."},
}};

bool is_single(const CommandInfo& command) { return command.name.find(' ') == std::string_view::npos; }
std::string_view noun_of(const CommandInfo& command) { return command.name.substr(0, command.name.find(' ')); }

std::vector<std::string_view> nouns_of(std::span<const CommandInfo> commands) {
  std::vector<std::string_view> out;
  for (const CommandInfo& command : commands) {
    const std::string_view noun = noun_of(command);
    if (!is_single(command) && std::find(out.begin(), out.end(), noun) == out.end()) out.push_back(noun);
  }
  return out;
}

std::string_view summary_of(std::string_view noun) {
  for (const NounInfo& known : nouns()) {
    if (known.name == noun) return known.summary;
  }
  return "Commands of the hub";
}

std::string lower_first(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'A' && out[0] <= 'Z') out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

void title(Roff& page, const std::string& name, std::string_view summary, std::string_view version,
           std::string_view date) {
  std::string upper = name;
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  page.title(upper, date, "hubctl " + std::string(version));
  page.section("NAME");
  page.line(roff_escaped(name) + " \\- " + roff_escaped(lower_first(summary)));
}

std::string flag_words(const FieldInfo& field) {
  std::string out = roff_bold("--" + flag_name(field));
  if (const std::string value = value_name(field); !value.empty()) out += ' ' + roff_escaped(value);
  return out;
}

std::string told(const FieldInfo& field) {
  std::string out(field.description);
  const bool are_shown = value_name(field).find('|') != std::string::npos;
  for (const std::string_view choice : field.choices) {
    if (are_shown) break;
    out += (choice == field.choices.front() ? " One of " : ", ") + std::string(choice);
    if (choice == field.choices.back()) out += '.';
  }
  if (field.required) out += " Required.";
  if (field.repeated) out += " May be given several times.";
  return out;
}

// Arguments and flags of one command.
void options(Roff& page, const CommandInfo& command) {
  if (command.request.empty()) return;
  page.subsection("hubctl " + std::string(command.name));
  for (const std::string_view name : command.arguments) {
    const FieldInfo* const field = find_field(command.request, name);
    if (field != nullptr) page.entry(roff_escaped(argument_name(*field)), told(*field));
  }
  for (const FieldInfo& field : command.request) {
    if (!is_argument(command, field)) page.entry(flag_words(field), told(field));
  }
}

std::string fails_with(const CommandInfo& command) {
  std::string out;
  for (const Code& code : command.errors) {
    out += out.empty() ? "Fails with " : ", ";
    out += std::string(code.name) + " (" + std::to_string(exit_status(code.failure)) + ")";
  }
  return out.empty() ? out : out + '.';
}

void description(Roff& page, const CommandInfo& command) {
  page.subsection("hubctl " + std::string(command.name));
  page.paragraphs(std::string(command.summary) + '.');
  if (!command.details.empty()) page.paragraphs("\n\n" + std::string(command.details));
  if (const std::string errors = fails_with(command); !errors.empty()) page.paragraphs("\n\n" + errors);
}

void synopsis(Roff& page, const std::vector<const CommandInfo*>& commands) {
  page.section("SYNOPSIS");
  for (const CommandInfo* command : commands) {
    const std::string words = "hubctl " + std::string(command->name);
    page.line(roff_bold(words) + roff_escaped(usage_line(*command).substr(words.size())));
    if (command != commands.back()) page.line(".br");
  }
}

void examples(Roff& page, const std::vector<const CommandInfo*>& commands) {
  std::vector<std::string_view> lines;
  for (const CommandInfo* command : commands) {
    lines.insert(lines.end(), command->examples.begin(), command->examples.end());
  }
  page.section("EXAMPLES");
  if (lines.empty()) {
    page.paragraphs("Every command shows its own with --help.");
  } else {
    page.verbatim(lines);
  }
}

void global_options(Roff& page) {
  page.subsection("Global flags");
  page.paragraphs("They may stand anywhere in a command. Those about rows are for lists.");
  for (const GlobalFlag& flag : global_flags()) {
    std::string words = flag.letter == '\0' ? std::string() : roff_bold(std::string{'-', flag.letter}) + ", ";
    words += roff_bold("--" + flag_name(flag.field));
    if (!flag.value.empty()) words += ' ' + roff_escaped(flag.value);
    std::string text = told(flag.field);
    if (!flag.environment.empty()) text += " Also " + std::string(flag.environment) + '.';
    page.entry(words, text);
  }
}

void exit_statuses(Roff& page, const std::vector<int>& only) {
  for (const ExitMeaning& meaning : exit_meanings()) {
    if (!only.empty() && std::find(only.begin(), only.end(), meaning.status) == only.end()) continue;
    std::string text(meaning.meaning);
    std::string names;
    for (const Code& code : all_codes()) {
      if (!only.empty() || exit_status(code.failure) != meaning.status) continue;
      names += (names.empty() ? "" : ", ") + std::string(code.name);
    }
    if (!names.empty()) text += " Codes: " + names + '.';
    page.entry(std::to_string(meaning.status), text);
  }
}

void environment_and_files(Roff& page) {
  page.section("ENVIRONMENT");
  for (const GlobalFlag& flag : global_flags()) {
    if (flag.environment.empty()) continue;
    page.entry(roff_bold(flag.environment), "Stands in for --" + flag_name(flag.field) + ", which wins.");
  }
  for (const Described& one : more_environment) page.entry(roff_bold(one.name), one.text);
  page.section("FILES");
  for (const Described& one : files) page.entry(roff_escaped(one.name), one.text);
}

std::vector<const CommandInfo*> commands_of(std::span<const CommandInfo> commands, std::string_view noun) {
  std::vector<const CommandInfo*> out;
  for (const CommandInfo& command : commands) {
    if (!is_single(command) && noun_of(command) == noun) out.push_back(&command);
  }
  return out;
}

ManPage noun_page(std::string_view noun, const std::vector<const CommandInfo*>& commands, std::string_view version,
                  std::string_view date) {
  const std::string name = "hubctl-" + std::string(noun);
  Roff page;
  title(page, name, summary_of(noun), version, date);
  synopsis(page, commands);
  page.section("DESCRIPTION");
  page.paragraphs(std::string(summary_of(noun)) + '.');
  for (const CommandInfo* command : commands) description(page, *command);
  page.section("OPTIONS");
  page.paragraphs("Besides these every command knows the global flags of hubctl(1).");
  for (const CommandInfo* command : commands) options(page, *command);
  examples(page, commands);
  page.section("EXIT STATUS");
  std::vector<int> statuses{0, 1, 2};
  for (const CommandInfo* command : commands) {
    for (const Code& code : command->errors) statuses.push_back(exit_status(code.failure));
  }
  exit_statuses(page, statuses);
  page.section("ENVIRONMENT");
  page.paragraphs("As in hubctl(1).");
  page.section("FILES");
  page.paragraphs("As in hubctl(1).");
  page.section("SEE ALSO");
  page.references({"hubctl"});
  return {name + ".1", page.text()};
}

ManPage main_page(std::span<const CommandInfo> commands, std::string_view version, std::string_view date) {
  std::vector<const CommandInfo*> singles;
  for (const CommandInfo& command : commands) {
    if (is_single(command)) singles.push_back(&command);
  }
  Roff page;
  title(page, "hubctl", "Identity hub for many organizations", version, date);
  page.section("SYNOPSIS");
  page.line(roff_bold("hubctl") + " [global flags] NOUN VERB [TARGET] [flags]");
  for (const CommandInfo* command : singles) {
    page.line(".br");
    page.line(roff_bold("hubctl " + std::string(command->name)) +
              roff_escaped(usage_line(*command).substr(7 + command->name.size())));
  }
  page.section("DESCRIPTION");
  page.paragraphs(
      "hubctl keeps organizations, people, applications and what they may do with each other in one store, and issues "
      "and "
      "checks the tokens that say so. Data goes to stdout, everything else to stderr.");
  page.subsection("Nouns");
  std::vector<std::string> pages;
  for (const std::string_view noun : nouns_of(commands)) {
    page.entry(roff_bold(noun), std::string(summary_of(noun)) + '.');
    pages.push_back("hubctl-" + std::string(noun));
  }
  for (const CommandInfo* command : singles) description(page, *command);
  page.section("OPTIONS");
  global_options(page);
  for (const CommandInfo* command : singles) options(page, *command);
  examples(page, singles);
  page.section("EXIT STATUS");
  exit_statuses(page, {});
  environment_and_files(page);
  page.section("SEE ALSO");
  page.references(pages);
  return {"hubctl.1", page.text()};
}

}  // namespace

std::vector<ManPage> man_pages(std::span<const CommandInfo> commands, std::string_view version, std::string_view date) {
  std::vector<ManPage> pages{main_page(commands, version, date)};
  for (const std::string_view noun : nouns_of(commands)) {
    pages.push_back(noun_page(noun, commands_of(commands, noun), version, date));
  }
  return pages;
}

std::string man_date(std::string_view source_date_epoch) {
  std::int64_t at_s = 0;
  const char* const end = source_date_epoch.data() + source_date_epoch.size();
  const auto [stopped, failed] = std::from_chars(source_date_epoch.data(), end, at_s);
  const bool usable = failed == std::errc() && stopped == end && at_s >= 0 && at_s <= last_second_s;
  return usable ? to_rfc3339(from_unix_seconds(at_s)).substr(0, 10) : std::string(release_date);
}

}  // namespace hub::operations
