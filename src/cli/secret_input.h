#pragma once
#include <optional>
#include <string>

#include "command_tree.h"
#include "hub/operations/command.h"
#include "options.h"

namespace hub::cli {

// Where the file flag or its variable says that a secret is; nothing if neither was given. Only paths stand in the
// environment (claim CL-01).
std::optional<std::string> secret_path(const operations::FieldInfo& field, const Arguments& arguments,
                                       const Surroundings& around);

// Asks a person for a required secret, twice if it is to be set; `usage` with the flag's name if nobody can be asked.
Result<Secret> ask_for_secret(const operations::CommandInfo& command, const operations::FieldInfo& field,
                              const Options& options);

}  // namespace hub::cli
