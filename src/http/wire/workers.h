#pragma once
#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "connection.h"
#include "engine.h"
#include "hub/base/result.h"

namespace hub::http::wire {

// An exchange whose last octet went out, or whose peer was gone.
struct Finished {
  Request request;
  Response response;
  Moment since;
  bool delivered;
};

// What a thread works with.
struct Hand {
  explicit Hand(bool blocks) : may_block(blocks) {}

  const bool may_block;  // a worker; the loop must not wait for anybody
  Engine engine;
  std::array<char, 16 * 1024> scratch;
  std::optional<Finished> finished;  // to be reported once the connection is free again
};

// Threads that may block, and what waits for them when all do. Each waits for sockets itself, so that a request is
// read, answered and written without changing threads; the system wakes the one that became idle last, whose caches are
// warm. Threads start when all others are busy: a quiet hub has few, a busy one as many as its handlers wait.
class Workers {
 public:
  struct Duties {
    std::function<void(std::uint64_t event, std::uint32_t what, Hand&)> on_event;
    std::function<void(Connection&, Hand&)> on_queued;  // it was held by the queue
    std::function<void()> all_busy;                     // and there will be no more threads
  };
  Workers(int most, int queue_most, Duties duties);
  ~Workers();

  Result<void> start(int poll);  // poll: of epoll, with the connections
  // False when too many wait already.
  bool queue(Connection& connection);
  std::size_t queued() const { return queued_.load(); }
  bool any_idle() const { return idle_.load() > 0; }
  void stop();  // ends and joins them; what is queued stays there

 private:
  void grow();
  void work();
  void no_one_idle();
  Connection* next_queued();

  const std::size_t most_;
  const std::size_t queue_most_;
  const Duties duties_;
  int poll_ = -1;
  Descriptor alarm_;  // rings for queued connections and for the end
  std::mutex mutex_;
  std::list<std::thread> threads_;
  std::deque<Connection*> queue_;
  std::atomic<std::size_t> queued_{0};
  std::atomic<int> idle_{0};
  std::atomic<std::size_t> started_{0};
  std::atomic<bool> stopping_{false};
};

}  // namespace hub::http::wire
