#include <nlohmann/json.hpp>

#include "builtin.h"
#include "hub/base/codes.h"
#include "location.h"
#include "request.h"
#include "secret_input.h"

namespace hub::cli {
namespace {

using core::InitAnswer;
using core::InitRequest;
using operations::FieldInfo;
using operations::Fields;
using operations::Show;

Fields<InitRequest> request_fields() {
  Fields<InitRequest> fields = {
      {"issuer", &InitRequest::issuer, "Public base URL of the hub; default http://127.0.0.1:4000."},
      {"mode",
       &InitRequest::mode,
       "Rules for redirect targets; default production.",
       {.choices = {"production", "sandbox"}}},
      {"owner", &InitRequest::owner, "Address of the first person."},
      {"password", &InitRequest::password, "Their password."},
  };
  for (auto& field : fields) field.info.required = false;  // the struct holds the defaults
  return fields;
}

Fields<InitAnswer> answer_fields() {
  return {
      {"store", &InitAnswer::store, "File of the store.", {.show = Show::column}},
      {"master_key_file", &InitAnswer::master_key_file, "File of its master key.", {.show = Show::column}},
      {"issuer", &InitAnswer::issuer, "Public base URL of the hub.", {.show = Show::column}},
      {"mode", &InitAnswer::mode, "production or sandbox.", {.show = Show::column}},
      {"kid", &InitAnswer::kid, "Identifier of the first signing key.", {.show = Show::column}},
  };
}

// An owner without a password could not sign in: a person at the keyboard is asked for it.
Result<void> add_password(const Invocation& invocation, InitRequest& request) {
  if (!request.owner || request.password || !invocation.options.may_ask) return {};
  const FieldInfo* field = operations::find_field(invocation.command.request, "password");
  Result<Secret> password = ask_for_secret(invocation.command, *field, invocation.options);
  if (!password) return password.error();
  request.password = std::move(*password);
  return {};
}

Result<int> run_init(const Invocation& invocation) {
  if (invocation.options.actor) {
    return Error{codes::principal_not_allowed, "Only an operator makes a hub.", "run it without --actor"};
  }
  Result<InitRequest> request = request_of(invocation, request_fields());
  if (!request) return request.error();
  if (Result<void> added = add_password(invocation, *request); !added) return added.error();
  const Result<core::HubLocation> location =
      find_hub(invocation.options.store, invocation.options.master_key_file, invocation.around);
  if (!location) return location.error();

  const std::unique_ptr<Random> random = core::system_random();
  const Result<InitAnswer> done =
      core::init_hub(*location, local_call(invocation.options), *request, invocation.clock, *random);
  if (!done) return done.error();
  Json answer = Json::object();
  answer["changed"] = done->changed;
  answer["kind"] = "hub";
  answer["name"] = done->issuer;
  operations::write_answer(answer_fields(), *done, answer["object"] = Json::object());
  print_object(invocation, answer);
  return 0;
}

}  // namespace

Builtin init_command() {
  operations::CommandInfo info;
  info.name = "init";
  info.summary = "Create the store, its master key and the first signing key";
  info.details =
      "The master key is written to <store>.key unless another place is named. Keep a copy of it apart from backups of "
      "the "
      "store: without it no secret of the store can be read again.";
  info.access = operations::Access::operators;
  info.effect = operations::Effect::change;
  info.request = operations::infos(request_fields());
  FieldInfo ensure;
  ensure.name = "ensure";
  ensure.description = "Succeed if the store is there and its issuer is the same.";
  ensure.kind = operations::ValueKind::boolean;
  info.request.push_back(ensure);
  info.answer = operations::infos(answer_fields());
  info.examples = {"hubctl init", "hubctl init --issuer https://hub.example --owner jane@acme.test --password-file pw",
                   "hubctl --store ./hub.db init --mode sandbox --ensure"};
  info.errors = {codes::exists, codes::invalid_request, codes::master_key};
  return {std::move(info), "issuer", &run_init};
}

}  // namespace hub::cli
