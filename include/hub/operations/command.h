#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/operation.h"

// The words of the command line as data, for help, completion, man pages and `commands --json`: operations of the table
// and commands about the process alike.
namespace hub::operations {

// What a person can type, and what they can expect of it.
struct CommandInfo {
  std::string_view name;     // words of the command: "token inspect"
  std::string_view summary;  // one line, no full stop
  std::string_view details = "";
  Access access = Access::everybody;
  Effect effect = Effect::none;
  std::vector<FieldInfo> request = {};           // positionals and flags; flag_name() spells them
  std::vector<std::string_view> arguments = {};  // those of `request` that are positional, in order
  std::vector<FieldInfo> answer = {};
  std::vector<std::string_view> examples = {};
  std::vector<Code> errors = {};  // besides those every command has
};

// A flag that every command knows, or every list.
struct GlobalFlag {
  FieldInfo field;
  char letter = '\0';
  std::string_view value = "";        // "FILE"; "" for a switch
  std::string_view environment = "";  // variable that stands in for it
  bool lists_only = false;
};

// A word that groups commands.
struct NounInfo {
  std::string_view name;
  std::string_view plural;  // hidden alias
  std::string_view summary;
};

struct ExitMeaning {
  int status;
  std::string_view meaning;
};

const std::vector<GlobalFlag>& global_flags();  // cli.md section 2
const std::vector<NounInfo>& nouns();
const std::vector<ExitMeaning>& exit_meanings();  // cli.md section 3

// An operation as a command: its request plus the flags that come with what it declares: ensure, if_version, unset
// (when a field can be unset) and secret_out (when the answer holds a secret).
CommandInfo describe(const Operation& operation);
// The whole table, then `others`, the commands that are about the process.
std::vector<CommandInfo> all_commands(std::span<const CommandInfo> others);
const CommandInfo* find_command(std::span<const CommandInfo> commands, std::string_view name);

// The words that may follow `path` ("" for the first one), in table order.
struct NextWord {
  std::string_view word;
  std::string summary;      // of the command, the noun, or the words that follow
  bool is_command = false;  // path and word together are a command
};
std::vector<NextWord> next_words(std::span<const CommandInfo> commands, std::string_view path);
// What `word` means after `path`: itself, or what it is a hidden alias of (plural nouns; ls get add set rm); "" if
// nothing.
std::string_view meant_word(std::span<const CommandInfo> commands, std::string_view path, std::string_view word);

std::string flag_name(const FieldInfo& field);      // "password-file" for a secret, "redirect-uri"; no dashes in front
std::string value_name(const FieldInfo& field);     // what help shows after the flag: "FILE", "a|b"; "" for a switch
std::string argument_name(const FieldInfo& field);  // of a positional: "ORG", "NAME"
bool is_argument(const CommandInfo& command, const FieldInfo& field);
const FieldInfo* find_field(const std::vector<FieldInfo>& fields, std::string_view name);
std::string usage_line(const CommandInfo& command);  // "hubctl authorization grant --app APP --by ORG [flags]"

}  // namespace hub::operations
