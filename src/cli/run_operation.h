#pragma once
#include "executor.h"
#include "hub/operations/operation.h"
#include "invocation.h"
#include "request.h"

namespace hub::cli {

// Runs an operation of the table where the options say, and writes what it answers; its exit status.
Result<int> run_operation(const operations::Operation& operation, const Invocation& invocation);

// The same for each reference on standard input, going on past failures: one line of JSON per item. The status is the
// failures' common one, 1 if they differ (cli.md section 1).
int run_batch(const operations::Operation& operation, Executor& executor, const Request& request, const Json& body,
              const Invocation& invocation);

}  // namespace hub::cli
