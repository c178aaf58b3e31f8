#include "gauges.h"

#include <sys/resource.h>

#include "hub/core/open.h"
#include "hub/core/status.h"

namespace hub::http {
namespace {

using Gauge = Metrics::Gauge;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void add_store(core::Hub& hub, std::vector<Gauge>& out) {
  const store::WriterStats stats = hub.store().writer_stats();
  out.push_back(
      {"hubctl_store_queue", "Changes that wait for the store.", "gauge", "", static_cast<double>(stats.queued)});
  out.push_back(
      {"hubctl_store_commits_total", "Transactions committed.", "counter", "", static_cast<double>(stats.commits)});
  out.push_back(
      {"hubctl_store_changes_total", "Changes that shared them.", "counter", "", static_cast<double>(stats.jobs)});
  out.push_back({"hubctl_store_commit_seconds_total", "Time spent in commits.", "counter", "",
                 static_cast<double>(stats.commit_us) / 1e6});
  Call call;
  call.principal = Principal::unknown();
  const Result<std::optional<Seconds>> age =
      hub.read(call, [](core::View& view) { return core::signing_key_age(view); });
  out.push_back({"hubctl_up", "Whether the store can be read and a key signs.", "gauge", "",
                 age && age->has_value() ? 1.0 : 0.0});
  if (age && *age) {
    out.push_back({"hubctl_signing_key_age_seconds", "How long the key that signs has done so.", "gauge", "",
                   static_cast<double>((*age)->count())});
  }
}

}  // namespace

std::vector<Gauge> gauges_of(const Observed& observed) {
  std::vector<Gauge> out;
  for (std::size_t i = 0; i < limit_names.size(); ++i) {
    out.push_back({"hubctl_rate_limited_total", "Requests answered with 429.", "counter",
                   std::string("{rule=\"") + limit_names[i] + "\"}",
                   static_cast<double>(observed.limits.refused(static_cast<Limit>(i)))});
  }
  out.push_back(
      {"hubctl_http_connections", "Open connections.", "gauge", "", static_cast<double>(observed.wire.connections())});
  out.push_back({"hubctl_http_queue", "Requests that wait for a worker.", "gauge", "",
                 static_cast<double>(observed.wire.queued())});
  add_store(observed.hub, out);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  out.push_back({"process_cpu_seconds_total", "CPU time of this process.", "counter", "",
                 seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)});
  out.push_back({"hubctl_build_info", "What is running.", "gauge", "{version=\"" + observed.version + "\"}", 1});
  return out;
}

}  // namespace hub::http
