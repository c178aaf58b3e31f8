#pragma once
#include <string>

// The parts of the table; `hubctl` is the path of the binary.
namespace hub::bench {

void measure_commands(const std::string& hubctl);  // start-up, reading commands
void measure_inspect(const std::string& hubctl);   // tokens through standard input
void measure_list(const std::string& hubctl);      // 100,000 organizations
void measure_issue(const std::string& algorithm);  // RS256 or ES256 tokens through core, against openssl speed

}  // namespace hub::bench
