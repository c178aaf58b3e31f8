#pragma once
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/operations/command.h"
#include "invocation.h"

namespace hub::cli {

// A command about the process or the tool, not about what is in the hub: written by hand, described like an operation.
struct Builtin {
  operations::CommandInfo info;
  std::string_view id;  // the answer's field that -q prints
  Result<int> (*run)(const Invocation& invocation);
  bool answers_list = false;
};

// In the order help lists them.
const std::vector<Builtin>& builtins();
const Builtin* find_builtin(std::string_view name);

// Every command there is, described.
std::vector<operations::CommandInfo> all_commands();

// One each; the files are named after them.
Builtin init_command();
Builtin migrate_status_command();
Builtin migrate_plan_command();
Builtin migrate_up_command();
Builtin serve_command();
Builtin version_command();
Builtin commands_command();
Builtin completion_command();
Builtin help_command();
Builtin token_inspect_command();
Builtin key_thumbprint_command();
Builtin app_env_command();
Builtin login_command();
Builtin logout_command();
Builtin whoami_command();
Builtin context_list_command();
Builtin context_current_command();
Builtin context_use_command();
Builtin context_add_command();
Builtin context_remove_command();
Builtin api_command();

// These stand before the operations of the same names, of which each runs one.
Builtin device_start_command();
Builtin token_verify_command();
Builtin token_introspect_command();
Builtin token_refresh_command();
Builtin key_export_command();

// The version line of --version.
std::string version_line();

// `__complete WORDS... CURRENT` and `__man DIRECTORY`, which are for shells and packagers and stand in no list.
int complete_words(const std::vector<std::string>& words, const Surroundings& around, Clock& clock,
                   StandardOutput& out);
Result<int> write_man_pages(const std::vector<std::string>& words, const Surroundings& around);

}  // namespace hub::cli
