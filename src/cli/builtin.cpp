#include "builtin.h"

#include <algorithm>

namespace hub::cli {

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> all = {init_command(),          serve_command(),         version_command(),
                                           commands_command(),      completion_command(),    help_command(),
                                           token_inspect_command(), token_verify_command(),  token_refresh_command(),
                                           key_export_command(),    key_thumbprint_command()};
  return all;
}

const Builtin* find_builtin(std::string_view name) {
  const auto found =
      std::find_if(builtins().begin(), builtins().end(), [&](const Builtin& one) { return one.info.name == name; });
  return found == builtins().end() ? nullptr : &*found;
}

std::vector<operations::CommandInfo> all_commands() {
  std::vector<operations::CommandInfo> others;
  for (const Builtin& builtin : builtins()) others.push_back(builtin.info);
  std::vector<operations::CommandInfo> all = operations::all_commands(others);
  // Of two commands with one name the builtin is the one that runs.
  std::erase_if(all, [&](const operations::CommandInfo& command) {
    const Builtin* const builtin = find_builtin(command.name);
    return builtin != nullptr && builtin->info.request.size() != command.request.size();
  });
  return all;
}

}  // namespace hub::cli
