#include "rate_limiter.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

namespace hub::http {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct StandingClock {
  std::chrono::steady_clock::time_point now{std::chrono::hours(1)};
  Monotonic monotonic() {
    return [this] { return now; };
  }
};

int allowed(RateLimiter& limiter, std::uint64_t key, const RateRule& rule, int tries) {
  int count = 0;
  for (int i = 0; i < tries; ++i) count += limiter.take(key, rule).allowed ? 1 : 0;
  return count;
}

TEST_CASE("a rule lets so many requests through and the rest when time has passed") {
  StandingClock clock;
  RateLimiter limiter(clock.monotonic());
  const RateRule rule{6, 60};
  CHECK(allowed(limiter, 1, rule, 10) == 6);
  const RateLimiter::Verdict verdict = limiter.take(1, rule);
  CHECK_FALSE(verdict.allowed);
  CHECK(verdict.next == seconds(10));
  CHECK(verdict.full == seconds(60));
  clock.now += seconds(9);
  CHECK(allowed(limiter, 1, rule, 3) == 0);
  clock.now += seconds(1);
  CHECK(allowed(limiter, 1, rule, 3) == 1);
  clock.now += seconds(600);
  CHECK(allowed(limiter, 1, rule, 10) == 6);
}

TEST_CASE("keys do not share what they may do and looking takes nothing") {
  StandingClock clock;
  RateLimiter limiter(clock.monotonic());
  const RateRule rule{2, 1};
  for (int i = 0; i < 10; ++i) CHECK(limiter.peek(7, rule).allowed);
  CHECK(allowed(limiter, 7, rule, 5) == 2);
  CHECK_FALSE(limiter.peek(7, rule).allowed);
  CHECK(allowed(limiter, 8, rule, 5) == 2);
  CHECK(allowed(limiter, 9, RateRule{.requests = 0}, 5) == 5);
}

TEST_CASE("more keys than there is room for cost memory and exactness but no request") {
  StandingClock clock;
  RateLimiter limiter(clock.monotonic());
  const RateRule rule{1, 60};
  for (std::size_t i = 0; i < 2 * RateLimiter::keys_most(); ++i) {
    const std::uint64_t key = RateKey("flood").add(std::to_string(i)).value();
    REQUIRE(limiter.take(key, rule).allowed);
  }
}

TEST_CASE("several threads together get no more than the rule says") {
  StandingClock clock;
  RateLimiter limiter(clock.monotonic());
  const RateRule rule{1000, 60};
  std::atomic<int> total = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { total += allowed(limiter, 5, rule, 1000); });
  for (std::thread& thread : threads) thread.join();
  CHECK(total == 1000);
}

TEST_CASE("rules are written as so many in so long") {
  CHECK(parse_rate_rule("600/60s") == RateRule{600, 60});
  CHECK(parse_rate_rule("5/1m") == RateRule{5, 60});
  CHECK(parse_rate_rule("off") == RateRule{0, 60});
  for (const char* const text :
       {"", "600", "/60s", "0/60s", "-1/60s", "600/", "600/0s", "600/2d", "a/60s", "1e3/60s"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rate_rule(text).has_value());
  }
  CHECK(text_of(RateRule{600, 60}) == "600reqs/60s");
}

}  // namespace
}  // namespace hub::http
