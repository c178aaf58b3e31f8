#pragma once
#include <string>
#include <vector>

#include "hub/core/hub.h"
#include "metrics.h"
#include "rate_limits.h"
#include "wire/wire.h"

namespace hub::http {

struct Observed {
  core::Hub& hub;
  const RateLimits& limits;
  const wire::Wire& wire;
  const std::string& version;
};
// What is not counted but looked at: the store's writer, the signing key, connections, the process.
std::vector<Metrics::Gauge> gauges_of(const Observed& observed);

}  // namespace hub::http
