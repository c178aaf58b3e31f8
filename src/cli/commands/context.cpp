#include "context.h"

#include <nlohmann/json.hpp>

#include "builtin.h"
#include "commands/login.h"
#include "errors.h"
#include "hub/base/codes.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::FieldInfo;
using operations::Show;
using operations::ValueKind;

Json shown(const Contexts& contexts, const Context& context) {
  Json out = Json::object();
  out["name"] = context.name;
  out["url"] = context.url;
  out["current"] = context.name == contexts.current;
  return out;
}

Result<std::string> one_name(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.arguments.positionals;
  if (words.size() == 1) return words.front();
  return usage_error("\"" + std::string(invocation.command.name) + "\" needs one name.",
                     operations::usage_line(invocation.command));
}

Result<int> run_list(const Invocation& invocation) {
  const Result<Contexts> contexts = read_contexts(invocation.around);
  if (!contexts) return contexts.error();
  const std::unique_ptr<Writer> writer =
      make_writer(invocation.options.format, invocation.options.layout, invocation.out);
  for (const Context& one : contexts->all) writer->row(shown(*contexts, one));
  writer->finish();
  return 0;
}

Result<int> run_current(const Invocation& invocation) {
  const Result<Contexts> contexts = read_contexts(invocation.around);
  if (!contexts) return contexts.error();
  const Context* const current = contexts->find(contexts->current);
  if (current == nullptr) return Error{codes::not_found, "No context is current: commands act on the store."};
  print_object(invocation, shown(*contexts, *current));
  return 0;
}

Result<int> run_use(const Invocation& invocation) {
  const Result<std::string> name = one_name(invocation);
  if (!name) return name.error();
  Result<Contexts> contexts = read_contexts(invocation.around);
  if (!contexts) return contexts.error();
  const bool local = *name == local_context;
  const Context* const context = contexts->find(*name);
  if (!local && context == nullptr) return unknown_context(*contexts, *name);
  contexts->current = local ? "" : *name;
  if (Result<void> written = write_contexts(*contexts, invocation.around); !written) return written.error();
  if (!local) print_object(invocation, shown(*contexts, *context));
  return 0;
}

Result<int> run_add(const Invocation& invocation) {
  const std::string* const name = invocation.arguments.value("name");
  const Result<Context> context = read_context(invocation, name);
  if (!context) return context.error();
  const Result<Contexts> before = read_contexts(invocation.around);
  if (!before) return before.error();
  if (before->find(context->name) != nullptr) {
    return Error{codes::exists, "There is a context of that name.", "hubctl context remove " + context->name};
  }
  if (Result<void> kept = keep_context(*context, false, invocation.around); !kept) return kept.error();
  print_object(invocation, shown(*before, *context));
  return 0;
}

Result<int> run_remove(const Invocation& invocation) {
  const Result<std::string> name = one_name(invocation);
  if (!name) return name.error();
  Result<Contexts> contexts = read_contexts(invocation.around);
  if (!contexts) return contexts.error();
  const Context* const context = contexts->find(*name);
  if (context == nullptr) return unknown_context(*contexts, *name);
  const Json answer = shown(*contexts, *context);
  forget_context(*contexts, *name);
  if (Result<void> written = write_contexts(*contexts, invocation.around); !written) return written.error();
  print_object(invocation, answer);
  return 0;
}

operations::CommandInfo described(std::string_view name, std::string_view summary) {
  operations::CommandInfo info;
  info.name = name;
  info.summary = summary;
  info.answer = {flag_field("name", "Name of the context.", ValueKind::text),
                 flag_field("url", "Address of the hub.", ValueKind::text),
                 flag_field("current", "Whether commands act on it.", ValueKind::boolean)};
  for (FieldInfo& field : info.answer) field.show = Show::column;
  return info;
}

FieldInfo name_field() {
  FieldInfo field = flag_field("name", "Name of the context.", ValueKind::text);
  field.required = true;
  return field;
}

}  // namespace

Builtin context_list_command() {
  operations::CommandInfo info = described("context list", "List the hubs that were logged into");
  info.examples = {"hubctl context list"};
  return {std::move(info), "name", &run_list, true};
}

Builtin context_current_command() {
  operations::CommandInfo info = described("context current", "Show the hub that commands act on");
  info.examples = {"hubctl context current -q"};
  info.errors = {codes::not_found};
  return {std::move(info), "name", &run_current};
}

Builtin context_use_command() {
  operations::CommandInfo info = described("context use", "Act on another hub from now on");
  info.details = "The name \"local\" stands for the store of this machine.";
  info.request = {name_field()};
  info.arguments = {"name"};
  info.examples = {"hubctl context use prod", "hubctl context use local"};
  info.errors = {codes::not_found};
  return {std::move(info), "name", &run_use};
}

Builtin context_add_command() {
  operations::CommandInfo info = described("context add", "Keep a hub and its admin token without asking it");
  info.request = {flag_field("url", "Address of the hub.", ValueKind::text),
                  flag_field("token", "The admin token; default standard input or a prompt.", ValueKind::secret),
                  flag_field("name", "Name of the context; default the host.", ValueKind::text)};
  info.request.front().required = true;
  info.arguments = {"url"};
  info.examples = {"hubctl context add https://hub.example --name prod --token-file prod.token"};
  info.errors = {codes::exists};
  return {std::move(info), "name", &run_add};
}

Builtin context_remove_command() {
  operations::CommandInfo info = described("context remove", "Forget a hub and its admin token");
  info.request = {name_field()};
  info.arguments = {"name"};
  info.examples = {"hubctl context remove prod"};
  info.errors = {codes::not_found};
  return {std::move(info), "name", &run_remove};
}

}  // namespace hub::cli
