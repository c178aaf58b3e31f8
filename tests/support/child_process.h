#pragma once
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace hub::testing {

// A copy of this process that runs `body` and ends with what it returns. No database may be open when it is made.
class ChildProcess {
 public:
  static constexpr int threw = 254;  // the exit status if `body` throws

  template <class Body>
  explicit ChildProcess(Body&& body) : id_(::fork()) {
    if (id_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (id_ != 0) return;
    int status = threw;
    try {
      status = body();
    } catch (...) {  // it must not go on as a second copy of the test
    }
    ::_exit(status);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() {
    if (id_ <= 0) return;
    kill();
    wait();
  }

  void kill() { ::kill(id_, SIGKILL); }
  // The exit status, or the negative number of the signal that ended it.
  int wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t id_;
};

// A pipe of single octets by which a child tells how far it is.
class SignalPipe {
 public:
  SignalPipe() {
    if (::pipe(ends_) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  }
  SignalPipe(const SignalPipe&) = delete;
  SignalPipe& operator=(const SignalPipe&) = delete;
  ~SignalPipe() {
    ::close(ends_[0]);
    close_sender();
  }

  bool send() { return ::write(ends_[1], "x", 1) == 1; }
  // Waits for one; false when all senders are gone.
  bool receive() {
    char octet = 0;
    return ::read(ends_[0], &octet, 1) == 1;
  }
  void close_sender() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

}  // namespace hub::testing
