#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/command.h"

namespace hub::operations {

// One word that could stand at the cursor, whole: of "--role own" it is "owner", of "--role=own" "--role=owner".
struct Candidate {
  std::string value;
  std::string description = {};
};

// What the shell does besides; the numbers are the protocol's and add up.
namespace directive {
inline constexpr int none = 0;
inline constexpr int no_space = 1;
inline constexpr int no_files = 2;
inline constexpr int files = 4;
inline constexpr int directories = 8;
}  // namespace directive

struct Completion {
  std::vector<Candidate> candidates;
  int directive = directive::no_files;
};

// The things of a kind ("org", "app", "scope", "key" ...) that exist, as a person would type them.
using Lookup = std::function<std::vector<std::string>(std::string_view kind)>;

// `words` are those between the program's name and `current`, the word at the cursor, which may be empty.
Completion complete(std::span<const CommandInfo> commands, const std::vector<std::string>& words,
                    std::string_view current, const Lookup& lookup);

// The answer of `hubctl __complete WORDS... CURRENT`: lines "value<TAB>description", at last ":DIRECTIVE".
std::string completion_lines(const Completion& completion);

// The adaptor of a shell ("bash", "zsh", "fish") that asks `hubctl __complete`; "" for a shell it does not know.
std::string_view completion_script(std::string_view shell);

}  // namespace hub::operations
