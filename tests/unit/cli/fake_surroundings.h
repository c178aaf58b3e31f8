#pragma once
#include <map>
#include <string>

#include "support/manual_clock.h"
#include "surroundings.h"

namespace hub::testing {

// Surroundings whose variables and terminals a test sets; nothing is a terminal at first.
struct FakeSurroundings {
  cli::Surroundings around() const {
    cli::Surroundings out;
    out.variable = [known = variables](const std::string& name) -> std::optional<std::string> {
      const auto found = known.find(name);
      return found == known.end() ? std::nullopt : std::optional(found->second);
    };
    out.input_is_terminal = out.output_is_terminal = out.errors_are_terminal = terminal;
    out.clock = &clock;
    return out;
  }

  std::map<std::string, std::string> variables;
  bool terminal = false;
  static inline const ManualClock clock{*parse_rfc3339("2026-11-22T09:30:00Z")};
};

}  // namespace hub::testing
