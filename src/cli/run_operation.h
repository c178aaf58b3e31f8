#pragma once
#include "hub/operations/operation.h"
#include "invocation.h"
#include "request.h"

namespace hub::cli {

// Runs an operation of the table against the store on this machine and writes what it answers; its exit status.
Result<int> run_operation(const operations::Operation& operation, const Invocation& invocation);

// The same for each reference on standard input, going on past failures: one line of JSON per item. The status is the
// failures' common one, 1 if they differ (cli.md section 1).
int run_batch(const operations::Operation& operation, core::Hub* hub, const Call& call, const Request& request,
              const Json& body, const Invocation& invocation);

}  // namespace hub::cli
