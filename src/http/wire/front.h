#pragma once
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "connections.h"
#include "listener.h"
#include "wire.h"
#include "workers.h"

namespace hub::http::wire {

// One thread accepts, keeps the deadlines and reads on when all workers are busy; workers read, answer and write. No
// thread ever waits for one client: a slow one costs some hundred octets (claims L-01, HT-02).
class Front final : public Wire {
 public:
  Front(Options options, Callbacks callbacks, std::vector<Listener> listeners,
        std::shared_ptr<const crypto::TlsContext> tls);
  ~Front() override;
  Result<void> prepare();  // the descriptors and the first thread

  const std::vector<std::string>& urls() const override { return urls_; }
  bool run() override;
  void stop() override;
  Result<void> reload_tls() override;
  std::size_t queued() const override { return workers_.queued(); }
  std::size_t connections() const override { return connections_.size(); }

 private:
  using Milliseconds = std::chrono::milliseconds;
  enum class Flushed { all, part, gone };
  // After a step the connection is still held and waits for its peer, or has more to be done at once; or it is
  // another's or nobody's.
  enum class Step { waits, again, left };

  // The loop: front.cpp
  int wait_ms() const;
  void handle(std::uint64_t event);
  void help_workers();
  void stop_helping();
  void sweep();
  void expire(Connection& connection);
  void begin_drain();
  bool finished(bool& drained) const;

  // Connections come and go: accept.cpp
  void accept_from(const Listener& listener);
  void add(Descriptor descriptor, std::string peer, const Listener& listener);
  bool count_address(const std::string& peer);
  void pause_accepting(bool paused);
  Step begin_close(Connection& connection, Hand& hand);
  Step discard(Connection& connection, Hand& hand);
  Step close(Connection& connection);
  void set_deadline(Connection& connection, Moment from, int milliseconds) const;
  void set_receive_deadline(Connection& connection, Moment from, int milliseconds) const;

  // Requests: serve.cpp
  void on_event(std::uint64_t event, std::uint32_t what, Hand& hand);
  void serve(Connection& connection, Hand& hand);
  Step step(Connection& connection, Hand& hand);
  Step shake_hands(Connection& connection, Hand& hand);
  Step read(Connection& connection, Hand& hand);
  Step feed(Connection& connection, std::string_view fresh, Hand& hand);
  Step go_ahead(Connection& connection);
  void name_request(Connection& connection);
  void report(Hand& hand) const;

  // Answers: answer.cpp
  Step answer(Connection& connection, Hand& hand);
  Step refuse(Connection& connection, int status, const Error& error, Hand& hand);
  Step send(Connection& connection, Response response, Hand& hand);
  Step finish(Connection& connection, Flushed how, Hand& hand);
  Flushed flush(Connection& connection);
  Response handled(const Request& request) const;
  Response refused(const Request& request, int status, const Error& error) const;

  const Options options_;
  const Callbacks callbacks_;
  std::vector<std::string> urls_;
  std::vector<Listener> listeners_;
  Descriptor loop_, crowd_;  // of epoll: the loop's own, and that of the connections, which the workers wait for
  Descriptor alarm_;
  std::mutex tls_mutex_;
  std::shared_ptr<const crypto::TlsContext> tls_;

  std::atomic<int> stops_{0};
  std::atomic<bool> draining_{false};
  std::atomic<Moment> received_until_{Moment::max()};
  std::atomic<bool> needs_help_{false};  // all workers are busy
  std::uint64_t id_seed_ = 0;
  std::atomic<std::uint64_t> id_count_{0};
  std::mutex per_address_mutex_;
  std::unordered_map<std::string, int> per_address_;
  Connections connections_;

  // The loop's alone.
  Hand hand_{false};
  Moment now_{};
  Moment next_sweep_{};
  Moment drained_until_{};
  bool accepting_paused_ = false;
  bool helping_ = false;

  Workers workers_;  // last: its threads use all of the above
};

}  // namespace hub::http::wire
