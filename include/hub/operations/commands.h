#pragma once
#include <span>

#include "hub/operations/command.h"

namespace hub::operations {

// The answer of `hubctl commands --json`: an array of {command, summary, access, effect, arguments, flags, answer,
// examples, errors}, in the order given.
Json commands_as_json(std::span<const CommandInfo> commands);

}  // namespace hub::operations
