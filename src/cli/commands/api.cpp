#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/operations/rest.h"
#include "request.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::FieldInfo;
using operations::ValueKind;

constexpr std::array<std::string_view, 5> methods = {"GET", "POST", "PATCH", "PUT", "DELETE"};

Result<std::string> target_of(const std::string& path) {
  for (const char c : path) {
    if (c <= ' ' || c > '~') return usage_error("A path is printable ASCII.", "percent-encode the rest");
  }
  return path.starts_with('/') ? path : std::string(operations::rest_prefix) + "/" + path;
}

Result<std::string> method_of(const std::string& method) {
  if (std::find(methods.begin(), methods.end(), method) != methods.end()) return method;
  return usage_error("The method is GET, POST, PATCH, PUT or DELETE.");
}

Result<int> run_api(const Invocation& invocation) {
  Json body;
  const Result<Request> request = build_request(invocation.command, invocation.command.request, invocation.arguments,
                                                invocation.options, invocation.around, body);
  if (!request) return request.error();
  const Result<std::string> method = method_of(body["method"].get<std::string>());
  if (!method) return method.error();
  const Result<std::string> target = target_of(body["path"].get<std::string>());
  if (!target) return target.error();
  const Result<std::optional<RemoteHub>> hub = remote_hub(invocation.options, invocation.around);
  if (!hub) return hub.error();
  if (!*hub) return usage_error("\"api\" asks a hub over HTTP.", "name one with --remote or --context");
  const Result<std::unique_ptr<Remote>> remote = Remote::connect(**hub);
  if (!remote) return remote.error();
  const std::string data = body.contains("data") ? to_line(body["data"]) : "";
  const Result<RemoteAnswer> answer = (*remote)->send(*method, *target, data);
  if (!answer) return answer.error();
  // Whatever it says is what was asked for.
  invocation.out.write(answer->body);
  if (!answer->body.empty() && !answer->body.ends_with('\n')) invocation.out.write("\n");
  if (answer->status >= 200 && answer->status <= 299) return answer->exit_status;
  notice(invocation, "HTTP status " + std::to_string(answer->status) + "\n");
  return exit_status(remote_error(*answer, (*hub)->url).code.failure);
}

}  // namespace

Builtin api_command() {
  operations::CommandInfo info;
  info.name = "api";
  info.summary = "Send one request to a hub and print its answer";
  info.details =
      "A path without a slash in front is one of the admin API. The admin token goes along. A refusal is printed like "
      "any answer; the exit status tells.";
  info.request = {flag_field("method", "Method of the request.", ValueKind::text),
                  flag_field("path", "Path and query: orgs?limit=3, /health/ready.", ValueKind::text),
                  flag_field("data", "JSON body.", ValueKind::object)};
  info.request[0].required = info.request[1].required = true;
  info.request[0].choices = {methods.begin(), methods.end()};
  info.arguments = {"method", "path"};
  info.examples = {"hubctl api GET orgs", "hubctl api POST orgs --data '{\"name\":\"acme\"}'"};
  info.errors = {codes::server_unreachable};
  return {std::move(info), "", &run_api};
}

}  // namespace hub::cli
