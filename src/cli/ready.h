#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "hub/base/result.h"

namespace hub::cli {

// Who waits for the server: a file, which appears whole under its name; a descriptor, which is closed; and the service
// manager's socket, which gets READY=1 (sd_notify(3)).
struct Waiting {
  std::optional<std::string> file;
  std::optional<std::int64_t> descriptor;
  std::optional<std::string> service_manager;
};
// Tells them that requests are answered at `url`.
Result<void> tell_ready(const std::string& url, const Waiting& waiting);

}  // namespace hub::cli
