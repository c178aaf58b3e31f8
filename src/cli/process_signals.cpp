#include "process_signals.h"

#include <signal.h>

namespace hub::cli {
namespace {

constexpr int end_signal = SIGUSR2;  // ends the watching thread itself

sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGINT, SIGHUP, end_signal}) sigaddset(&set, number);
  return set;
}

}  // namespace

ProcessSignals::ProcessSignals() {
  const sigset_t set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void ProcessSignals::watch(Calls calls) {
  thread_ = std::thread([calls = std::move(calls)] {
    const sigset_t set = watched();
    int number = 0;
    while (sigwait(&set, &number) == 0 && number != end_signal) {
      if (number == SIGHUP) {
        calls.reload();
      } else {
        calls.stop();
      }
    }
  });
}

void ProcessSignals::end() {
  if (!thread_.joinable()) return;
  pthread_kill(thread_.native_handle(), end_signal);
  thread_.join();
}

}  // namespace hub::cli
