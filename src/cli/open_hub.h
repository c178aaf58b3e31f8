#pragma once
#include <memory>
#include <string_view>

#include "invocation.h"

namespace hub::cli {

// The hub of one command, closed with it.
struct OpenHub {
  std::unique_ptr<Random> random;
  std::unique_ptr<core::Hub> hub;
};

// Opens the store that the flags and variables name. With --actor it is opened for writing, since a person who is
// refused leaves an audit row even by reading.
Result<OpenHub> open_hub(const Options& options, const Surroundings& around, Clock& clock, bool read_only);
Result<OpenHub> open_hub(const Invocation& invocation, bool read_only);

// Who runs the command: the operator, or the person of --actor.
Result<Call> caller(const Options& options, core::Hub& hub);

// For commands that are no operations of the table: lets an operator pass, refuses a person and notes it in the audit
// trail.
Result<void> operators_only(core::Hub& hub, const Call& call, std::string_view command);

}  // namespace hub::cli
