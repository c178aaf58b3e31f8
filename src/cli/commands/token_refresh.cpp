#include <filesystem>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/inspect.h"
#include "request.h"
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

// The file itself, whatever links lead to it; what is no file cannot be replaced.
Result<std::string> session_file(const std::string& path) {
  std::error_code problem;
  const std::filesystem::path file = std::filesystem::canonical(path, problem);
  if (!problem && std::filesystem::is_regular_file(file, problem)) return file.string();
  if (problem) return Error{codes::unreadable_file, "The session file " + path + " cannot be read."};
  return usage_error("--session takes a file that can be replaced.", "give a refresh token with --token-file -");
}

// If the file cannot be replaced any more, the new pair is kept beside it: the old one is spent.
Result<void> keep(const std::string& path, const Json& answer) {
  const std::string content = to_line(answer) + "\n";
  const Result<void> replaced = replace_file(path, content);
  if (replaced) return replaced;
  const std::string beside = path + ".new";
  if (!write_new_file(beside, content)) return replaced;
  Error error = replaced.error();
  error.hint = "the new tokens are in " + beside;
  return error;
}

// Of the request all but the token, which the session holds.
std::vector<operations::FieldInfo> client_fields(const Operation& operation) {
  std::vector<operations::FieldInfo> out = operation.request;
  std::erase_if(out, [](const operations::FieldInfo& field) { return field.name == "token"; });
  return out;
}

Result<int> refresh_session(const Invocation& invocation, const Operation& operation, const std::string& given) {
  const Result<std::string> file = session_file(given);
  if (!file) return file.error();
  const std::string& path = *file;
  Result<Json> session = read_session(path);
  if (!session) return session.error();
  if (const std::string* const margin = invocation.arguments.value("if-expiring")) {
    const auto duration = parse_duration(*margin);
    if (!duration) return usage_error("--if-expiring is a duration.", "for example 60s");
    if (is_fresh(*session, *duration, invocation.clock.now())) {
      notice(invocation, "The token is good for longer and was not refreshed.\n");
      print_object(invocation, *session);
      return 0;
    }
  }
  const Result<std::unique_ptr<Executor>> executor =
      open_executor(invocation.options, invocation.around, invocation.clock, operations::Effect::change);
  if (!executor) return executor.error();
  Json request;
  const Result<Request> built = build_request(invocation.command, client_fields(operation), invocation.arguments,
                                              invocation.options, invocation.around, request);
  if (!built) return built.error();
  const bool dry_run = invocation.options.dry_run;
  // A refresh token is spent by its first use: that the file can be replaced is tried with the old content first.
  if (!dry_run) {
    if (Result<void> tried = replace_file(path, to_line(*session) + "\n"); !tried) return tried.error();
  }
  request["token"] = (*session)["refresh_token"];
  Json answer = Json::object();
  const Result<int> status = (*executor)->run(operation, request, answer);
  if (!status) return status.error();
  if (dry_run) {
    notice(invocation, "Nothing was changed: dry run.\n");
  } else {
    if (Result<void> kept = keep(path, answer); !kept) return kept.error();
    (*executor)->finish();
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
  if (invocation.options.secret_out)
    return usage_error("With --session the tokens are in its file, not in --secret-out.");
  if (!invocation.arguments.has("token-file")) return refresh_session(invocation, operation, *session);
  return usage_error("Give --session or --token-file, not both.");
}

}  // namespace

Builtin token_refresh_command() {
  operations::CommandInfo info = operations::describe(*operations::find_operation(command_name));
  info.request.push_back(flag_field(
      "session", "File with an OAuth token response; replaced in one step by the new one.", ValueKind::text));
  info.request.back().reference = "file";
  for (operations::FieldInfo& field : info.request) {
    if (field.name == "token") field.required = false;  // the session file holds it as well
  }
  info.request.push_back(flag_field("if_expiring",
                                    "With --session: refresh only if the access token expires within this time.",
                                    ValueKind::duration));
  return {std::move(info), "", &run_refresh};
}

}  // namespace hub::cli
