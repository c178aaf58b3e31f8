#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/http/message.h"

namespace hub::http {

// Counters of this process, told in the text format of Prometheus (version 0.0.4). Counting is a few additions, from
// any thread.
class Metrics {
 public:
  Metrics();

  void count_request(const Response& response, std::int64_t microseconds);
  void count_issued(std::string_view grant);  // a text of this program

  // What is looked up at the moment of the question.
  struct Gauge {
    std::string_view name, help, type;  // type: gauge, counter
    std::string labels;                 // {rule="api"}, or none
    double value = 0;
  };
  // Gauges of one name stand together.
  std::string text(const std::vector<Gauge>& gauges) const;

 private:
  static constexpr std::size_t classes = 5;  // 1xx to 5xx
  static constexpr std::array<std::int64_t, 14> bounds_us{
      100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000, 50'000, 100'000, 250'000, 1'000'000, 5'000'000, 30'000'000};
  static constexpr std::size_t grants_most = 16;

  using Count = std::atomic<std::uint64_t>;
  struct alignas(64) OfRoute {
    std::array<Count, classes> by_class{};
  };
  struct alignas(64) OfFamily {
    std::array<Count, bounds_us.size() + 1> buckets{};
    Count sum_us{};
  };
  struct OfGrant {
    std::atomic<const char*> name{};
    std::size_t length = 0;
    Count count{};
  };

  void add_requests(std::string& out) const;
  void add_latencies(std::string& out) const;
  void add_issued(std::string& out) const;

  std::vector<OfRoute> routes_;  // in the order of the table; the last is for what is in no table
  std::vector<std::string_view> families_;
  std::vector<std::size_t> family_of_;  // by route
  std::vector<OfFamily> latencies_;
  std::mutex grants_mutex_;  // while one is added
  std::array<OfGrant, grants_most> grants_{};
};

}  // namespace hub::http
