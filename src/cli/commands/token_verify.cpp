#include <memory>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/inspect.h"
#include "open_hub.h"
#include "token_lines.h"
#include "values.h"

namespace hub::cli {
namespace {

using operations::ValueKind;

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

Result<int> run_verify(const Invocation& invocation) {
  Result<core::VerifyOptions> options = verify_options(invocation);
  if (!options) return options.error();
  if (const auto jwks = text_of(invocation, "jwks")) return verify_offline(invocation, *jwks, *options);
  const Result<OpenHub> opened = open_hub(invocation, true);
  if (!opened) return opened.error();
  core::Hub& hub = *opened->hub;
  const Result<Call> call = caller(invocation, hub);
  if (!call) return call.error();
  if (options->subject) {
    const Result<std::string> subject = core::subject_claim_of(hub, *call, *options->subject);
    if (!subject) return subject.error();
    options->subject = *subject;
  }
  const auto keys = core::keys_of(hub, *call);
  if (!keys) return keys.error();
  const TokenLines::Answer answer_one = [&](std::string_view token, Json& answer) -> Result<int> {
    return core::verify_against_store(hub, *call, *keys, token, *options, answer);
  };
  return TokenLines(invocation).each(answer_one, nullptr);
}

std::vector<operations::FieldInfo> answer_fields() {
  std::vector<operations::FieldInfo> fields{
      flag_field("valid", "Whether the token may be accepted.", ValueKind::boolean),
      flag_field("reason", "Why not.", ValueKind::text),
      flag_field("expired_at", "When it expired.", ValueKind::time),
      flag_field("revoked_at", "When it was revoked.", ValueKind::time),
      flag_field("claims", "What it says, once its signature is good.", ValueKind::object),
      flag_field("signature", "ok, or what is wrong with it.", ValueKind::text),
      flag_field("checked", "What was looked at, in order.", ValueKind::text)};
  fields.back().repeated = true;
  for (operations::FieldInfo& field : fields) {
    field.show = field.name == "claims" || field.name == "checked" ? operations::Show::wide : operations::Show::column;
  }
  return fields;
}

}  // namespace

Builtin token_verify_command() {
  operations::CommandInfo info;
  info.name = "token verify";
  info.summary = "Check the signature, revocation, time and claims of tokens";
  info.details =
      "Reads one token per line from standard input. Exit status 0 is valid, 11 expired, 12 revoked, 13 no token, a "
      "bad "
      "signature or an unknown key, 14 wrong claims; the first failure in the order signature, revocation, expiry, "
      "claims "
      "decides. With --jwks it needs no store and knows no revocations.";
  info.request = {
      token_field(),
      flag_field("jwks", "Key set to check with, a file; default the store's keys.", ValueKind::text),
      flag_field("iss", "Issuer claim to ask for; default the hub's, \"\" takes any.", ValueKind::text),
      flag_field("aud", "Audience to ask for; an app's name accepts all of its credentials.", ValueKind::text),
      flag_field("scope", "Scopes that must be in it.", ValueKind::text),
      flag_field("for", "Subject to ask for: org:ORG, person:PERSON, or with --jwks Org/ID or Per/ID.",
                 ValueKind::text),
      flag_field("leeway", "Tolerance for clocks that differ; default 0s.", ValueKind::duration)};
  info.request[4].repeated = true;
  info.request[4].reference = "scope";
  info.request[1].reference = "file";
  info.answer = answer_fields();
  info.examples = {"hubctl token verify --aud caresuite < token",
                   "hubctl token verify -q --jwks jwks.json --aud warehouse --scope warehouse.items.r < token"};
  info.errors = {codes::store_missing, codes::unreadable_file, codes::invalid_request};
  return {std::move(info), "", &run_verify};
}

}  // namespace hub::cli
