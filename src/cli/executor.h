#pragma once
#include <memory>
#include <optional>

#include "hub/operations/operation.h"
#include "options.h"
#include "remote.h"
#include "surroundings.h"

namespace hub::cli {

// Where the operations of a command run: in the store of this machine, or at a hub over HTTP. Who calls, and how, is
// what the options say.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual Result<int> run(const operations::Operation& operation, const Json& request, Json& answer) = 0;
  virtual Result<void> run_list(const operations::Operation& operation, const Json& request,
                                const operations::Emit& emit) = 0;
  virtual void finish() {}  // after the changes of a command
};

// The hub that flags, variables and the current context name, in this order; none: the store of this machine. `usage`
// for --store beside --remote or --context.
Result<std::optional<RemoteHub>> remote_hub(const Options& options, const Surroundings& around);

// `effect`: the most that will be done. With Effect::none nothing is opened.
Result<std::unique_ptr<Executor>> open_executor(const Options& options, const Surroundings& around, Clock& clock,
                                                operations::Effect effect);

Result<std::unique_ptr<Executor>> local_executor(const Options& options, const Surroundings& around, Clock& clock,
                                                 operations::Effect effect);
Result<std::unique_ptr<Executor>> remote_executor(const Options& options, const RemoteHub& hub);

}  // namespace hub::cli
