#include "front.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "events.h"
#include "hub/base/codes.h"
#include "hub/crypto/random.h"

namespace hub::http::wire {
namespace {

constexpr int events_at_once = 64;
constexpr int sweep_ms_most = 500;
constexpr int sweeps_per_deadline = 20;  // so a deadline is kept to a twentieth

// A thousand clients need more descriptors than a login shell allows by default.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int sweep_ms(const Options& options) {
  const int shortest = std::min({options.header_timeout_ms, options.request_timeout_ms, options.idle_timeout_ms});
  return std::clamp(shortest / sweeps_per_deadline, 1, sweep_ms_most);
}

}  // namespace

Front::Front(Options options, Callbacks callbacks, std::vector<Listener> listeners,
             std::shared_ptr<const crypto::TlsContext> tls)
    : options_(std::move(options)),
      callbacks_(std::move(callbacks)),
      listeners_(std::move(listeners)),
      tls_(std::move(tls)),
      workers_(
          options_.workers, options_.queue,
          {.on_event = [this](std::uint64_t event, std::uint32_t what, Hand& hand) { on_event(event, what, hand); },
           .on_queued = [this](Connection& connection, Hand& hand) { serve(connection, hand); },
           .all_busy =
               [this] {
                 if (!needs_help_.exchange(true)) events::ring(alarm_.number());
               }}) {
  for (const Listener& listener : listeners_) urls_.push_back(listener.url());
  crypto::SystemRandom().fill({reinterpret_cast<unsigned char*>(&id_seed_), sizeof id_seed_});
}

Front::~Front() { workers_.stop(); }

Result<void> Front::prepare() {
  raise_descriptor_limit();
  loop_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  crowd_ = Descriptor(::epoll_create1(EPOLL_CLOEXEC));
  alarm_ = Descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  bool done = loop_ && crowd_ && alarm_ && events::watch(loop_.number(), alarm_.number(), EPOLLIN, events::alarm);
  for (std::size_t i = 0; i < listeners_.size(); ++i)
    done = done && events::watch(loop_.number(), listeners_[i].number(), EPOLLIN, events::listener | i);
  if (!done) return Error{codes::internal, "The system does not give the descriptors that a server needs."};
  return workers_.start(crowd_.number());
}

void Front::stop() {
  ++stops_;
  events::ring(alarm_.number());
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
    const int count = ::epoll_wait(loop_.number(), events.data(), events_at_once, wait_ms());
    now_ = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)].data.u64);
    if (now_ >= next_sweep_) sweep();
    if (stops_ > 0 && !draining_) begin_drain();
    if (helping_ && workers_.any_idle() && workers_.queued() == 0) stop_helping();
  }
  for (Listener& listener : listeners_) listener.close();
  if (drained) workers_.stop();
  return drained;
}

bool Front::finished(bool& drained) const {
  if (!draining_) return false;
  drained = connections_.size() == 0;
  return drained || stops_ > 1 || now_ >= drained_until_;
}

int Front::wait_ms() const {
  if (connections_.size() == 0 && !accepting_paused_ && !draining_) return -1;
  const Moment next = draining_ ? std::min(next_sweep_, drained_until_) : next_sweep_;
  const auto left = std::chrono::ceil<Milliseconds>(next - now_).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, sweep_ms_most));
}

void Front::handle(std::uint64_t event) {
  if (event == events::alarm) {
    std::uint64_t rung = 0;
    (void)!::read(alarm_.number(), &rung, sizeof rung);
    if (needs_help_ && !helping_) {
      helping_ = true;
      events::watch(loop_.number(), crowd_.number(), EPOLLIN, events::crowd);
    }
  } else if (event == events::crowd) {
    if (!workers_.any_idle()) help_workers();
  } else {
    accept_from(listeners_[event & ~events::listener]);
  }
}

// Requests go on being read while all workers wait for something, so that the queue, its end and the deadlines hold.
void Front::help_workers() {
  std::array<epoll_event, events_at_once> events;
  const int count = ::epoll_wait(crowd_.number(), events.data(), events_at_once, 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.u64 != events::alarm) on_event(event.data.u64, event.events, hand_);
  }
}

void Front::stop_helping() {
  helping_ = false;
  ::epoll_ctl(loop_.number(), EPOLL_CTL_DEL, crowd_.number(), nullptr);
  needs_help_ = false;
  // All may have become busy again before they could say so.
  if (!workers_.any_idle() && !needs_help_.exchange(true)) events::ring(alarm_.number());
}

void Front::sweep() {
  next_sweep_ = now_ + Milliseconds(sweep_ms(options_));
  if (accepting_paused_) pause_accepting(false);
  connections_.each_due(now_, [this](Connection& connection) { expire(connection); });
}

void Front::expire(Connection& connection) {
  Step how = Step::left;
  if (connection.phase == Phase::request && !connection.idle()) {
    how = refuse(connection, 408, Error{codes::invalid_request, "The request did not arrive in time."}, hand_);
  } else if (connection.phase == Phase::writing) {
    how = finish(connection, Flushed::gone, hand_);
  } else {
    connection.socket.finish_writing();
    how = close(connection);
  }
  if (how != Step::left) serve(connection, hand_);
  report(hand_);
}

void Front::begin_drain() {
  for (const Listener& listener : listeners_) accept_from(listener);  // they came in time
  for (Listener& listener : listeners_) listener.close();
  received_until_ = now_ + Milliseconds(options_.drain_receive_ms);
  draining_ = true;
  drained_until_ = now_ + Milliseconds(options_.drain_timeout_ms);
  connections_.each([this](Connection& connection) {
    if (connection.phase == Phase::request || connection.phase == Phase::lingering) {
      connection.deadline = std::min(connection.deadline.load(), received_until_.load());
    }
    connection.drained = false;
    connection.ask_to_end = true;
    serve(connection, hand_);
  });
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
