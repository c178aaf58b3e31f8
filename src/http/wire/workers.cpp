#include "workers.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <memory>
#include <system_error>

#include "events.h"
#include "hub/base/codes.h"

namespace hub::http::wire {

Workers::Workers(int most, int queue_most, Duties duties)
    : most_(static_cast<std::size_t>(most)),
      queue_most_(static_cast<std::size_t>(queue_most)),
      duties_(std::move(duties)) {}

Workers::~Workers() { stop(); }

Result<void> Workers::start(int poll) {
  poll_ = poll;
  alarm_ = Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC | EFD_SEMAPHORE));
  if (alarm_ && events::watch(poll_, alarm_.number(), EPOLLIN, events::alarm)) grow();
  if (threads_.empty()) return Error{codes::internal, "The system does not give the threads that a server needs."};
  return {};
}

void Workers::grow() {
  const std::lock_guard lock(mutex_);
  if (stopping_ || started_ >= most_ || any_idle()) return;
  try {
    threads_.emplace_back([this] { work(); });
    ++started_;
    ++idle_;                            // on its behalf: two that become busy at once need only one more
  } catch (const std::system_error&) {  // the system gives no more; those that are there go on
  }
}

bool Workers::queue(Connection& connection) {
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= queue_most_) return false;
    queue_.push_back(&connection);
    queued_ = queue_.size();
  }
  // A worker looks at the queue after it said that it is idle, so one of the two sees the other.
  if (any_idle()) events::ring(alarm_.number());
  return true;
}

Connection* Workers::next_queued() {
  if (queued_ == 0) return nullptr;
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return nullptr;
  Connection* connection = queue_.front();
  queue_.pop_front();
  queued_ = queue_.size();
  return connection;
}

// A thread is idle until it has something to do, and was counted so before it started.
void Workers::work() {
  const auto hand = std::make_unique<Hand>(true);
  for (; !stopping_; ++idle_) {
    Connection* connection = next_queued();
    epoll_event event{};
    const bool is_event = connection == nullptr && ::epoll_wait(poll_, &event, 1, -1) == 1;
    if (--idle_ == 0) no_one_idle();
    if (stopping_) return;
    if (is_event && event.data.u64 == events::alarm) {
      std::uint64_t rung = 0;
      (void)!::read(alarm_.number(), &rung, sizeof rung);
      connection = next_queued();
    } else if (is_event) {
      duties_.on_event(event.data.u64, event.events, *hand);
    }
    if (connection != nullptr) duties_.on_queued(*connection, *hand);
  }
}

void Workers::no_one_idle() {
  if (started_ < most_) grow();
  if (!any_idle()) duties_.all_busy();
}

void Workers::stop() {
  stopping_ = true;
  if (alarm_) events::ring(alarm_.number(), most_ + 1);
  std::list<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    threads.swap(threads_);
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace hub::http::wire
