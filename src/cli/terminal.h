#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/base/secret.h"
#include "surroundings.h"

namespace hub::cli {

// When to colour, as --color says.
enum class Color { automatic, always, never };

// Whether to colour what goes to a terminal or not: --color, then NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and TERM=dumb.
bool use_color(Color color, bool is_terminal, const Surroundings& around);

// Writes to standard error, whatever becomes of it.
void write_error(std::string_view text);

// Asks on standard error and reads a line from standard input; `usage` when the input ends instead.
Result<std::string> prompt_line(const std::string& question);

// The same without showing what is typed.
Result<Secret> prompt_secret(const std::string& question);

}  // namespace hub::cli
