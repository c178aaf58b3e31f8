#pragma once
#include "context.h"
#include "invocation.h"

namespace hub::cli {

// What `login` and `context add` are told: URL, token from a file, standard input or a prompt, and a name.
Result<Context> read_context(const Invocation& invocation, const std::string* name);
// Adds it, or replaces the one of its name.
Result<void> keep_context(const Context& context, bool is_current, const Surroundings& around);
void forget_context(Contexts& contexts, const std::string& name);

}  // namespace hub::cli
