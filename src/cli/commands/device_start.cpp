#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/http/qr_code.h"
#include "request.h"
#include "run_operation.h"
#include "secret_output.h"
#include "terminal.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::Operation;
using operations::ValueKind;

constexpr std::string_view command_name = "device start", poll_name = "device poll";
constexpr Seconds slow_down{5};  // RFC 8628 section 3.5

const Operation& named(std::string_view name) { return *operations::find_operation(name); }

// White on black whatever the terminal's colours are, since a scanner wants contrast more than harmony.
std::string in_colour(const std::string& text) {
  std::string out = "\x1b[97;40m";
  for (const char c : text) out += c == '\n' ? std::string("\x1b[0m\n\x1b[97;40m") : std::string(1, c);
  return out + "\x1b[0m";
}

// To people, and shown even when they want to hear nothing else: nobody can go on without it.
void tell(const Invocation& invocation, const Json& started) {
  if (invocation.arguments.is_set("qr")) {
    const Result<http::QrCode> code = http::make_qr_code(started.value("verification_uri_complete", ""));
    const std::string text = code ? http::qr_text(*code) : "";
    const bool colour = use_color(invocation.options.color, invocation.around.errors_are_terminal, invocation.around);
    write_error(colour ? in_colour(text) : text);
  }
  write_error("Open " + started.value("verification_uri", "") + " and enter the code " +
              started.value("user_code", "") + ".\n");
}

// Whether to go on asking, and how long to wait before.
bool goes_on(const Error& error, Seconds& interval) {
  if (error.code == codes::slow_down) interval += slow_down;
  return error.code == codes::slow_down || error.code == codes::authorization_pending ||
         error.code.failure == Failure::unavailable;
}

// Asks as a device does until somebody has decided or the codes are too old.
Result<Json> wait_for_token(const Invocation& invocation, Executor& executor, const Json& request,
                            const Json& started) {
  Json body{{"app", request["app"]}, {"device_code", started["device_code"]}};
  if (request.contains("credential")) body["credential"] = request["credential"];
  Seconds interval{started.value("interval", std::int64_t{5})};
  Seconds left{started.value("expires_in", std::int64_t{0})};
  while (true) {
    invocation.around.pause(interval);
    left -= interval;
    Json answer;
    const Result<int> polled = executor.run(named(poll_name), body, answer);
    if (polled) return answer;
    if (!goes_on(polled.error(), interval) || left + slow_down < Seconds(0)) return polled.error();
  }
}

struct Start {
  std::unique_ptr<Executor> executor;
  Json request, answer;
};
Result<Start> start(const Invocation& invocation) {
  Start out;
  const Operation& operation = named(command_name);
  const Result<Request> built = build_request(invocation.command, operation.request, invocation.arguments,
                                              invocation.options, invocation.around, out.request);
  if (!built) return built.error();
  if (built->is_batch()) return usage_error("One device is started at a time.", "name the app");
  Result<std::unique_ptr<Executor>> executor =
      open_executor(invocation.options, invocation.around, invocation.clock, operation.effect);
  if (!executor) return executor.error();
  out.executor = std::move(*executor);
  const Result<int> status = out.executor->run(operation, out.request, out.answer);
  if (!status) return status.error();
  tell(invocation, out.answer["object"]);
  return out;
}

Result<int> run_shown(const Invocation& invocation) {
  SecretOutput secrets(invocation.shape, invocation.options, invocation.around);
  if (Result<void> checked = secrets.check(Json::object(), false); !checked) return checked.error();
  Result<Start> started = start(invocation);
  if (!started) return started.error();
  secrets.take(started->answer);
  if (Result<void> written = secrets.write(); !written) return written.error();
  print_object(invocation, started->answer);
  notice(invocation, secrets.notice(started->answer));
  if (invocation.options.dry_run) notice(invocation, "Nothing was changed: dry run.\n");
  started->executor->finish();
  return 0;
}

// The answer is the token response then, and JSON unless something else was asked for, since it comes only once.
Result<int> run_waiting(const Invocation& invocation) {
  if (invocation.options.dry_run) return usage_error("There is nothing to wait for after a dry run.");
  const operations::CommandInfo poll = operations::describe(named(poll_name));
  const AnswerShape shape = shape_of(poll, named(poll_name).info.id);
  Result<Options> options = read_options(poll, shape, invocation.arguments, invocation.around);
  if (!options) return options.error();
  if (!options->format_is_chosen) options->format = Format::json;
  SecretOutput secrets(shape, *options, invocation.around);
  if (Result<void> checked = secrets.check(Json::object(), false); !checked) return checked.error();
  Result<Start> started = start(invocation);
  if (!started) return started.error();
  Result<Json> token = wait_for_token(invocation, *started->executor, started->request, started->answer["object"]);
  if (!token) return token.error();
  secrets.take(*token);
  if (Result<void> written = secrets.write(); !written) return written.error();
  print_object({poll, shape, invocation.arguments, *options, invocation.around, invocation.clock, invocation.out},
               *token);
  started->executor->finish();
  return 0;
}

Result<int> run_device_start(const Invocation& invocation) {
  const bool waits = invocation.arguments.is_set("wait");
  if (invocation.options.print_request || (!waits && !invocation.arguments.is_set("qr"))) {
    return run_operation(named(command_name), invocation);
  }
  return waits ? run_waiting(invocation) : run_shown(invocation);
}

}  // namespace

Builtin device_start_command() {
  operations::CommandInfo info = operations::describe(named(command_name));
  info.details =
      "Somebody opens the page and enters the code, or scans it from the terminal with --qr, or says \"device "
      "approve\". With --wait the command asks like a device until that was done and prints the token response; "
      "without it, \"device poll\" fetches the token, within 10 minutes.";
  info.request.push_back(flag_field("qr", "Show the page's address as a QR code on stderr.", ValueKind::boolean));
  info.request.push_back(
      flag_field("wait", "Wait until somebody has decided, and print the token response.", ValueKind::boolean));
  info.examples = {"hubctl device start --app caresuite --scope zaikio.person.r --qr --wait > token.json",
                   "hubctl device start --app caresuite --scope Org.warehouse.items.r -o json"};
  return {std::move(info), "user_code", &run_device_start};
}

}  // namespace hub::cli
