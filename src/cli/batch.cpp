#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "errors.h"
#include "hub/base/text.h"
#include "hub/operations/dispatch.h"
#include "run_operation.h"
#include "words.h"

namespace hub::cli {
namespace {

using operations::Operation;

// A token on standard input was meant for another command; it must not come back in the output.
std::string shown_reference(std::string_view reference) {
  return looks_like_token(reference) ? "(a token)" : std::string(reference);
}

class Batch {
 public:
  Batch(const Operation& operation, Executor& executor, const Request& request, const Json& body,
        const Invocation& invocation)
      : operation_(operation), executor_(executor), body_(body), request_(request), invocation_(invocation) {}

  int run() {
    std::string line;
    while (invocation_.out.ok() && std::getline(std::cin, line)) {
      const std::string_view reference = trim(line);
      if (reference.empty()) continue;
      body_[request_.batch_field] = std::string(reference);
      if (request_.confirm_each) body_["confirm"] = std::string(reference);
      line_ = Json::object();
      line_["ref"] = shown_reference(reference);
      run_item();
      invocation_.out.flush();
    }
    return status_;
  }

 private:
  void run_item() {
    if (operation_.list) {
      const operations::Emit emit = [&](Json& row) {
        write_with(row);
        return invocation_.out.ok();
      };
      const Result<void> listed = executor_.run_list(operation_, body_, emit);
      if (!listed) fail(listed.error());
      return;
    }
    Json answer;
    const Result<int> status = executor_.run(operation_, body_, answer);
    if (!status) {
      fail(status.error());
      return;
    }
    if (*status != 0) remember(*status);
    if (!is_envelope(answer)) {
      write_with(answer);
      return;
    }
    line_["changed"] = answer["changed"];
    if (invocation_.shape.has_secret() && !invocation_.options.dry_run) line_["object"] = answer["object"];
    write(line_);
  }

  void write_with(const Json& answer) {
    Json out = line_;
    const Json chosen = chosen_fields(answer, invocation_.options.layout);
    for (const auto& [name, value] : chosen.items()) out[name] = value;
    write(out);
  }

  void fail(const Error& error) {
    line_["error"] = error_json(error);
    remember(exit_status(error.code.failure));
    write(line_);
  }

  void remember(int status) { status_ = status_ == 0 || status_ == status ? status : 1; }
  void write(const Json& line) { invocation_.out.write(to_line(line) + "\n"); }

  const Operation& operation_;
  Executor& executor_;
  Json body_;
  const Request& request_;
  const Invocation& invocation_;
  Json line_;
  int status_ = 0;
};

}  // namespace

int run_batch(const Operation& operation, Executor& executor, const Request& request, const Json& body,
              const Invocation& invocation) {
  return Batch(operation, executor, request, body, invocation).run();
}

}  // namespace hub::cli
