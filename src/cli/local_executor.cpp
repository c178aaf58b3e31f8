#include <nlohmann/json.hpp>

#include "executor.h"
#include "hub/operations/dispatch.h"
#include "open_hub.h"

namespace hub::cli {
namespace {

using operations::Effect;
using operations::Operation;

class LocalExecutor final : public Executor {
 public:
  LocalExecutor(OpenHub opened, Call call, const Options& options)
      : opened_(std::move(opened)), call_(std::move(call)), options_(options) {}

  Result<int> run(const Operation& operation, const Json& request, Json& answer) override {
    return operations::run(operation, opened_.hub.get(), call_, request, answer);
  }
  Result<void> run_list(const Operation& operation, const Json& request, const operations::Emit& emit) override {
    return operations::run_list(operation, opened_.hub.get(), call_, request, options_.query, emit);
  }
  void finish() override {
    if (opened_.hub && !call_.dry_run) core::checkpoint_if_due(*opened_.hub);
  }

 private:
  OpenHub opened_;
  Call call_;
  const Options& options_;
};

}  // namespace

Result<std::unique_ptr<Executor>> local_executor(const Options& options, const Surroundings& around, Clock& clock,
                                                 Effect effect) {
  OpenHub opened;
  Call call = local_call(options);
  if (effect != Effect::none) {
    Result<OpenHub> hub = open_hub(options, around, clock, effect != Effect::change);
    if (!hub) return hub.error();
    opened = std::move(*hub);
    Result<Call> asked = caller(options, *opened.hub);
    if (!asked) return asked.error();
    call = std::move(*asked);
  }
  return std::unique_ptr<Executor>(std::make_unique<LocalExecutor>(std::move(opened), std::move(call), options));
}

}  // namespace hub::cli
