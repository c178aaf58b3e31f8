#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "hub/base/result.h"

namespace hub::cli {

// Tells whoever waits that requests are answered at `url`: the file, appearing whole under its name; the descriptor,
// which is closed; and systemd, as READY=1, when it asks (sd_notify(3)).
Result<void> tell_ready(const std::string& url, const std::optional<std::string>& file,
                        const std::optional<std::int64_t>& descriptor);

}  // namespace hub::cli
