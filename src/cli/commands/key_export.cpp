#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/key.h"
#include "open_hub.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::ValueKind;

constexpr std::string_view command_name = "key export";

Result<core::ExportKeys> export_request(const Invocation& invocation) {
  core::ExportKeys request{.kids = invocation.arguments.positionals};
  const std::string* const format = invocation.arguments.value("format");
  if (format != nullptr && *format != "jwks" && *format != "pem") return usage_error("--format is jwks or pem.");
  request.pem = format != nullptr && *format == "pem";
  request.private_keys = invocation.arguments.is_set("private");
  // A private key goes into a file of its own, never to where others may look (claim CL-02).
  if (request.private_keys && !invocation.arguments.has("key-out")) {
    return usage_error("--private needs --key-out FILE.", "the file is created with mode 0600");
  }
  return request;
}

// That private keys left the store stays in the audit trail.
Result<Secret> export_private(core::Hub& hub, const Call& call, const core::ExportKeys& request) {
  return hub.write(call, [&](core::Work& work) -> Result<Secret> {
    Result<Secret> text = core::export_keys(work, request);
    if (text) work.audit(command_name, "signing_key", "ok", R"({"private":true})");
    return text;
  });
}

Result<Secret> export_here(const Invocation& invocation, const core::ExportKeys& request) {
  const Result<OpenHub> opened = open_hub(invocation, !request.private_keys);
  if (!opened) return opened.error();
  core::Hub& hub = *opened->hub;
  const Result<Call> call = caller(invocation.options, hub);
  if (!call) return call.error();
  if (Result<void> allowed = operators_only(hub, *call, command_name); !allowed) return allowed.error();
  const auto read = [&](core::View& view) { return core::export_keys(view, request); };
  return request.private_keys ? export_private(hub, *call, request) : hub.read(*call, read);
}

Result<Secret> export_remotely(const Invocation& invocation, const RemoteHub& hub, const core::ExportKeys& request) {
  if (request.private_keys) {
    return usage_error("Private keys do not leave the machine of their store.", "run it there");
  }
  const Result<std::unique_ptr<Executor>> executor = remote_executor(invocation.options, hub);
  if (!executor) return executor.error();
  Json answer;
  const Json body{{"kids", request.kids}, {"format", request.pem ? "pem" : "jwks"}};
  const Result<int> done = (*executor)->run(*operations::find_operation(command_name), body, answer);
  if (!done) return done.error();
  return Secret(answer.value("text", ""));
}

Result<int> run_export(const Invocation& invocation) {
  const Result<core::ExportKeys> request = export_request(invocation);
  if (!request) return request.error();
  const Result<std::optional<RemoteHub>> hub = remote_hub(invocation.options, invocation.around);
  if (!hub) return hub.error();
  const Result<Secret> text = *hub ? export_remotely(invocation, **hub, *request) : export_here(invocation, *request);
  if (!text) return text.error();
  if (const std::string* const path = invocation.arguments.value("key-out")) {
    if (Result<void> written = write_new_file(*path, text->reveal()); !written) return written.error();
    return 0;
  }
  invocation.out.write(text->reveal());
  return 0;
}

Result<int> run_thumbprint(const Invocation& invocation) {
  const std::string* const path = invocation.arguments.value("key-file");
  const Result<std::string> text = read_file(path == nullptr ? "-" : *path);
  if (!text) return text.error();
  const Result<core::Thumbprint> thumbprint = core::thumbprint_of(*text);
  if (!thumbprint) return thumbprint.error();
  Json answer = Json::object();
  answer["kid"] = thumbprint->kid;
  answer["alg"] = thumbprint->alg;
  print_object(invocation, answer);
  return 0;
}

}  // namespace

Builtin key_export_command() {
  operations::CommandInfo info;
  info.name = command_name;
  info.summary = "Print the published keys as a key set or PEM";
  info.details = "Private keys leave the store only as PEM and only into a new file of mode 0600.";
  info.access = operations::Access::operators;
  info.request = {flag_field("kids", "Keys, by kid; default all published ones.", ValueKind::text),
                  flag_field("format", "jwks or pem; default jwks.", ValueKind::text),
                  flag_field("private", "The private keys; needs --key-out.", ValueKind::boolean),
                  flag_field("key_out", "File to create instead of writing to standard output.", ValueKind::text)};
  info.request[0].repeated = true;
  info.request[0].reference = "key";
  info.request[1].choices = {"jwks", "pem"};
  info.request[3].reference = "file";
  info.arguments = {"kids"};
  info.examples = {"hubctl key export --format jwks > jwks.json",
                   "hubctl key export 3f9a1c0d --format pem --private --key-out signing.pem"};
  info.errors = {codes::not_found, codes::ambiguous_reference, codes::invalid_request, codes::wrong_state};
  return {std::move(info), "", &run_export};
}

Builtin key_thumbprint_command() {
  operations::CommandInfo info;
  info.name = "key thumbprint";
  info.summary = "Say which kid the hub gives a public key";
  info.details = "Reads a JWK, or a key set with one key, and needs no store.";
  info.request = {flag_field("key_file", "The JWK; default standard input.", ValueKind::text)};
  info.request[0].reference = "file";
  info.answer = {flag_field("kid", "Identifier: the thumbprint.", ValueKind::text),
                 flag_field("alg", "Signature algorithm.", ValueKind::text)};
  for (operations::FieldInfo& field : info.answer) field.show = operations::Show::column;
  info.examples = {"hubctl key thumbprint --key-file public.jwk"};
  info.errors = {codes::malformed_json, codes::invalid_request};
  return {std::move(info), "kid", &run_thumbprint};
}

}  // namespace hub::cli
