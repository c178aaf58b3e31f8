#pragma once
#include <string>
#include <vector>

// Whole processes, measured as the kernel accounts for them.
namespace hub::bench {

struct Run {
  double wall_ms = 0, cpu_ms = 0;
  double memory_mib = 0;  // largest resident set
  int status = 0;         // exit status; negative for a signal
};

// Runs argv[0] to its end. Input and output are files; empty: /dev/null. Throws when it cannot be started.
Run run_process(const std::vector<std::string>& argv, const std::string& input = "", const std::string& output = "");

// Runs it `times` times. The wall time is the median, so that what else the machine does at one moment does not count;
// memory is the largest. A run that ends otherwise than with status 0 is an exception.
Run median_run(int times, const std::vector<std::string>& argv, const std::string& input = "");

double cpu_ms_of_this_process();

}  // namespace hub::bench
