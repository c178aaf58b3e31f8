#pragma once
#include <string>

#include "hub/core/hub.h"

namespace hub::http {

class Metrics;
class RateLimits;

// What handlers work with; one per server.
struct Services {
  core::Hub& hub;
  std::string issuer;  // public base URL, without a trailing slash; never taken from a request (claim WB-09)
  bool dev = false;
};

}  // namespace hub::http
