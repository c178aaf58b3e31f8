#include "run_operation.h"

#include <nlohmann/json.hpp>

#include "errors.h"
#include "hub/operations/rest.h"
#include "secret_output.h"

namespace hub::cli {
namespace {

using operations::Effect;
using operations::Operation;

Result<int> run_list(const Operation& operation, Executor& executor, const Json& request, const Invocation& invocation,
                     SecretOutput& secrets) {
  const Options& options = invocation.options;
  const std::unique_ptr<Writer> writer = make_writer(options.format, options.layout, invocation.out);
  const operations::Emit emit = [&](Json& row) {
    secrets.take(row);
    writer->row(row);
    return invocation.out.ok();
  };
  if (Result<void> listed = executor.run_list(operation, request, emit); !listed) {
    return listed.error();
  }
  if (Result<void> written = secrets.write(); !written) return written.error();
  writer->finish();
  return 0;
}

// What a token lost on the way is told to people as well (decisions-week-one.md 22).
void tell_dropped(const Invocation& invocation, const Json& answer) {
  const auto dropped = answer.find("dropped");
  if (dropped == answer.end() || !dropped->is_array()) return;
  for (const Json& scope : *dropped) {
    const std::string rule = scope.value("rule", "");
    notice(invocation, "Dropped: " + scope.value("scope", "") + (rule.empty() ? "" : " (" + rule + ")") + "\n");
  }
}

Result<int> run_once(const Operation& operation, Executor& executor, const Json& request, const Invocation& invocation,
                     SecretOutput& secrets) {
  Json answer;
  const Result<int> status = executor.run(operation, request, answer);
  if (!status) return status.error();
  secrets.take(answer);
  if (Result<void> written = secrets.write(); !written) return written.error();
  print_object(invocation, answer);
  notice(invocation, secrets.notice(answer));
  tell_dropped(invocation, answer);
  if (invocation.options.dry_run && operation.effect == Effect::change)
    notice(invocation, "Nothing was changed: dry run.\n");
  return *status;
}

// What would be sent to a hub, but for its secrets.
int print_request(const Operation& operation, const Json& body, const Invocation& invocation) {
  Json shown = body;
  for (const operations::FieldInfo& field : operation.request) {
    const std::string name(field.name);
    if (field.kind == operations::ValueKind::secret && shown.contains(name)) shown[name] = "(secret)";
  }
  const operations::RestRoute route = operations::rest_route(operation);
  const operations::RestMessage message =
      operations::write_rest(route, shown, local_call(invocation.options), invocation.options.actor, {});
  invocation.out.write(std::string(route.method) + " " + message.target + "\n");
  if (!message.body.empty()) invocation.out.write(message.body + "\n");
  return 0;
}

Result<void> check_batch_output(const Options& options) {
  const bool lines = options.format == Format::jsonl || options.format == Format::json;
  if (!options.format_is_chosen || lines) return {};
  return usage_error("With references from standard input the output is JSON lines.", "leave --output and --quiet out");
}

Result<int> run_with(const Operation& operation, Executor& executor, const Request& request, const Json& body,
                     const Invocation& invocation, SecretOutput& secrets) {
  if (request.is_batch()) return run_batch(operation, executor, request, body, invocation);
  if (operation.list) return run_list(operation, executor, body, invocation, secrets);
  return run_once(operation, executor, body, invocation, secrets);
}

}  // namespace

Result<int> run_operation(const Operation& operation, const Invocation& invocation) {
  const Options& options = invocation.options;
  Json body;
  const Result<Request> request =
      build_request(invocation.command, operation.request, invocation.arguments, options, invocation.around, body);
  if (!request) return request.error();
  SecretOutput secrets(invocation.shape, options, invocation.around);
  if (Result<void> checked = secrets.check(body, request->is_batch()); !checked) return checked.error();
  if (request->is_batch()) {
    if (Result<void> checked = check_batch_output(options); !checked) return checked.error();
  }

  if (options.print_request) return print_request(operation, body, invocation);
  const Result<std::unique_ptr<Executor>> executor =
      open_executor(options, invocation.around, invocation.clock, operation.effect);
  if (!executor) return executor.error();
  const Result<int> status = run_with(operation, **executor, *request, body, invocation, secrets);
  if (operation.effect == Effect::change) (*executor)->finish();
  return status;
}

}  // namespace hub::cli
