#include "secret_input.h"

#include "errors.h"
#include "hub/base/codes.h"
#include "terminal.h"

namespace hub::cli {
namespace {

std::string variable_of(const operations::FieldInfo& field) {
  if (field.name == "password") return "HUBCTL_PASSWORD_FILE";
  if (field.name == "token") return "HUBCTL_TOKEN_FILE";
  return "";
}

bool names_remote(const Arguments& arguments, const Surroundings& around) {
  for (const char* const flag : {"remote", "context"}) {
    if (arguments.has(flag)) return true;
  }
  return around.variable("HUBCTL_REMOTE") || around.variable("HUBCTL_CONTEXT");
}

std::string question(const operations::FieldInfo& field, bool again) {
  std::string name(field.name);
  for (char& c : name) c = c == '_' ? ' ' : c;
  if (again) return "The same " + name + " again: ";
  name[0] = name[0] >= 'a' && name[0] <= 'z' ? static_cast<char>(name[0] - 'a' + 'A') : name[0];
  return name + ", not shown: ";
}

}  // namespace

std::optional<std::string> secret_path(const operations::FieldInfo& field, const Arguments& arguments,
                                       const Surroundings& around) {
  if (const std::string* path = arguments.value(operations::flag_name(field))) return *path;
  const std::string variable = variable_of(field);
  // With a hub that is elsewhere this variable holds the token to reach it with.
  const bool is_taken = variable == "HUBCTL_TOKEN_FILE" && names_remote(arguments, around);
  return variable.empty() || is_taken ? std::nullopt : around.variable(variable);
}

Result<Secret> ask_for_secret(const operations::CommandInfo& command, const operations::FieldInfo& field,
                              const Options& options) {
  const std::string flag = "--" + operations::flag_name(field);
  if (!options.may_ask) {
    const std::string variable = variable_of(field);
    const std::string other = variable.empty() ? "" : ", or the path in " + variable;
    return usage_error("\"" + std::string(command.name) + "\" needs " + flag + " FILE.",
                       "use " + flag + " - for standard input" + other);
  }
  Result<Secret> secret = prompt_secret(question(field, false));
  const bool is_new = command.effect == operations::Effect::change && field.name == "password";
  if (!secret || !is_new) return secret;
  const Result<Secret> again = prompt_secret(question(field, true));
  if (!again) return again.error();
  if (again->reveal() != secret->reveal()) return usage_error("The two are not the same.");
  return secret;
}

}  // namespace hub::cli
