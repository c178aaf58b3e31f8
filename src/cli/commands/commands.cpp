#include "hub/operations/commands.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "hub/base/text.h"
#include "hub/http/server.h"
#include "request.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;
using operations::FieldInfo;

bool is_below(std::string_view name, const std::string& path) {
  return path.empty() || name == path || name.starts_with(path + " ");
}

// The words of a command from the last one that the line above does not share, indented by their depth.
void write_branch(std::span<const CommandInfo> commands, const std::string& path, const std::string& indent,
                  Sink& out) {
  for (const operations::NextWord& next : operations::next_words(commands, path)) {
    out.write(indent + std::string(next.word) + (next.is_command ? "  " + next.summary : "") + "\n");
    const std::string below = path.empty() ? std::string(next.word) : path + " " + std::string(next.word);
    write_branch(commands, below, indent + "  ", out);
  }
}

// What `serve` answers, with who may ask.
int write_routes(const Invocation& invocation) {
  const Json routes = http::routes_as_json();
  if (invocation.options.format == Format::json) {
    invocation.out.write(to_line(routes) + "\n");
    return 0;
  }
  for (const Json& route : routes) {
    std::string who;
    for (const Json& one : route["access"]) who += (who.empty() ? "" : ",") + one.get<std::string>();
    invocation.out.write(route["method"].get<std::string>() + "\t" + route["path"].get<std::string>() + "\t" + who +
                         "\t" + route["name"].get<std::string>() + "\n");
  }
  return 0;
}

Result<int> run_commands(const Invocation& invocation) {
  Json body;
  const Result<Request> request = build_request(invocation.command, invocation.command.request, invocation.arguments,
                                                invocation.options, invocation.around, body);
  if (!request) return request.error();
  if (invocation.arguments.is_set("routes")) return write_routes(invocation);
  if (invocation.arguments.is_set("openapi")) {
    invocation.out.write(to_line(http::openapi_as_json()) + "\n");
    return 0;
  }
  const std::string path = join(invocation.arguments.positionals, " ");
  std::vector<CommandInfo> chosen;
  for (CommandInfo& command : all_commands()) {
    if (is_below(command.name, path)) chosen.push_back(std::move(command));
  }
  if (chosen.empty()) return usage_error("There is no command of that name.", "hubctl commands lists them all");

  if (invocation.arguments.is_set("tree")) {
    write_branch(chosen, "", "", invocation.out);
    return 0;
  }
  const Format format = invocation.options.format;
  if (format == Format::json && !invocation.options.layout.chosen) {
    invocation.out.write(to_line(operations::commands_as_json(chosen)) + "\n");
    return 0;
  }
  const std::unique_ptr<Writer> writer = make_writer(format, invocation.options.layout, invocation.out);
  for (const Json& command : operations::commands_as_json(chosen)) writer->row(command);
  writer->finish();
  return 0;
}

FieldInfo answer_field(std::string_view name, std::string_view description) {
  FieldInfo field;
  field.name = name;
  field.description = description;
  field.show = operations::Show::column;
  return field;
}

}  // namespace

Builtin commands_command() {
  CommandInfo info;
  info.name = "commands";
  info.summary = "List all commands, with -o json everything about them";
  FieldInfo path;
  path.name = "path";
  path.description = "Only the commands that begin with these words.";
  path.repeated = true;
  path.reference = "command";
  FieldInfo tree;
  tree.name = "tree";
  tree.description = "Indent the words below each other.";
  tree.kind = operations::ValueKind::boolean;
  FieldInfo routes;
  routes.name = "routes";
  routes.description = "The routes of \"serve\" instead: method, path, who may ask, what it is.";
  routes.kind = operations::ValueKind::boolean;
  FieldInfo openapi;
  openapi.name = "openapi";
  openapi.description = "The description of the HTTP API instead, as OpenAPI 3.1.";
  openapi.kind = operations::ValueKind::boolean;
  info.request = {path, tree, routes, openapi};
  info.arguments = {"path"};
  info.answer = {answer_field("command", "Words of the command."), answer_field("summary", "What it does.")};
  info.examples = {"hubctl commands token", "hubctl commands --json", "hubctl commands --tree",
                   "hubctl commands --routes"};
  return {std::move(info), "command", &run_commands, true};
}

}  // namespace hub::cli
