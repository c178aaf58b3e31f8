#pragma once
#include <sqlite3.h>

#include <chrono>
#include <thread>

#include "hub/base/limits.h"

namespace hub::store::sqlite {

// How long one transaction has waited for other processes. The naps are short and uneven: SQLite's own back-off goes up
// to 100 ms, with which a command hardly ever finds the gap between two groups of a busy server.
class Patience {
 public:
  void start() { end_ = Steady::now() + std::chrono::milliseconds(limits::busy_timeout_ms); }
  bool is_over() const { return Steady::now() >= end_; }
  static void nap() {
    unsigned short uneven = 0;
    sqlite3_randomness(sizeof uneven, &uneven);
    std::this_thread::sleep_for(std::chrono::microseconds(300 + uneven % 1000));
  }

 private:
  using Steady = std::chrono::steady_clock;
  Steady::time_point end_ = {};
};

}  // namespace hub::store::sqlite
