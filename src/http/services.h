#pragma once
#include <functional>
#include <string>

#include "hub/core/hub.h"
#include "hub/http/message.h"

namespace hub::http {

class RateLimits;
class Metrics;
class Proxies;

// What handlers work with; one per server.
struct Services {
  core::Hub& hub;
  std::string issuer;  // public base URL, without a trailing slash; never taken from a request (claim WB-09)
  bool dev = false;
  // Told of every failure that is not the caller's, with its cause, for the log. May be empty.
  std::function<void(const Request&, const Error&)> problem = nullptr;
  RateLimits* limits = nullptr;      // none: everybody may ask as often as they like
  Metrics* metrics = nullptr;        // none: nothing is counted
  const Proxies* proxies = nullptr;  // none: the peer is the client
  std::function<std::string()> metrics_text = nullptr;
};

}  // namespace hub::http
