#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/time.h"

namespace hub::cli {

// What a command finds around it; handed in, so that tests can choose it.
struct Surroundings {
  std::function<std::optional<std::string>(const std::string& name)>
      variable;  // environment; unset and empty are nullopt
  bool input_is_terminal = false;
  bool output_is_terminal = false;
  bool errors_are_terminal = false;
  const Clock* clock = nullptr;
  std::function<void(Seconds)> pause = nullptr;  // what waits for somebody else does so here
};

Surroundings system_surroundings(const Clock& clock);

// Name of the operating system's user, or the number of one without a name.
std::string os_user();

}  // namespace hub::cli
