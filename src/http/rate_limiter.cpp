#include "rate_limiter.h"

#include <algorithm>
#include <charconv>

#include "hub/base/time.h"

namespace hub::http {
namespace {

constexpr std::int64_t us_per_s = 1'000'000;
constexpr std::int64_t requests_most = 1'000'000'000;

// Spreads the bits, so that neighbours land in different buckets (the finalizer of SplitMix64).
std::uint64_t spread(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

}  // namespace

std::string text_of(const RateRule& rule) {
  return std::to_string(rule.requests) + "reqs/" + std::to_string(rule.seconds) + "s";
}

std::optional<RateRule> parse_rate_rule(std::string_view text) {
  if (text == "off") return RateRule{.requests = 0};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  RateRule rule;
  const std::string_view digits = text.substr(0, slash);
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), rule.requests);
  const std::optional<Seconds> period = parse_duration(text.substr(slash + 1));
  if (fault != std::errc() || end != digits.data() + digits.size() || !period) return std::nullopt;
  rule.seconds = period->count();
  if (rule.requests < 1 || rule.requests > requests_most || rule.seconds < 1 || *period > std::chrono::days(1)) {
    return std::nullopt;
  }
  return rule;
}

RateLimiter::Bucket& RateLimiter::find(std::array<Bucket, ways>& set, std::uint64_t key) {
  const auto same = std::find_if(set.begin(), set.end(), [&](const Bucket& bucket) { return bucket.key == key; });
  if (same != set.end()) return *same;
  Bucket& longest_idle = *std::min_element(
      set.begin(), set.end(), [](const Bucket& a, const Bucket& b) { return a.empty_at_us < b.empty_at_us; });
  longest_idle = {key, 0};
  return longest_idle;
}

// What is kept is one moment: the one at which everything taken has flowed back. Each request moves it by its share of
// the period, and none may move it further ahead than the period is long.
RateLimiter::Verdict RateLimiter::ask(std::uint64_t key, const RateRule& rule, bool taking) {
  using std::chrono::microseconds;
  if (!rule.on()) return {};
  const std::int64_t now = std::chrono::duration_cast<microseconds>(now_().time_since_epoch()).count();
  const std::int64_t period = rule.seconds * us_per_s;
  const std::int64_t share = std::max<std::int64_t>(period / rule.requests, 1);
  Shard& shard = shards_[key % shard_count];
  const std::lock_guard lock(shard.mutex);
  if (shard.buckets.empty()) shard.buckets.resize(sets);
  Bucket& bucket = find(shard.buckets[key / shard_count % sets], key);
  const std::int64_t empty_at = std::max(bucket.empty_at_us, now) + share;
  const std::int64_t wait = empty_at - now - period;
  if (wait > 0) return {false, microseconds(wait), microseconds(empty_at - share - now)};
  if (taking) bucket.empty_at_us = empty_at;
  return {true, microseconds(0), microseconds(empty_at - now)};
}

RateKey& RateKey::add(std::string_view part) {
  value_ = spread(value_ ^ std::hash<std::string_view>()(part)) + 0x9e3779b97f4a7c15U;
  return *this;
}

}  // namespace hub::http
