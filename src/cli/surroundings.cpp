#include "surroundings.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

namespace hub::cli {

Surroundings system_surroundings(const Clock& clock) {
  Surroundings out;
  out.variable = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
  };
  out.input_is_terminal = ::isatty(STDIN_FILENO) == 1;
  out.output_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  out.errors_are_terminal = ::isatty(STDERR_FILENO) == 1;
  out.clock = &clock;
  out.pause = [](Seconds time) { std::this_thread::sleep_for(time); };
  return out;
}

std::string os_user() {
  const passwd* entry = ::getpwuid(::geteuid());
  if (entry != nullptr && entry->pw_name != nullptr && *entry->pw_name != '\0') return entry->pw_name;
  return std::to_string(::geteuid());
}

}  // namespace hub::cli
