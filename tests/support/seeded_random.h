#pragma once
#include <cstdint>
#include <mutex>
#include <random>

#include "hub/base/random.h"

namespace hub::testing {

// The same octets for the same seed, in the order they are asked for. Safe to use from several threads.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}

  void fill(std::span<unsigned char> out) override {
    const std::lock_guard lock(mutex_);
    for (unsigned char& octet : out) octet = static_cast<unsigned char>(engine_() & 255U);
  }

  void reseed(std::uint64_t seed) {
    const std::lock_guard lock(mutex_);
    engine_.seed(seed);
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace hub::testing
