#include "builtin.h"

#include <algorithm>

namespace hub::cli {

const std::vector<Builtin>& builtins() {
  static const std::vector<Builtin> all = {init_command(),           migrate_status_command(),
                                           migrate_plan_command(),   migrate_up_command(),
                                           serve_command(),          version_command(),
                                           commands_command(),       completion_command(),
                                           help_command(),           login_command(),
                                           logout_command(),         whoami_command(),
                                           context_list_command(),   context_current_command(),
                                           context_use_command(),    context_add_command(),
                                           context_remove_command(), api_command(),
                                           device_start_command(),   token_inspect_command(),
                                           token_verify_command(),   token_introspect_command(),
                                           token_refresh_command(),  key_export_command(),
                                           key_thumbprint_command(), app_env_command()};
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
  const auto first_other = all.end() - static_cast<std::ptrdiff_t>(others.size());
  const auto hidden = [](const operations::CommandInfo& command) { return find_builtin(command.name) != nullptr; };
  all.erase(std::remove_if(all.begin(), first_other, hidden), first_other);
  return all;
}

}  // namespace hub::cli
