#include "builtin.h"

#include <algorithm>

namespace hub::cli {

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> all = {init_command(), version_command(), commands_command(), completion_command(),
                                           help_command()};
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
  return operations::all_commands(others);
}

}  // namespace hub::cli
