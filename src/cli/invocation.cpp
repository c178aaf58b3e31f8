#include "invocation.h"

#include <nlohmann/json.hpp>

#include "terminal.h"

namespace hub::cli {

AnswerShape shape_of(const operations::CommandInfo& command, std::string_view id) {
  return {command.effect == operations::Effect::list, command.answer, id};
}

Call local_call(const Options& options) {
  Call call;
  call.principal = Principal::local_operator(os_user());
  call.ensure = options.ensure;
  call.confirmed = options.yes;
  call.dry_run = options.dry_run;
  call.if_version = options.if_version;
  call.reason = options.reason;
  return call;
}

void print_object(const Invocation& invocation, const Json& answer) {
  const Format format = invocation.options.format;
  const std::unique_ptr<Writer> writer = make_writer(format, invocation.options.layout, invocation.out);
  writer->object(is_structured(format) || !is_envelope(answer) ? answer : answer["object"]);
  writer->finish();
}

void notice(const Invocation& invocation, const std::string& text) {
  if (!text.empty() && !invocation.options.quiet) write_error(text);
}

}  // namespace hub::cli
