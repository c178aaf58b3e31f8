#pragma once
#include <functional>
#include <thread>

namespace hub::cli {

// SIGTERM, SIGINT and SIGHUP as calls from one thread. Made before any other thread, which inherit that they are
// blocked.
class ProcessSignals {
 public:
  struct Calls {
    std::function<void()> stop;    // at SIGTERM and SIGINT, each time
    std::function<void()> reload;  // at SIGHUP
  };

  ProcessSignals();
  ProcessSignals(const ProcessSignals&) = delete;
  ProcessSignals& operator=(const ProcessSignals&) = delete;
  ~ProcessSignals() { end(); }

  void watch(Calls calls);
  void end();

 private:
  std::thread thread_;
};

}  // namespace hub::cli
