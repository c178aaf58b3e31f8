#include "process.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

namespace hub::bench {
namespace {

double milliseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
}

double cpu_ms(const rusage& usage) { return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime); }

void redirect(int descriptor, const std::string& path, int flags) {
  const int file = ::open(path.empty() ? "/dev/null" : path.c_str(), flags, 0600);
  if (file < 0 || ::dup2(file, descriptor) < 0) ::_exit(127);
  ::close(file);
}

double median(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

Run run_process(const std::vector<std::string>& argv, const std::string& input, const std::string& output) {
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  // Not posix_spawn: the child would share this process's memory until exec, and its size would count as the child's.
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    redirect(STDIN_FILENO, input, O_RDONLY);
    redirect(STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, "", O_WRONLY);
    ::execvp(words[0], words.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  while (::wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "wait4");
  }
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  return {.wall_ms = wall.count(),
          .cpu_ms = cpu_ms(usage),
          .memory_mib = static_cast<double>(usage.ru_maxrss) / 1024,
          .status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status)};
}

Run median_run(int times, const std::vector<std::string>& argv, const std::string& input) {
  std::vector<double> walls, cpus;
  Run out;
  for (int i = 0; i < times; ++i) {
    const Run run = run_process(argv, input);
    if (run.status != 0)
      throw std::runtime_error(argv[0] + " " + argv[1] + " ended with " + std::to_string(run.status));
    walls.push_back(run.wall_ms);
    cpus.push_back(run.cpu_ms);
    out.memory_mib = std::max(out.memory_mib, run.memory_mib);
  }
  out.wall_ms = median(walls);
  out.cpu_ms = median(cpus);
  return out;
}

double cpu_ms_of_this_process() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return cpu_ms(usage);
}

}  // namespace hub::bench
