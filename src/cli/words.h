#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/operations/command.h"

namespace hub::cli {

// What argv names: a command, or a group of commands when its words end there ("token", or nothing at all).
struct Words {
  std::string name;  // as the table has it, aliases resolved: "scope desired add"
  bool is_command = false;
  std::vector<std::string> rest;  // argv without these words, in order
};

// Finds the words of a command among flags; only the names of `commands` are looked at. `takes_value` says whether a
// flag
// ("--app" or "-o") eats the next word. An unknown word is `usage` with the nearest known one as hint.
Result<Words> find_words(const std::vector<std::string>& argv, std::span<const operations::CommandInfo> commands,
                         const std::function<bool(std::string_view)>& takes_value);

// Has the shape of a JSON Web Token: three base64url parts, the first of which begins a JSON object.
bool looks_like_token(std::string_view word);

}  // namespace hub::cli
