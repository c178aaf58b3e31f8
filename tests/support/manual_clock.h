#pragma once
#include <atomic>
#include <chrono>

#include "hub/base/time.h"

namespace hub::testing {

// A clock that stands still until it is told otherwise. Safe to use from several threads.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start = from_unix_seconds(1'800'000'000)) : now_us_(unix_microseconds(start)) {}

  Instant now() const override { return from_unix_microseconds(now_us_); }
  void set(Instant at) { now_us_ = unix_microseconds(at); }
  void advance(std::chrono::microseconds by) { now_us_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_us_;
};

}  // namespace hub::testing
