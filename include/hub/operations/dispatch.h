#pragma once
#include "hub/operations/operation.h"
#include "hub/operations/query.h"

namespace hub::operations {

// The one way to run an operation, for every door: checks access and members, runs it, and leaves an audit row when a
// person was refused. `hub` may be null for operations with Access::everybody. Lists go to run_list, all others to run.
Result<int> run(const Operation& operation, core::Hub* hub, const Call& call, const Json& request, Json& answer);
Result<void> run_list(const Operation& operation, core::Hub* hub, const Call& call, const Json& request,
                      const ListQuery& query, const Emit& emit);

}  // namespace hub::operations
