#include <nlohmann/json.hpp>

#include "builtin.h"
#include "hub/base/codes.h"
#include "hub/core/inspect.h"
#include "token_lines.h"

namespace hub::cli {
namespace {

using operations::ValueKind;

// A claim as a shell wants it: texts bare, lists of texts with spaces, all else as JSON.
std::string claim_text(const Json& claim) {
  if (const auto* const text = claim.get_ptr<const Json::string_t*>()) return *text;
  if (!claim.is_array()) return to_line(claim);
  std::string out;
  for (const Json& item : claim) {
    const auto* const text = item.get_ptr<const Json::string_t*>();
    out += (out.empty() ? "" : " ") + (text == nullptr ? to_line(item) : *text);
  }
  return out;
}

Result<int> run_inspect(const Invocation& invocation) {
  const std::string* const claim = invocation.arguments.value("claim");
  const bool raw_times = invocation.arguments.is_set("raw-times");
  notice(invocation, "signature not checked\n");
  const TokenLines::Answer answer = [&](std::string_view token, Json& object) -> Result<int> {
    if (Result<void> inspected = core::inspect_token(token, object); !inspected) return inspected.error();
    if (raw_times) object.erase("times");
    if (claim != nullptr && !object["claims"].contains(*claim)) {
      return Error{codes::not_found, "The token has no claim of that name."};
    }
    return 0;
  };
  TokenLines::Print print;
  if (claim != nullptr) {
    print = [&](const Json& object) { invocation.out.write(claim_text(object["claims"][*claim]) + "\n"); };
  }
  return TokenLines(invocation).each(answer, print);
}

}  // namespace

Builtin token_inspect_command() {
  operations::CommandInfo info;
  info.name = "token inspect";
  info.summary = "Show what tokens say, without checking them";
  info.details =
      "Reads one token per line from standard input and needs no store. One token is shown as an object, several as "
      "JSON "
      "lines. Claims stay as they are; \"times\" has iat, nbf and exp readable.";
  info.request = {token_field(), flag_field("claim", "Print only this claim.", ValueKind::text),
                  flag_field("raw_times", "Leave \"times\" out.", ValueKind::boolean)};
  info.answer = {flag_field("header", "Header of the token.", ValueKind::object),
                 flag_field("claims", "Its claims.", ValueKind::object),
                 flag_field("signature", "Always not_checked.", ValueKind::text),
                 flag_field("times", "Its times, readable.", ValueKind::object),
                 flag_field("roles", "The roles claim in words.", ValueKind::text)};
  info.answer.back().repeated = true;
  for (operations::FieldInfo& field : info.answer) field.show = operations::Show::column;
  info.examples = {"hubctl token inspect < token", "jq -r .access_token tok.json | hubctl token inspect --claim scope"};
  info.errors = {codes::malformed_token, codes::not_found};
  return {std::move(info), "", &run_inspect};
}

}  // namespace hub::cli
