#include "commands/login.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "context.h"
#include "errors.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/base/text.h"
#include "location.h"
#include "secret_input.h"
#include "terminal.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::FieldInfo;
using operations::Show;
using operations::ValueKind;

constexpr std::string_view whoami_target = "/admin/v1/whoami";

// "hub.example:4000" of a URL: what a context is called unless told otherwise.
std::string default_name(const RemoteUrl& url) {
  if (!url.socket_file.empty()) return url.socket_file.substr(url.socket_file.rfind('/') + 1);
  const int usual = url.tls ? 443 : 80;
  return url.port == usual ? url.host : url.host + ":" + std::to_string(url.port);
}

Result<Json> ask_who(const RemoteHub& hub) {
  const Result<std::unique_ptr<Remote>> remote = Remote::connect(hub);
  if (!remote) return remote.error();
  const Result<RemoteAnswer> answer = (*remote)->ask("GET", std::string(whoami_target), "");
  if (!answer) return answer.error();
  Result<Json> who = parse_json(answer->body);
  if (who && who->is_object() && who->contains("actor")) return who;
  return Error{codes::server_unreachable, "The answer of " + hub.url + " is not a hub's."};
}

Json answer_of(const Context& context, const Json& who) {
  Json out = Json::object();
  out["context"] = context.name;
  out["hub"] = context.url;
  for (const char* const name : {"actor", "role", "issuer"}) out[name] = who.contains(name) ? who[name] : Json();
  return out;
}

Result<int> run_login(const Invocation& invocation) {
  const Result<Context> context = read_context(invocation, invocation.arguments.value("name"));
  if (!context) return context.error();
  const Result<Json> who = ask_who({.url = context->url, .token = context->token});
  if (!who) return who.error();
  if (Result<void> kept = keep_context(*context, true, invocation.around); !kept) return kept.error();
  print_object(invocation, answer_of(*context, *who));
  return 0;
}

Result<int> run_logout(const Invocation& invocation) {
  Result<Contexts> contexts = read_contexts(invocation.around);
  if (!contexts) return contexts.error();
  const std::string name = invocation.options.context.value_or(contexts->current);
  if (name.empty()) return usage_error("There is no current context to log out of.", "name one with --context");
  const Context* const context = contexts->find(name);
  if (context == nullptr) return unknown_context(*contexts, name);
  Json answer = Json::object();
  answer["context"] = name;
  answer["hub"] = context->url;
  forget_context(*contexts, name);
  if (Result<void> written = write_contexts(*contexts, invocation.around); !written) return written.error();
  print_object(invocation, answer);
  return 0;
}

Result<int> run_whoami(const Invocation& invocation) {
  const Result<std::optional<RemoteHub>> hub = remote_hub(invocation.options, invocation.around);
  if (!hub) return hub.error();
  if (!*hub) {
    const Options& options = invocation.options;
    const Result<core::HubLocation> location = find_hub(options.store, options.master_key_file, invocation.around);
    if (!location) return location.error();
    const Context here{std::string(local_context), location->store_path, {}};
    print_object(invocation, answer_of(here, {{"actor", local_call(options).principal.actor}, {"role", "operator"}}));
    return 0;
  }
  const Result<Json> who = ask_who(**hub);
  if (!who) return who.error();
  const Result<Contexts> contexts = read_contexts(invocation.around);
  const Context* const known = contexts ? contexts->find_url((*hub)->url) : nullptr;
  Json answer = answer_of({known == nullptr ? "" : known->name, (*hub)->url, {}}, *who);
  if (known == nullptr) answer["context"] = nullptr;
  print_object(invocation, answer);
  return 0;
}

std::vector<FieldInfo> who_fields() {
  std::vector<FieldInfo> out{flag_field("context", "Name of the context.", ValueKind::text),
                             flag_field("hub", "Address of the hub, or the store.", ValueKind::text),
                             flag_field("actor", "Who the audit trail says it was.", ValueKind::text),
                             flag_field("role", "read-only or full; operator of a store.", ValueKind::text),
                             flag_field("issuer", "Public base URL of the hub.", ValueKind::text)};
  for (FieldInfo& field : out) field.show = Show::column;
  return out;
}

}  // namespace

Result<Context> read_context(const Invocation& invocation, const std::string* name) {
  if (invocation.arguments.positionals.size() != 1) {
    return usage_error("\"" + std::string(invocation.command.name) + "\" needs one URL.",
                       operations::usage_line(invocation.command));
  }
  Context out;
  out.url = invocation.arguments.positionals.front();
  while (out.url.size() > 1 && out.url.ends_with('/')) out.url.pop_back();
  const Result<RemoteUrl> url = parse_remote_url(out.url);
  if (!url) return url.error();
  out.name = name != nullptr ? *name : default_name(*url);
  if (!is_display_name(out.name, 64) || out.name == local_context || out.name.find('/') != std::string::npos) {
    return usage_error("A context's name is 1 to 64 bytes without a slash, and not \"local\".");
  }
  const FieldInfo* const field = operations::find_field(invocation.command.request, "token");
  const auto path = secret_path(*field, invocation.arguments, invocation.around);
  Result<Secret> token = !path && invocation.options.may_ask ? prompt_secret("Admin token, not shown: ")
                                                             : read_secret_file(path.value_or("-"));
  if (!token) return token.error();
  out.token = Secret(std::string(trim(token->reveal())));
  if (out.token.empty()) return usage_error("There is no token.", "hubctl token issue-admin makes one");
  return out;
}

Result<void> keep_context(const Context& context, bool is_current, const Surroundings& around) {
  Result<Contexts> contexts = read_contexts(around);
  if (!contexts) return contexts.error();
  std::erase_if(contexts->all, [&](const Context& one) { return one.name == context.name; });
  contexts->all.push_back(context);
  if (is_current) contexts->current = context.name;
  return write_contexts(*contexts, around);
}

void forget_context(Contexts& contexts, const std::string& name) {
  std::erase_if(contexts.all, [&](const Context& one) { return one.name == name; });
  if (contexts.current == name) contexts.current.clear();
}

Builtin login_command() {
  operations::CommandInfo info;
  info.name = "login";
  info.summary = "Check an admin token and act on its hub from now on";
  info.details =
      "Commands then act on that hub unless --store, --remote or --context says otherwise; \"hubctl context use "
      "local\" "
      "goes back to the store. The token is kept in ~/.config/hubctl/contexts, closed to others.";
  info.request = {flag_field("url", "Address of the hub.", ValueKind::text),
                  flag_field("token", "The admin token; default standard input or a prompt.", ValueKind::secret),
                  flag_field("name", "Name of the context; default the host.", ValueKind::text)};
  info.request.front().required = true;
  info.arguments = {"url"};
  info.answer = who_fields();
  info.examples = {"hubctl login http://127.0.0.1:4000 --token-file admin.token"};
  info.errors = {codes::server_unreachable, codes::invalid_token};
  return {std::move(info), "context", &run_login};
}

Builtin logout_command() {
  operations::CommandInfo info;
  info.name = "logout";
  info.summary = "Forget a hub and its admin token";
  info.details = "The token itself stays good: \"hubctl token revoke-admin\" ends it.";
  info.answer = {flag_field("context", "Name of the context.", ValueKind::text),
                 flag_field("hub", "Address of the hub.", ValueKind::text)};
  for (FieldInfo& field : info.answer) field.show = Show::column;
  info.examples = {"hubctl logout", "hubctl logout --context prod"};
  info.errors = {codes::not_found};
  return {std::move(info), "context", &run_logout};
}

Builtin whoami_command() {
  operations::CommandInfo info;
  info.name = "whoami";
  info.summary = "Show which hub commands act on, and as whom";
  info.answer = who_fields();
  info.examples = {"hubctl whoami", "hubctl whoami --context prod -o json"};
  info.errors = {codes::server_unreachable, codes::invalid_token};
  return {std::move(info), "actor", &run_whoami};
}

}  // namespace hub::cli
