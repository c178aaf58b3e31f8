#include "front.h"

#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "hub/base/codes.h"
#include "hub/crypto/random.h"

namespace hub::http::wire {
namespace {

// What an event belongs to, in the upper half of its 64 bits; the lower half is a slot or a listener's index.
constexpr std::uint64_t of_wake = std::uint64_t{1} << 63;
constexpr std::uint64_t of_listener = std::uint64_t{1} << 62;
constexpr int events_at_once = 128;

bool watch(int poll, int descriptor, std::uint32_t events, std::uint64_t data) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = data;
  return ::epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

// A thousand clients need more descriptors than a login shell allows by default.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Front::Front(Options options, Callbacks callbacks, std::vector<Listener> listeners,
             std::shared_ptr<const crypto::TlsContext> tls)
    : options_(std::move(options)),
      callbacks_(std::move(callbacks)),
      listeners_(std::move(listeners)),
      tls_(std::move(tls)),
      workers_(options_.workers, options_.queue,
               [this](Connection& connection, Engine& engine) { work(connection, engine); }) {
  for (const Listener& listener : listeners_) urls_.push_back(listener.url());
  crypto::SystemRandom().fill({reinterpret_cast<unsigned char*>(&id_seed_), sizeof id_seed_});
}

Front::~Front() { workers_.stop(); }

Result<void> Front::prepare() {
  raise_descriptor_limit();
  poll_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  wake_ = Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  bool done = poll_ && wake_ && watch(poll_.number(), wake_.number(), EPOLLIN, of_wake);
  for (std::size_t i = 0; i < listeners_.size(); ++i)
    done = done && watch(poll_.number(), listeners_[i].number(), EPOLLIN, of_listener | i);
  if (!done) return Error{codes::internal, "The system does not give the descriptors that a server needs."};
  return {};
}

void Front::stop() {
  ++stops_;
  const std::uint64_t one = 1;
  (void)!::write(wake_.number(), &one, sizeof one);
}

Result<void> Front::reload_tls() {
  if (!options_.tls) return {};
  Result<std::shared_ptr<const crypto::TlsContext>> fresh =
      crypto::load_tls(options_.tls->certificate, options_.tls->key);
  if (!fresh) return fresh.error();
  const std::lock_guard lock(tls_mutex_);
  tls_ = std::move(*fresh);
  return {};
}

bool Front::run() {
  std::array<epoll_event, events_at_once> events;
  bool drained = false;
  now_ = std::chrono::steady_clock::now();
  while (!finished(drained)) {
    const int count = ::epoll_wait(poll_.number(), events.data(), events_at_once, wait_ms());
    now_ = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
    take_returned();
    expire();
    closed_.clear();
    if (stops_ > 0 && !draining_) begin_drain();
  }
  for (Listener& listener : listeners_) listener.close();
  if (drained) workers_.stop();
  return drained;
}

bool Front::finished(bool& drained) const {
  if (!draining_) return false;
  drained = open_ == 0;
  return drained || stops_ > 1 || now_ >= drained_until_;
}

int Front::wait_ms() const {
  Moment next = Moment::max();
  if (!deadlines_.empty()) next = deadlines_.next();
  if (accepting_paused_) next = std::min(next, accept_again_);
  if (draining_) next = std::min(next, drained_until_);
  if (next == Moment::max()) return -1;
  const auto left = std::chrono::ceil<Milliseconds>(next - now_).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

void Front::handle(const epoll_event& event) {
  const std::uint64_t data = event.data.u64;
  if ((data & of_wake) != 0) {
    std::uint64_t count = 0;
    (void)!::read(wake_.number(), &count, sizeof count);
  } else if ((data & of_listener) != 0) {
    accept_from(listeners_[data & ~of_listener]);
  } else if (Connection* connection =
                 find({static_cast<std::uint32_t>(data), static_cast<std::uint32_t>(data >> 32)})) {
    ready(*connection, event.events);
  }
}

void Front::ready(Connection& connection, std::uint32_t events) {
  // Its worker learns of it when it lets go.
  if ((connection.hold.load(std::memory_order_acquire) & Connection::held) != 0 &&
      (connection.hold.fetch_or(Connection::missed, std::memory_order_acq_rel) & Connection::held) != 0)
    return;
  connection.hold.store(0, std::memory_order_relaxed);
  if ((events & ~std::uint32_t{EPOLLOUT}) != 0) connection.drained = false;
  go_on(connection);
}

void Front::go_on(Connection& connection) {
  switch (connection.phase) {
    case Phase::handshake:
      if (draining_ || !hold(connection)) close(connection);
      return;
    case Phase::request:
      if (connection.close_after) return begin_close(connection);
      if (connection.in.empty() || feed(connection, "")) read(connection);
      return;
    case Phase::writing:
      return finish(connection, flush(connection));
    case Phase::lingering:
      return discard(connection);
    case Phase::closed:
      return close(connection);
  }
}

void Front::take_returned() {
  {
    const std::lock_guard lock(returned_mutex_);
    returned_now_.swap(returned_);
  }
  for (Connection* connection : returned_now_) {
    connection->hold.store(0, std::memory_order_relaxed);
    connection->drained = false;
    go_on(*connection);
  }
  returned_now_.clear();
}

void Front::expire() {
  while (deadlines_.due(now_)) {
    if (Connection* connection = find(deadlines_.take())) expire(*connection);
  }
  if (accepting_paused_ && now_ >= accept_again_) pause_accepting(false);
}

void Front::expire(Connection& connection) {
  const Milliseconds shortest(std::min(options_.idle_timeout_ms, options_.request_timeout_ms));
  const bool with_worker = (connection.hold.load(std::memory_order_acquire) & Connection::held) != 0;
  if (with_worker || connection.deadline > now_) {
    connection.looked_at_next = with_worker ? now_ + shortest : connection.deadline;
    return deadlines_.add(connection.looked_at_next, connection.place);
  }
  if (connection.phase == Phase::request && !connection.idle()) {
    return refuse(connection, 408, Error{codes::invalid_request, "The request did not arrive in time."});
  }
  if (connection.phase == Phase::writing) return finish(connection, Flushed::gone);
  close(connection);
}

void Front::begin_drain() {
  for (std::size_t i = 0; i < listeners_.size(); ++i) accept_from(listeners_[i]);  // they came in time
  for (Listener& listener : listeners_) listener.close();
  draining_ = true;
  drained_until_ = now_ + Milliseconds(options_.drain_timeout_ms);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    Connection* connection = slots_[i].get();
    if (connection == nullptr) continue;
    // A worker that does not know of the drain yet hands its connection back instead of letting go.
    if ((connection->hold.load(std::memory_order_acquire) & Connection::held) != 0 &&
        (connection->hold.fetch_or(Connection::missed, std::memory_order_acq_rel) & Connection::held) != 0)
      continue;
    connection->hold.store(0, std::memory_order_relaxed);
    connection->drained = false;
    go_on(*connection);
  }
}

Result<std::unique_ptr<Wire>> open(Options options, Callbacks callbacks) {
  std::shared_ptr<const crypto::TlsContext> tls;
  if (options.tls) {
    Result<std::shared_ptr<const crypto::TlsContext>> loaded =
        crypto::load_tls(options.tls->certificate, options.tls->key);
    if (!loaded) return loaded.error();
    tls = std::move(*loaded);
  }
  std::vector<Listener> listeners;
  for (const Listen& each : options.listen) {
    Result<Listener> listener = listen(each, tls != nullptr);
    if (!listener) return listener.error();
    listeners.push_back(std::move(*listener));
  }
  auto front = std::make_unique<Front>(std::move(options), std::move(callbacks), std::move(listeners), std::move(tls));
  if (const Result<void> prepared = front->prepare(); !prepared) return prepared.error();
  return std::unique_ptr<Wire>(std::move(front));
}

}  // namespace hub::http::wire
