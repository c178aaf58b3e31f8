#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hub::http {

// So many requests in so many seconds: what the header RateLimit-Rule says (zaikio-hub.md section 7).
struct RateRule {
  std::int64_t requests = 0;  // 0: as many as come
  std::int64_t seconds = 60;

  bool on() const { return requests > 0; }
  friend bool operator==(const RateRule&, const RateRule&) = default;
};
std::string text_of(const RateRule& rule);  // "600reqs/60s"
// "600/60s", "600/1m", "off".
std::optional<RateRule> parse_rate_rule(std::string_view text);

// A clock that nobody sets (claim DU-17); tests hand in one that stands still.
using Monotonic = std::function<std::chrono::steady_clock::time_point()>;

// A token bucket per key, in memory that does not grow: of many keys those that were idle longest are forgotten, which
// only ever lets somebody ask more. Safe to use from several threads.
class RateLimiter {
 public:
  explicit RateLimiter(Monotonic now) : now_(std::move(now)), shards_(shard_count) {}

  struct Verdict {
    bool allowed = true;
    std::chrono::microseconds next{0};  // until one more is allowed
    std::chrono::microseconds full{0};  // until all of the rule is
  };
  // Takes one of what `key`, a good hash, may do. peek takes nothing.
  Verdict take(std::uint64_t key, const RateRule& rule) { return ask(key, rule, true); }
  Verdict peek(std::uint64_t key, const RateRule& rule) { return ask(key, rule, false); }

  static constexpr std::size_t keys_most() { return shard_count * sets * ways; }

 private:
  static constexpr std::size_t shard_count = 16, sets = 256, ways = 8;

  struct Bucket {
    std::uint64_t key = 0;
    std::int64_t empty_at_us = 0;  // when everything taken so far has flowed back
  };
  struct Shard {
    std::mutex mutex;
    std::vector<std::array<Bucket, ways>> buckets;  // made at first use
  };

  Verdict ask(std::uint64_t key, const RateRule& rule, bool taking);
  static Bucket& find(std::array<Bucket, ways>& set, std::uint64_t key);

  Monotonic now_;
  std::vector<Shard> shards_;
};

// Mixes what a key is made of.
class RateKey {
 public:
  explicit RateKey(std::string_view kind) { add(kind); }
  RateKey& add(std::string_view part);
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

}  // namespace hub::http
