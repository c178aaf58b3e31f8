#include "cli/served_hub.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace hub::testing {
namespace {

constexpr int ready_within_ms = 60'000;

[[noreturn]] void serve(const std::string& binary, const std::string& store, const std::string& log, int ready) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (out < 0 || ::dup2(out, 1) < 0 || ::dup2(out, 2) < 0) ::_exit(126);
  const std::string number = std::to_string(ready);
  ::unsetenv("HUBCTL_REMOTE");
  ::execl(binary.c_str(), "hubctl", "serve", "--store", store.c_str(), "--listen", "127.0.0.1:0", "--ready-fd",
          number.c_str(), "--rate-limit", "off", nullptr);
  ::_exit(127);
}

// The address that the server writes when it answers; "" when it ends first or takes too long.
std::string line_from(int descriptor) {
  std::string line;
  char octet = 0;
  for (pollfd ready{descriptor, POLLIN, 0}; ::poll(&ready, 1, ready_within_ms) == 1;) {
    if (::read(descriptor, &octet, 1) != 1 || octet == '\n') break;
    line += octet;
  }
  return line;
}

}  // namespace

ServedHub::ServedHub(Shell& shell, const std::string& binary, const std::string& user) {
  const std::string token = shell.home() + "/token", log = shell.home() + "/log";
  const Ran made =
      shell.run("hubctl init -q && umask 077 && hubctl token issue-admin " + user + " --role full -o raw > " + token);
  if (made.status != 0) throw std::runtime_error("there is no hub to serve: " + made.err);
  std::array<int, 2> ready{};
  if (::pipe(ready.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  ::fcntl(ready[0], F_SETFD, FD_CLOEXEC);
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process_ == 0) serve(binary, shell.directory() + "/hub.db", log, ready[1]);
  ::close(ready[1]);
  const std::string url = line_from(ready[0]);
  ::close(ready[0]);
  if (url.empty()) throw std::runtime_error("the server did not get ready: " + read_file(log));
  shell.set("HUBCTL_REMOTE", url);
  shell.set("HUBCTL_TOKEN_FILE", token);
}

ServedHub::~ServedHub() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string without_init(std::string command) {
  constexpr std::string_view init = "hubctl init -q";
  const std::size_t at = command.find(init);
  if (at == 0) command.replace(at, init.size(), "echo http://127.0.0.1:4000");
  return command;
}

}  // namespace hub::testing
