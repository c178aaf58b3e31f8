#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "command_tree.h"
#include "hub/operations/command.h"

namespace hub::cli {

// Every flag that a command knows: its own first, then the global ones it does not replace.
std::vector<Flag> flags_of(const operations::CommandInfo& command);

// Whether a flag as typed ("--app", "-o", "-qo") eats the next word, whatever command it belongs to: a flag means the
// same over the whole tool, and argv may name one before the command is known.
bool takes_value_somewhere(std::string_view word);

// `usage` for flags that do not exist: with the nearest one as hint, or the -file flag when a secret was given in argv.
Result<void> check_known(const operations::CommandInfo& command, const Arguments& arguments);

}  // namespace hub::cli
