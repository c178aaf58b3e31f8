#include "run_operation.h"

#include <nlohmann/json.hpp>

#include "errors.h"
#include "hub/operations/dispatch.h"
#include "open_hub.h"
#include "secret_output.h"

namespace hub::cli {
namespace {

using operations::Effect;
using operations::Operation;

Result<int> run_list(const Operation& operation, core::Hub* hub, const Call& call, const Json& request,
                     const Invocation& invocation, SecretOutput& secrets) {
  const Options& options = invocation.options;
  const std::unique_ptr<Writer> writer = make_writer(options.format, options.layout, invocation.out);
  const operations::Emit emit = [&](Json& row) {
    secrets.take(row);
    writer->row(row);
    return invocation.out.ok();
  };
  if (Result<void> listed = operations::run_list(operation, hub, call, request, options.query, emit); !listed) {
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

Result<int> run_once(const Operation& operation, core::Hub* hub, const Call& call, const Json& request,
                     const Invocation& invocation, SecretOutput& secrets) {
  Json answer;
  const Result<int> status = operations::run(operation, hub, call, request, answer);
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

Result<void> check_batch_output(const Options& options) {
  const bool lines = options.format == Format::jsonl || options.format == Format::json;
  if (!options.format_is_chosen || lines) return {};
  return usage_error("With references from standard input the output is JSON lines.", "leave --output and --quiet out");
}

Result<int> run_with(const Operation& operation, core::Hub* hub, const Call& call, const Request& request,
                     const Json& body, const Invocation& invocation, SecretOutput& secrets) {
  if (request.is_batch()) return run_batch(operation, hub, call, request, body, invocation);
  if (operation.list) return run_list(operation, hub, call, body, invocation, secrets);
  return run_once(operation, hub, call, body, invocation, secrets);
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

  Result<OpenHub> opened = operation.effect == Effect::none ? Result<OpenHub>(OpenHub())
                                                            : open_hub(invocation, operation.effect != Effect::change);
  if (!opened) return opened.error();
  core::Hub* const hub = opened->hub.get();
  const Result<Call> call = hub == nullptr ? Result<Call>(local_call(options)) : caller(invocation, *hub);
  if (!call) return call.error();
  const Result<int> status = run_with(operation, hub, *call, *request, body, invocation, secrets);
  if (operation.effect == Effect::change && !options.dry_run) core::checkpoint_if_due(*hub);
  return status;
}

}  // namespace hub::cli
