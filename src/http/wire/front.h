#pragma once
#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "connection.h"
#include "listener.h"
#include "wire.h"
#include "workers.h"

namespace hub::http::wire {

// One thread waits for all sockets, reads requests and keeps the deadlines; workers answer whole requests and write to
// the socket themselves. A slow client costs a few hundred octets and no thread (claims L-01, HT-02).
class Front final : public Wire {
 public:
  Front(Options options, Callbacks callbacks, std::vector<Listener> listeners,
        std::shared_ptr<const crypto::TlsContext> tls);
  ~Front() override;
  Result<void> prepare();  // the descriptors of the loop

  const std::vector<std::string>& urls() const override { return urls_; }
  bool run() override;
  void stop() override;
  Result<void> reload_tls() override;
  std::size_t queued() const override { return workers_.waiting(); }
  std::size_t connections() const override { return open_.load(std::memory_order_relaxed); }

 private:
  using Milliseconds = std::chrono::milliseconds;
  enum class Flushed { all, part, gone };

  // loop: front.cpp
  int wait_ms() const;
  void handle(const epoll_event& event);
  void ready(Connection& connection, std::uint32_t events);
  void go_on(Connection& connection);
  void take_returned();
  void expire();
  void expire(Connection& connection);
  void begin_drain();
  bool finished(bool& drained) const;

  // connections come and go: accept.cpp
  void accept_from(Listener& listener);
  void add(Descriptor descriptor, std::string peer, const Listener& listener);
  void pause_accepting(bool paused);
  void begin_close(Connection& connection);
  void discard(Connection& connection);
  void close(Connection& connection);
  void set_deadline(Connection& connection, Moment at);
  Connection* find(Place place) const;

  // requests: serve.cpp
  void read(Connection& connection);
  // False when the connection is no longer here: with a worker, being closed, or put off to the next round.
  bool feed(Connection& connection, std::string_view fresh);
  void name_request(Connection& connection);
  void dispatch(Connection& connection);
  void refuse(Connection& connection, int status, const Error& error);
  void finish(Connection& connection, Flushed how);
  bool hold(Connection& connection);

  // on worker threads: answer.cpp
  void work(Connection& connection, Engine& engine);
  void shake_hands(Connection& connection);
  void answer(Connection& connection, Engine& engine);
  Response handled(const Request& request) const;
  Response refused(const Request& request, int status, const Error& error) const;
  Flushed prepare_and_flush(Connection& connection, Engine& engine, Response response);
  Flushed flush(Connection& connection);
  void report(Moment since, const Request& request, const Response& response, bool delivered) const;
  void release(Connection& connection);
  void hand_back(Connection& connection);

  const Options options_;
  const Callbacks callbacks_;
  std::vector<std::string> urls_;
  std::vector<Listener> listeners_;
  Descriptor poll_, wake_;
  std::mutex tls_mutex_;
  std::shared_ptr<const crypto::TlsContext> tls_;

  std::atomic<int> stops_{0};
  std::atomic<bool> draining_{false};
  std::atomic<std::size_t> open_{0};
  std::mutex returned_mutex_;
  std::vector<Connection*> returned_;

  // The loop's alone.
  Moment now_{};
  Moment drained_until_{};
  Moment accept_again_{};
  bool accepting_paused_ = false;
  std::vector<std::unique_ptr<Connection>> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::vector<std::unique_ptr<Connection>> closed_;  // until nobody up the stack looks at them any more
  std::uint32_t last_number_ = 0;
  std::unordered_map<std::string, int> per_address_;
  Deadlines deadlines_;
  std::vector<Connection*> returned_now_;
  std::array<char, 64 * 1024> scratch_;
  std::uint64_t id_seed_ = 0, id_count_ = 0;
  Engine engine_;

  Workers workers_;  // last: its threads use all of the above
};

}  // namespace hub::http::wire
