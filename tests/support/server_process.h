#pragma once
#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace hub::testing {

// What becomes of a process of the real binary that runs until it is told to end.
struct Ended {
  int status = -1;  // of the exit, or the negative number of the signal that ended it
  std::string out, err;
};

// The real binary in a process of its own, which the caller waits for or ends; it never outlives this object. Anything
// it writes goes to files in memory and can be read at any moment.
class RunningProgram {
 public:
  struct Setup {
    std::vector<std::string> environment = {};  // NAME=VALUE, beside what this process has
    std::string input = {};
    int kept = -1;  // a descriptor of this process that it gets under the number 3
  };

  RunningProgram(const std::vector<std::string>& arguments, const Setup& setup)
      : out_(memory_file("")), err_(memory_file("")) {
    const int in = memory_file(setup.input);
    std::vector<char*> argv{const_cast<char*>(HUBCTL_BINARY)};  // exec takes them as they are and changes none
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    std::vector<char*> variables;
    for (const std::string& one : setup.environment) variables.push_back(const_cast<char*>(one.c_str()));
    for (char** one = environ; *one != nullptr; ++one) variables.push_back(*one);  // of two the first one counts
    variables.push_back(nullptr);
    process_ = ::fork();
    if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (process_ == 0) {
      ::dup2(in, 0);
      ::dup2(out_, 1);
      ::dup2(err_, 2);
      if (setup.kept >= 0 && setup.kept != 3) ::dup2(setup.kept, 3);
      if (setup.kept == 3) ::fcntl(3, F_SETFD, 0);
      ::execve(HUBCTL_BINARY, argv.data(), variables.data());
      ::_exit(127);
    }
    ::close(in);
    watch_ = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;
  ~RunningProgram() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
    for (const int descriptor : {out_, err_, watch_}) {
      if (descriptor >= 0) ::close(descriptor);
    }
  }

  pid_t id() const { return process_; }
  bool ended_within(int milliseconds) const {
    pollfd end{watch_, POLLIN, 0};
    return ::poll(&end, 1, milliseconds) == 1;
  }
  void signal(int number) const { REQUIRE(::kill(process_, number) == 0); }

  // Waits for the end; after `milliseconds` the process is killed and the test fails.
  Ended wait(int milliseconds = 30'000) {
    const bool ended = ended_within(milliseconds);
    if (!ended) ::kill(process_, SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    REQUIRE_MESSAGE(ended, "the process did not end in time: ", errors());
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), .out = output(), .err = errors()};
  }

  std::string output() const { return content_of(out_); }
  std::string errors() const { return content_of(err_); }

 private:
  static int memory_file(const std::string& content) {
    const int descriptor = ::memfd_create("hubctl-test", MFD_CLOEXEC);
    if (descriptor < 0 || ::write(descriptor, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
      throw std::system_error(errno, std::generic_category(), "memfd");
    }
    ::lseek(descriptor, 0, SEEK_SET);
    return descriptor;
  }
  // Read without moving the offset, which the process shares.
  static std::string content_of(int descriptor) {
    std::string content;
    char part[64 * 1024];
    for (;;) {
      const ssize_t got = ::pread(descriptor, part, sizeof part, static_cast<off_t>(content.size()));
      if (got <= 0) return content;
      content.append(part, static_cast<std::size_t>(got));
    }
  }

  pid_t process_ = 0;
  int out_ = -1, err_ = -1, watch_ = -1;
};

// Runs the real binary to its end.
inline Ended run_hubctl(const std::vector<std::string>& arguments, const RunningProgram::Setup& setup) {
  return RunningProgram(arguments, setup).wait();
}
inline Ended run_hubctl(const std::vector<std::string>& arguments, const std::string& input = "") {
  return run_hubctl(arguments, RunningProgram::Setup{.input = input});
}

// `hubctl serve` on a store, ready when the constructor returns. Ends with SIGTERM, and by force if that takes longer
// than the drain may.
class ServerProcess {
 public:
  // `arguments` follow "serve"; unless they say where to listen it is a free port of 127.0.0.1. The store may be "".
  explicit ServerProcess(const std::string& store, std::vector<std::string> arguments = {},
                         std::vector<std::string> environment = {})
      : ServerProcess(complete(store, std::move(arguments)), std::move(environment), Pipe{}) {}
  ~ServerProcess() {
    if (program_.id() <= 0) return;
    ::kill(program_.id(), SIGTERM);
    (void)program_.ended_within(15'000);
  }

  const std::string& url() const { return url_; }  // http://127.0.0.1:PORT, or unix:/path
  int port() const { return url_.empty() ? 0 : std::stoi(url_.substr(url_.rfind(':') + 1)); }
  pid_t id() const { return program_.id(); }
  std::string log() const { return program_.errors(); }
  RunningProgram& program() { return program_; }

  // SIGTERM, or another signal, and what comes of it.
  Ended stop(int number = SIGTERM, int milliseconds = 15'000) {
    program_.signal(number);
    return program_.wait(milliseconds);
  }

 private:
  struct Pipe {
    Pipe() {
      if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    }
    int ends[2] = {-1, -1};
  };

  ServerProcess(const std::vector<std::string>& arguments, std::vector<std::string> environment, Pipe pipe)
      : program_(arguments, {.environment = std::move(environment), .kept = pipe.ends[1]}) {
    ::close(pipe.ends[1]);
    url_ = line_from(pipe.ends[0]);
    ::close(pipe.ends[0]);
    REQUIRE_MESSAGE(!url_.empty(), "the server did not get ready: ", program_.errors());
  }

  static std::vector<std::string> complete(const std::string& store, std::vector<std::string> arguments) {
    bool listens = false;
    for (const std::string& one : arguments) listens = listens || one == "--listen" || one.starts_with("--listen=");
    std::vector<std::string> out{"serve", "--ready-fd", "3"};
    if (!store.empty()) out.insert(out.end(), {"--store", store});
    if (!listens) out.insert(out.end(), {"--listen", "127.0.0.1:0"});
    out.insert(out.end(), arguments.begin(), arguments.end());
    return out;
  }

  // What the server writes when it is ready, without the line feed; nothing when it ends or takes too long.
  static std::string line_from(int descriptor) {
    std::string line;
    char octet = 0;
    for (pollfd ready{descriptor, POLLIN, 0}; ::poll(&ready, 1, 60'000) == 1;) {
      if (::read(descriptor, &octet, 1) != 1 || octet == '\n') break;
      line += octet;
    }
    return line;
  }

  RunningProgram program_;
  std::string url_;
};

}  // namespace hub::testing
