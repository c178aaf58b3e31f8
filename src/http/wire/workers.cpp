#include "workers.h"

#include <system_error>
#include <utility>

namespace hub::http::wire {

Workers::Workers(int most, int queue_most, Job job)
    : most_(static_cast<std::size_t>(most)), queue_most_(static_cast<std::size_t>(queue_most)), job_(std::move(job)) {}

Workers::~Workers() { stop(); }

bool Workers::submit(Connection& connection) {
  std::unique_lock lock(mutex_);
  if (!idle_.empty()) {
    Worker& worker = *idle_.back();
    idle_.pop_back();
    worker.next = &connection;
    lock.unlock();
    worker.wake.notify_one();
    return true;
  }
  if (workers_.size() < most_ && start_one(connection)) return true;
  if (workers_.empty() || waiting_.size() >= queue_most_) return false;
  waiting_.push_back(&connection);
  waiting_count_.store(waiting_.size(), std::memory_order_relaxed);
  return true;
}

bool Workers::start_one(Connection& connection) {
  Worker& worker = workers_.emplace_back();
  worker.next = &connection;
  try {
    worker.thread = std::thread([this, &worker] { work(worker); });
  } catch (const std::system_error&) {  // the system gives no more threads; those that are there go on
    workers_.pop_back();
    return false;
  }
  return true;
}

void Workers::work(Worker& self) {
  Engine engine;
  while (Connection* connection = next_for(self)) job_(*connection, engine);
}

Connection* Workers::next_for(Worker& self) {
  std::unique_lock lock(mutex_);
  if (self.next == nullptr && !waiting_.empty()) {
    Connection* connection = waiting_.front();
    waiting_.pop_front();
    waiting_count_.store(waiting_.size(), std::memory_order_relaxed);
    return connection;
  }
  if (self.next == nullptr && !stopping_) {
    idle_.push_back(&self);
    self.wake.wait(lock, [&] { return self.next != nullptr || stopping_; });
  }
  return std::exchange(self.next, nullptr);
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Worker& worker : workers_) worker.wake.notify_one();
  }
  for (Worker& worker : workers_) {
    if (worker.thread.joinable()) worker.thread.join();
  }
}

}  // namespace hub::http::wire
