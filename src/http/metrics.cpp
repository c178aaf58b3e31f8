#include "metrics.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "route.h"

namespace hub::http {
namespace {

constexpr std::string_view nowhere = "none";

std::string decimal(double value) {
  char buffer[400];
  const auto [end, fault] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return fault == std::errc() ? std::string(buffer, end) : "NaN";
}

void describe(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
  for (const std::string_view part : {std::string_view("# HELP "), name, std::string_view(" "), help,
                                      std::string_view("\n# TYPE "), name, std::string_view(" "), type}) {
    out += part;
  }
  out += '\n';
}

void add(std::string& out, std::string_view name, std::string_view labels, const std::string& value) {
  ((((out += name) += labels) += ' ') += value) += '\n';
}

}  // namespace

Metrics::Metrics() : routes_(all_routes().size() + 1), families_{nowhere} {
  family_of_.reserve(routes_.size());
  for (const Route& route : all_routes()) {
    const auto known = std::find(families_.begin(), families_.end(), route.dialect->name);
    family_of_.push_back(static_cast<std::size_t>(known - families_.begin()));
    if (known == families_.end()) families_.push_back(route.dialect->name);
  }
  family_of_.push_back(0);
  latencies_ = std::vector<OfFamily>(families_.size());
}

void Metrics::count_request(const Response& response, std::int64_t microseconds) {
  const std::size_t last = routes_.size() - 1;
  const int place = response.trace.route;
  const std::size_t route =
      place >= 0 && static_cast<std::size_t>(place) < last ? static_cast<std::size_t>(place) : last;
  const auto status_class =
      static_cast<std::size_t>(std::clamp(response.status / 100, 1, static_cast<int>(classes)) - 1);
  routes_[route].by_class[status_class].fetch_add(1, std::memory_order_relaxed);
  OfFamily& family = latencies_[family_of_[route]];
  const auto* const bound = std::lower_bound(bounds_us.begin(), bounds_us.end(), microseconds);
  family.buckets[static_cast<std::size_t>(bound - bounds_us.begin())].fetch_add(1, std::memory_order_relaxed);
  family.sum_us.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(microseconds, 0)),
                          std::memory_order_relaxed);
}

void Metrics::count_issued(std::string_view grant) {
  const auto find = [&]() -> OfGrant* {
    for (OfGrant& each : grants_) {
      const char* const name = each.name.load(std::memory_order_acquire);
      if (name == nullptr) return nullptr;
      if (std::string_view(name, each.length) == grant) return &each;
    }
    return nullptr;
  };
  OfGrant* known = find();
  if (known == nullptr) {
    const std::lock_guard lock(grants_mutex_);
    known = find();
    for (OfGrant* each = grants_.begin(); known == nullptr && each != grants_.end(); ++each) {
      if (each->name.load(std::memory_order_relaxed) != nullptr) continue;
      each->length = grant.size();
      each->name.store(grant.data(), std::memory_order_release);
      known = each;
    }
  }
  if (known != nullptr) known->count.fetch_add(1, std::memory_order_relaxed);
}

void Metrics::add_requests(std::string& out) const {
  constexpr std::string_view metric = "hubctl_http_requests_total";
  describe(out, metric, "Answered requests.", "counter");
  const std::vector<Route>& table = all_routes();
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    for (std::size_t status = 0; status < classes; ++status) {
      const std::uint64_t count = routes_[i].by_class[status].load(std::memory_order_relaxed);
      if (count == 0) continue;
      const bool listed = i < table.size();
      const std::string labels = "{method=\"" + std::string(listed ? name(table[i].method) : "") + "\",route=\"" +
                                 std::string(listed ? table[i].path : nowhere) + "\",status=\"" +
                                 std::to_string(status + 1) + "xx\"}";
      add(out, metric, labels, std::to_string(count));
    }
  }
}

void Metrics::add_latencies(std::string& out) const {
  describe(out, "hubctl_http_request_duration_seconds", "From the request's last byte to the answer's.", "histogram");
  for (std::size_t i = 0; i < families_.size(); ++i) {
    const std::string family = "{family=\"" + std::string(families_[i]) + "\"";
    std::uint64_t count = 0;
    for (std::size_t bucket = 0; bucket <= bounds_us.size(); ++bucket) {
      count += latencies_[i].buckets[bucket].load(std::memory_order_relaxed);
      const std::string bound =
          bucket < bounds_us.size() ? decimal(static_cast<double>(bounds_us[bucket]) / 1e6) : "+Inf";
      add(out, "hubctl_http_request_duration_seconds_bucket", family + ",le=\"" + bound + "\"}", std::to_string(count));
    }
    const auto sum = static_cast<double>(latencies_[i].sum_us.load(std::memory_order_relaxed));
    add(out, "hubctl_http_request_duration_seconds_sum", family + "}", decimal(sum / 1e6));
    add(out, "hubctl_http_request_duration_seconds_count", family + "}", std::to_string(count));
  }
}

void Metrics::add_issued(std::string& out) const {
  constexpr std::string_view metric = "hubctl_tokens_issued_total";
  describe(out, metric, "Tokens issued, by grant.", "counter");
  for (const OfGrant& each : grants_) {
    const char* const name = each.name.load(std::memory_order_acquire);
    if (name == nullptr) break;
    add(out, metric, "{grant=\"" + std::string(name, each.length) + "\"}",
        std::to_string(each.count.load(std::memory_order_relaxed)));
  }
}

std::string Metrics::text(const std::vector<Gauge>& gauges) const {
  std::string out;
  add_requests(out);
  add_latencies(out);
  add_issued(out);
  std::string_view previous;
  for (const Gauge& gauge : gauges) {
    if (gauge.name != previous) describe(out, gauge.name, gauge.help, gauge.type);
    previous = gauge.name;
    add(out, gauge.name, gauge.labels, decimal(gauge.value));
  }
  return out;
}

}  // namespace hub::http
