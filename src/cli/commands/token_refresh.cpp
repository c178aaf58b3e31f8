#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/inspect.h"
#include "hub/operations/dispatch.h"
#include "location.h"
#include "run_operation.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::Operation;
using operations::ValueKind;

constexpr std::string_view command_name = "token refresh";

// A token response kept in a file, as `token issue -o json` or a client library wrote it.
Result<Json> read_session(const std::string& path) {
  const Result<std::string> text = read_file(path);
  if (!text) return text.error();
  Result<Json> session = parse_json(*text);
  if (!session) return session.error();
  if (!session->is_object() || !session->contains("refresh_token") || !(*session)["refresh_token"].is_string()) {
    return Error{codes::invalid_request, "The session file holds no refresh token.",
                 "it must be an OAuth token response", "session"};
  }
  // A refresh token is spent by its first use, so that the new one can be kept is asked before.
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (::access(folder.empty() ? "." : folder.c_str(), W_OK) != 0) {
    return Error{codes::unwritable_file, "The session file cannot be replaced.", "its folder must be writable",
                 "session"};
  }
  return session;
}

bool is_fresh(const Json& session, Seconds margin, Instant now) {
  const auto token = session.find("access_token");
  if (token == session.end() || !token->is_string()) return false;
  Json inspected;
  if (!core::inspect_token(token->get_ref<const std::string&>(), inspected)) return false;
  const Json& claims = inspected["claims"];
  const auto expires = claims.find("exp");
  return expires != claims.end() && expires->is_number_integer() &&
         expires->get<std::int64_t>() > unix_seconds(now) + margin.count();
}

Result<int> refresh_session(const Invocation& invocation, const Operation& operation, const std::string& path) {
  Result<Json> session = read_session(path);
  if (!session) return session.error();
  if (const std::string* const margin = invocation.arguments.value("if-expiring")) {
    const auto duration = parse_duration(*margin);
    if (!duration) return usage_error("--if-expiring is a duration.", "for example 60s");
    if (is_fresh(*session, *duration, invocation.clock.now())) {
      print_object(invocation, *session);
      return 0;
    }
  }
  const Result<core::HubLocation> location =
      find_hub(invocation.options.store, invocation.options.master_key_file, invocation.around);
  if (!location) return location.error();
  const std::unique_ptr<Random> random = core::system_random();
  const Result<std::unique_ptr<core::Hub>> hub = core::open_hub(*location, false, invocation.clock, *random);
  if (!hub) return hub.error();
  Json request = Json::object();
  request["token"] = (*session)["refresh_token"];
  Json answer = Json::object();
  const Result<int> status = operations::run(operation, hub->get(), local_call(invocation.options), request, answer);
  if (!status) return status.error();
  if (!invocation.options.dry_run) {
    if (Result<void> kept = replace_file(path, to_line(answer) + "\n"); !kept) return kept.error();
    core::checkpoint_if_due(**hub);
  }
  print_object(invocation, answer);
  return 0;
}

Result<int> run_refresh(const Invocation& invocation) {
  const Operation& operation = *operations::find_operation(command_name);
  const std::string* const session = invocation.arguments.value("session");
  if (session == nullptr) {
    if (!invocation.arguments.has("if-expiring")) return run_operation(operation, invocation);
    return usage_error("--if-expiring needs --session FILE.");
  }
  if (!invocation.arguments.has("token-file")) return refresh_session(invocation, operation, *session);
  return usage_error("Give --session or --token-file, not both.");
}

}  // namespace

Builtin token_refresh_command() {
  operations::CommandInfo info = operations::describe(*operations::find_operation(command_name));
  info.request.push_back(flag_field(
      "session", "File with an OAuth token response; replaced in one step by the new one.", ValueKind::text));
  info.request.back().reference = "file";
  info.request.push_back(flag_field("if_expiring",
                                    "With --session: refresh only if the access token expires within this time.",
                                    ValueKind::duration));
  return {std::move(info), "", &run_refresh};
}

}  // namespace hub::cli
