#include <fstream>
#include <vector>

#include "bench_hub.h"
#include "process.h"
#include "sections.h"
#include "table.h"

namespace hub::bench {
namespace {

constexpr int times = 50;
constexpr double most_ms = 15, most_mib = 30;
constexpr double least_tokens_per_second = 40'000;
constexpr int few_organizations = 1000, many_organizations = 100'000;
constexpr double list_growth_mib = 4;

// Runs of /bin/true between the others say what starting any process costs on this machine now.
void print_run(const std::string& what, const Run& run) {
  print_figure(what + ", wall", run.wall_ms, "ms", Target::at_most, most_ms);
  print_figure(what + ", CPU", run.cpu_ms, "ms");
  print_figure(what + ", memory", run.memory_mib, "MiB", Target::at_most, most_mib);
}

}  // namespace

void measure_commands(const std::string& hubctl) {
  BenchHub bench("ES256");
  const std::string token_file = bench.directory() + "/token";
  std::ofstream(token_file) << bench.issue() << '\n';
  print_title("Whole processes, median of " + std::to_string(times) + " on a warm store");
  print_figure("/bin/true, wall", median_run(times, {"/bin/true", ""}).wall_ms, "ms");
  print_run("hubctl version", median_run(times, {hubctl, "version"}));
  print_run("hubctl status", median_run(times, {hubctl, "status", "--store", bench.store()}));
  print_run("hubctl org show acme", median_run(times, {hubctl, "org", "show", "acme", "--store", bench.store()}));
  print_run("hubctl app list", median_run(times, {hubctl, "app", "list", "--store", bench.store()}));
  print_run("hubctl token inspect of one token", median_run(times, {hubctl, "token", "inspect"}, token_file));
  const std::vector<std::string> issue{
      hubctl,    "token",       "issue", "--app", "warehouse", "--for", "org:acme", "--scope", "warehouse.items.r",
      "--store", bench.store(), "-o",    "json"};
  print_figure("hubctl token issue, durable, wall", median_run(times, issue).wall_ms, "ms");
}

void measure_inspect(const std::string& hubctl) {
  constexpr int tokens = 10'000;
  print_title("Tokens through standard input of token inspect");
  for (const std::string algorithm : {"RS256", "ES256"}) {
    BenchHub bench(algorithm);
    const std::string file = bench.directory() + "/tokens";
    std::ofstream out(file);
    const std::string token = bench.issue();
    for (int i = 0; i < tokens; ++i) out << token << '\n';
    out.close();
    const Run run = median_run(11, {hubctl, "token", "inspect"}, file);
    const std::string what = std::to_string(tokens) + " " + algorithm + " tokens";
    print_figure(what + ", wall", tokens / run.wall_ms * 1000, "tokens/s");
    print_figure(what + ", CPU", tokens / run.cpu_ms * 1000, "tokens/s", Target::at_least, least_tokens_per_second);
    print_figure(what + ", memory", run.memory_mib, "MiB", Target::at_most, most_mib);
  }
}

void measure_list(const std::string& hubctl) {
  BenchHub bench("ES256");
  print_title("Organizations listed");
  bench.add_organizations(few_organizations);
  const std::vector<std::string> lines{hubctl, "org", "list", "--store", bench.store(), "-o", "jsonl"};
  const std::vector<std::string> table{hubctl, "org", "list", "--store", bench.store(), "-o", "table"};
  const Run few_lines = median_run(5, lines), few_rows = median_run(5, table);
  bench.add_organizations(many_organizations - few_organizations);
  const Run many_lines = median_run(3, lines), many_rows = median_run(3, table);
  print_figure("1,000 as JSON lines, memory", few_lines.memory_mib, "MiB", Target::at_most, most_mib);
  print_figure("100,000 as JSON lines, memory", many_lines.memory_mib, "MiB", Target::at_most,
               few_lines.memory_mib + list_growth_mib);
  print_figure("100,000 as a table, memory", many_rows.memory_mib, "MiB", Target::at_most,
               few_rows.memory_mib + list_growth_mib);
  print_figure("100,000 as JSON lines", many_organizations / many_lines.cpu_ms * 1000, "rows/CPU s");
  print_figure("100,000 as a table", many_organizations / many_rows.cpu_ms * 1000, "rows/CPU s");
}

}  // namespace hub::bench
