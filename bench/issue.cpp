#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench_hub.h"
#include "process.h"
#include "sections.h"
#include "table.h"

namespace hub::bench {
namespace {

using namespace std::chrono_literals;

constexpr int rounds = 3;
constexpr auto round_length = 2s;
constexpr double least_rsa_share = 0.90, most_es256_ms = 0.20;

struct Rate {
  double wall = 0;    // tokens per second
  double cpu_ms = 0;  // per token
};

Rate issue_for_a_while(BenchHub& bench, int callers) {
  std::atomic<bool> over = false;
  std::atomic<int> issued = 0;
  std::atomic<int> failed = 0;
  const double cpu_before = cpu_ms_of_this_process();
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::jthread> threads;
  for (int i = 0; i < callers; ++i) {
    threads.emplace_back([&] {
      while (!over) ++(core::issue(bench.hub(), bench.as_operator(), bench.request()) ? issued : failed);
    });
  }
  std::this_thread::sleep_for(round_length);
  over = true;
  threads.clear();
  if (failed != 0 || issued == 0) throw std::runtime_error("tokens were not issued");
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {issued / wall.count(), (cpu_ms_of_this_process() - cpu_before) / issued};
}

// The rate that one `openssl speed` states.
double stated_rate(const std::string& path) {
  std::ifstream in(path);
  double rate = 0;
  // The summary: +F2:number:bits:signatures per second:verifications per second for RSA, +F4 for ECDSA.
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("+F2:") && !line.starts_with("+F4:")) continue;
    std::vector<std::string> parts;
    std::istringstream split(line);
    for (std::string part; std::getline(split, part, ':');) parts.push_back(part);
    if (parts.size() > 3) std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), rate);
  }
  return rate;
}

// Signatures per second of all cores. One process for each, because one alone counts by its CPU time, which may be
// compared whatever else the machine does, and -multi by the clock.
double openssl_rate(const std::string& algorithm, unsigned cores, const std::string& scratch) {
  std::vector<std::string> paths;
  std::atomic<bool> runs = true;
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < cores; ++i) {
    paths.push_back(scratch + std::to_string(i));
    threads.emplace_back([&, path = paths.back()] {
      const Run run = run_process({"openssl", "speed", "-mr", "-seconds", "2", algorithm}, "", path);
      if (run.status != 0) runs = false;
    });
  }
  threads.clear();
  double rate = 0;
  for (const std::string& path : paths) rate += stated_rate(path);
  if (!runs || rate <= 0) throw std::runtime_error("openssl speed says nothing of " + algorithm);
  return rate;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure_algorithm(const std::string& algorithm, const std::string& speed_name, unsigned cores) {
  BenchHub bench(algorithm);
  std::vector<double> speed, one_wall, one_cpu, many_wall, many_cpu, share;
  for (int i = 0; i < rounds; ++i) {
    // Next to each other, so that both see the same machine.
    speed.push_back(openssl_rate(speed_name, cores, bench.directory() + "/speed"));
    const Rate many = issue_for_a_while(bench, 64);
    const Rate one = issue_for_a_while(bench, 1);
    one_wall.push_back(one.wall);
    one_cpu.push_back(one.cpu_ms);
    many_wall.push_back(many.wall);
    many_cpu.push_back(many.cpu_ms);
    share.push_back(cores * 1000 / many.cpu_ms / speed.back());
  }
  print_figure("openssl speed " + speed_name + ", all cores", median(speed), "sign/s");
  print_figure(algorithm + ", 1 caller, durable", median(one_wall), "tokens/s");
  print_figure(algorithm + ", 1 caller, CPU", median(one_cpu), "ms/token");
  print_figure(algorithm + ", 64 callers, durable", median(many_wall), "tokens/s");
  if (algorithm == "RS256") {
    print_figure(algorithm + ", 64 callers, CPU", median(many_cpu), "ms/token");
    print_figure(algorithm + ", 64 callers, by CPU, of openssl's rate", median(share), "", Target::at_least,
                 least_rsa_share);
  } else {
    print_figure(algorithm + ", 64 callers, CPU", median(many_cpu), "ms/token", Target::at_most, most_es256_ms);
    print_figure(algorithm + ", 64 callers, by CPU, of openssl's rate", median(share), "");
  }
}

}  // namespace

void measure_issue(const std::string& algorithm) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  print_title(algorithm + " tokens through core, medians of " + std::to_string(rounds) + " rounds, " +
              std::to_string(cores) + " cores");
  measure_algorithm(algorithm, algorithm == "RS256" ? "rsa2048" : "ecdsap256", cores);
}

}  // namespace hub::bench
