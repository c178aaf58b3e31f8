#pragma once
#include <string>

#include "hub/base/time.h"
#include "route.h"

namespace hub::http {

// "22 Nov 2026", "22. Nov. 2026", and the same with the time of day, by the clocks and in the language of who looks.
std::string day_text(const Exchange& exchange, Instant at);
std::string moment_text(const Exchange& exchange, Instant at);

}  // namespace hub::http
