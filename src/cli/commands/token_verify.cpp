#include <memory>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/inspect.h"
#include "open_hub.h"
#include "token_lines.h"
#include "values.h"

namespace hub::cli {
namespace {

using operations::ValueKind;

constexpr std::string_view command_name = "token verify";

std::optional<std::string> text_of(const Invocation& invocation, const std::string& flag) {
  const std::string* const value = invocation.arguments.value(flag);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

Result<core::VerifyOptions> verify_options(const Invocation& invocation) {
  core::VerifyOptions options{.issuer = text_of(invocation, "iss"),
                              .audience = text_of(invocation, "aud"),
                              .scopes = {},
                              .subject = text_of(invocation, "for")};
  const auto scopes = invocation.arguments.flags.find("scope");
  if (scopes != invocation.arguments.flags.end()) options.scopes = scopes->second;
  if (const auto leeway = text_of(invocation, "leeway")) {
    const auto duration = parse_duration(*leeway);
    if (!duration) return usage_error("--leeway is a duration.", "for example 60s");
    options.leeway = *duration;
  }
  return options;
}

// With a key set: signature and claims only, and no store is opened (decisions-week-one.md 28).
Result<int> verify_offline(const Invocation& invocation, const std::string& jwks, const core::VerifyOptions& options) {
  if (jwks.starts_with("http://") || jwks.starts_with("https://")) {
    return usage_error("--jwks takes a file.", "curl the key set into one first");
  }
  const Result<std::string> text = read_file(jwks);
  if (!text) return text.error();
  const auto keys = core::parse_key_set(*text);
  if (!keys) return keys.error();
  const Instant now = invocation.clock.now();
  return TokenLines(invocation)
      .each(
          [&](std::string_view token, Json& answer) -> Result<int> {
            return core::verify_token(token, *keys, options, now, nullptr, answer);
          },
          nullptr);
}

Result<int> verify_in_store(const Invocation& invocation, core::VerifyOptions options) {
  const Result<OpenHub> opened = open_hub(invocation, true);
  if (!opened) return opened.error();
  core::Hub& hub = *opened->hub;
  const Result<Call> call = caller(invocation.options, hub);
  if (!call) return call.error();
  if (options.subject) {
    const Result<std::string> subject = core::subject_claim_of(hub, *call, *options.subject);
    if (!subject) return subject.error();
    options.subject = *subject;
  }
  const auto keys = core::keys_of(hub, *call);
  if (!keys) return keys.error();
  const TokenLines::Answer answer_one = [&](std::string_view token, Json& answer) -> Result<int> {
    return core::verify_against_store(hub, *call, *keys, token, options, answer);
  };
  return TokenLines(invocation).each(answer_one, nullptr);
}

// The hub looks at the token itself: it alone knows what was revoked.
Result<int> verify_remotely(const Invocation& invocation, const RemoteHub& hub) {
  const Result<std::unique_ptr<Executor>> executor = remote_executor(invocation.options, hub);
  if (!executor) return executor.error();
  Json request = Json::object();
  for (const char* const name : {"iss", "aud", "for", "leeway"}) {
    if (const auto text = text_of(invocation, name)) request[name] = *text;
  }
  const auto scopes = invocation.arguments.flags.find("scope");
  if (scopes != invocation.arguments.flags.end()) request["scope"] = scopes->second;
  const TokenLines::Answer answer_one = [&](std::string_view token, Json& answer) -> Result<int> {
    request["token"] = token;
    return (*executor)->run(*operations::find_operation(command_name), request, answer);
  };
  return TokenLines(invocation).each(answer_one, nullptr);
}

Result<int> run_verify(const Invocation& invocation) {
  const Result<core::VerifyOptions> options = verify_options(invocation);
  if (!options) return options.error();
  if (const auto jwks = text_of(invocation, "jwks")) return verify_offline(invocation, *jwks, *options);
  const Result<std::optional<RemoteHub>> hub = remote_hub(invocation.options, invocation.around);
  if (!hub) return hub.error();
  return *hub ? verify_remotely(invocation, **hub) : verify_in_store(invocation, *options);
}

}  // namespace

Builtin token_verify_command() {
  operations::CommandInfo info = operations::describe(*operations::find_operation(command_name));
  info.details =
      "Reads one token per line from standard input. Exit status 0 is valid, 11 expired, 12 revoked, 13 no token, a "
      "bad signature or an unknown key, 14 wrong claims; the first failure in the order signature, revocation, expiry, "
      "claims decides. With --jwks it needs no store and knows no revocations.";
  info.request.front() = token_field();
  info.request.insert(info.request.begin() + 1,
                      flag_field("jwks", "Key set to check with, a file; default the store's keys.", ValueKind::text));
  info.request[1].reference = "file";
  info.examples = {"hubctl token verify --aud caresuite < token",
                   "hubctl token verify -q --jwks jwks.json --aud warehouse --scope warehouse.items.r < token"};
  info.errors = {codes::store_missing, codes::unreadable_file, codes::invalid_request};
  return {std::move(info), "", &run_verify};
}

}  // namespace hub::cli
