#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "engine.h"

namespace hub::http::wire {

struct Connection;

// Threads that may block. A job goes to the worker that became idle last, whose caches are warm, and threads start only
// when all others are busy: a quiet hub has few, and a busy one as many as its handlers wait.
class Workers {
 public:
  using Job = std::function<void(Connection&, Engine&)>;
  Workers(int most, int queue_most, Job job);
  ~Workers();

  // False when too many wait already.
  bool submit(Connection& connection);
  std::size_t waiting() const { return waiting_count_.load(std::memory_order_relaxed); }
  void stop();  // after what is waiting was done; waits for all

 private:
  struct Worker {
    std::condition_variable wake;
    Connection* next = nullptr;
    std::thread thread;
  };

  void work(Worker& self);
  Connection* next_for(Worker& self);
  bool start_one(Connection& connection);

  const std::size_t most_;
  const std::size_t queue_most_;
  const Job job_;
  std::mutex mutex_;
  std::list<Worker> workers_;
  std::vector<Worker*> idle_;
  std::deque<Connection*> waiting_;
  std::atomic<std::size_t> waiting_count_{0};
  bool stopping_ = false;
};

}  // namespace hub::http::wire
