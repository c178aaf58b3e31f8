#pragma once
#include <functional>

#include "hub/store/store.h"

namespace hub::testing {

// Runs every write job twice, the first time for nothing. A job that touches more than its session shows itself.
class ReplayingStore final : public store::Store {
 public:
  explicit ReplayingStore(store::Store& inner) : inner_(inner) {}

  Result<void> read(const std::function<Result<void>(store::Session&)>& job) override { return inner_.read(job); }

  Result<void> write(const std::function<Result<store::Outcome>(store::WriteSession&)>& job) override {
    const Result<void> rehearsal = inner_.write([&](store::WriteSession& session) -> Result<store::Outcome> {
      const Result<store::Outcome> outcome = job(session);
      if (!outcome) return outcome.error();
      return store::Outcome::roll_back;
    });
    static_cast<void>(rehearsal);  // the performance that counts says the same
    return inner_.write(job);
  }

  bool checkpoint_if_due() override { return inner_.checkpoint_if_due(); }

 private:
  store::Store& inner_;
};

}  // namespace hub::testing
