#pragma once
#include "command_tree.h"
#include "hub/base/json.h"
#include "hub/core/open.h"
#include "hub/operations/command.h"
#include "options.h"
#include "output/sink.h"
#include "surroundings.h"

namespace hub::cli {

// One command as it was called.
struct Invocation {
  const operations::CommandInfo& command;
  const AnswerShape& shape;
  const Arguments& arguments;
  const Options& options;
  const Surroundings& around;
  Clock& clock;
  StandardOutput& out;
};

AnswerShape shape_of(const operations::CommandInfo& command, std::string_view id);

// The caller of this command: the operating system's user as operator, with what the flags add.
Call local_call(const Options& options);

// Writes an answer that is one object; of a change people and columns get the object, JSON and YAML the envelope.
void print_object(const Invocation& invocation, const Json& answer);

// A remark for people, on standard error unless --quiet.
void notice(const Invocation& invocation, const std::string& text);

}  // namespace hub::cli
