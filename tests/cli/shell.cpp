#include "cli/shell.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

namespace hub::testing {
namespace {

void redirect(const char* path, int flags, int to) {
  const int from = ::open(path, flags | O_CLOEXEC, 0600);
  if (from < 0 || ::dup2(from, to) < 0) ::_exit(126);
}

// Waits until the child is done; false when the time is over first.
bool wait_for_child(int limit_s) {
  sigset_t child;
  ::sigemptyset(&child);
  ::sigaddset(&child, SIGCHLD);
  const timespec limit{limit_s, 0};
  while (::sigtimedwait(&child, nullptr, &limit) < 0) {
    if (errno != EINTR) return false;
  }
  return true;
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Shell::Shell(std::string home, const std::string& binary, int limit_s)
    : home_(std::move(home)), directory_(home_ + "/run"), limit_s_(limit_s) {
  std::filesystem::create_directory(directory_);
  ::chmod(directory_.c_str(), 0700);
  path_ = std::filesystem::path(binary).parent_path().string() + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
  sigset_t child;  // blocked, so that wait_for_child can take it with a limit
  ::sigemptyset(&child);
  ::sigaddset(&child, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &child, nullptr);
}

Ran Shell::run(const std::string& command) const {
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) become(command);
  const bool in_time = wait_for_child(limit_s_);
  if (!in_time) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ::kill(-child, SIGKILL);  // nothing it left in the background goes on
  Ran ran{read_file(home_ + "/stdout"), read_file(home_ + "/stderr"), 0};
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (!in_time) ran.err += "took longer than " + std::to_string(limit_s_) + " s\n";
  return ran;
}

void Shell::become(const std::string& command) const {
  ::setpgid(0, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  redirect("/dev/null", O_RDONLY, 0);
  redirect((home_ + "/stdout").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 1);
  redirect((home_ + "/stderr").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 2);
  ::umask(022);
  if (::chdir(directory_.c_str()) != 0) ::_exit(126);
  std::vector<std::string> environment = {"PATH=" + path_,
                                          "HOME=" + directory_,
                                          "HUBCTL_STORE=" + directory_ + "/hub.db",
                                          "LC_ALL=C.UTF-8",
                                          "TZ=UTC",
                                          "TMPDIR=" + home_,
                                          "HUBCTL_MASTER_KEY_FILE=" + directory_ + "/hub.db.key",
                                          "HUBCTL_SOURCE=" HUBCTL_SOURCE_DIR};
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = ::getenv(name)) environment.push_back(std::string(name) + '=' + value);
  }
  environment.insert(environment.end(), more_.begin(), more_.end());
  std::vector<char*> variables;
  for (auto& variable : environment) variables.push_back(variable.data());
  variables.push_back(nullptr);
  ::execle("/bin/bash", "bash", "-c", command.c_str(), nullptr, variables.data());
  ::_exit(127);
}

}  // namespace hub::testing
