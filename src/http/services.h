#pragma once
#include <functional>
#include <string>

#include "hub/core/hub.h"
#include "hub/http/message.h"

namespace hub::http {

// What handlers work with; one per server.
struct Services {
  core::Hub& hub;
  std::string issuer;  // public base URL, without a trailing slash; never taken from a request (claim WB-09)
  bool dev = false;
  // Told of every failure that is not the caller's, with its cause, for the log. May be empty.
  std::function<void(const Request&, const Error&)> problem = nullptr;
};

}  // namespace hub::http
