#include <cstdio>
#include <exception>
#include <string>

#include "sections.h"
#include "table.h"

// hub_bench HUBCTL [commands|inspect|list|rs256|es256]: prints the table, or one part of it. Exit status 1: a target is
// missed; 2: something could not be measured.
int main(int argc, char** argv) {
  using namespace hub::bench;
  if (argc < 2) {
    std::fprintf(stderr, "hub_bench HUBCTL [commands|inspect|list|rs256|es256]\n");
    return 2;
  }
  const std::string hubctl = argv[1];
  const std::string part = argc > 2 ? argv[2] : "";
  const auto wanted = [&](const char* name) { return part.empty() || part == name; };
  try {
    print_heading();
    if (wanted("commands")) measure_commands(hubctl);
    if (wanted("inspect")) measure_inspect(hubctl);
    if (wanted("list")) measure_list(hubctl);
    if (wanted("rs256")) measure_issue("RS256");
    if (wanted("es256")) measure_issue("ES256");
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "hub_bench: %s\n", problem.what());
    return 2;
  }
  return all_reached() ? 0 : 1;
}
