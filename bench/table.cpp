#include "table.h"

#include <cstdio>

namespace hub::bench {
namespace {

bool reached_all = true;

}  // namespace

bool all_reached() { return reached_all; }

void print_heading() {
  std::printf("%-58s %12s %-10s %12s %7s  %s\n", "what", "figure", "unit", "target", "ratio", "");
}

void print_title(const std::string& title) {
  std::printf("\n%s\n", title.c_str());
  std::fflush(stdout);
}

// A ratio of 1 or more is a target reached, whichever way it points.
void print_figure(const std::string& what, double figure, const std::string& unit, Target kind, double target) {
  const char* const format = figure >= 100 ? "%.0f" : figure >= 1 ? "%.2f" : "%.3f";
  char number[32];
  std::snprintf(number, sizeof number, format, figure);
  std::printf("%-58s %12s %-10s", what.c_str(), number, unit.c_str());
  if (kind != Target::none) {
    const double ratio = kind == Target::at_most ? target / figure : figure / target;
    std::printf(" %2s %9.4g %7.2f  %s", kind == Target::at_most ? "<=" : ">=", target, ratio,
                ratio >= 1 ? "ok" : "MISSED");
    reached_all = reached_all && ratio >= 1;
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace hub::bench
