#pragma once
#include <string>

namespace hub::bench {

// One line of the table: a figure and, where there is a target, how it stands to it.
enum class Target { none, at_most, at_least };
void print_heading();
void print_figure(const std::string& what, double figure, const std::string& unit, Target kind = Target::none,
                  double target = 0);
void print_title(const std::string& title);
bool all_reached();

}  // namespace hub::bench
