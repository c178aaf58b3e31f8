#include <nlohmann/json.hpp>

#include "builtin.h"
#include "executor.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

constexpr std::string_view command_name = "token introspect";

Result<int> run_introspect(const Invocation& invocation) {
  const Result<std::unique_ptr<Executor>> executor =
      open_executor(invocation.options, invocation.around, invocation.clock, operations::Effect::read);
  if (!executor) return executor.error();
  Json request{{"check", invocation.arguments.is_set("check")}};
  const TokenLines::Answer answer_one = [&](std::string_view token, Json& answer) -> Result<int> {
    request["token"] = token;
    return (*executor)->run(*operations::find_operation(command_name), request, answer);
  };
  return TokenLines(invocation).each(answer_one, nullptr);
}

}  // namespace

Builtin token_introspect_command() {
  operations::CommandInfo info = operations::describe(*operations::find_operation(command_name));
  info.request.front() = token_field();
  return {std::move(info), "", &run_introspect};
}

}  // namespace hub::cli
