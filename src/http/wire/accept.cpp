#include <arpa/inet.h>
#include <sys/socket.h>

#include <cerrno>

#include "front.h"

namespace hub::http::wire {
namespace {

constexpr int accepted_at_once = 64;  // then those that are connected get their turn
constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::chrono::milliseconds linger_time{1000};
constexpr std::size_t discarded_most = 4 * 1024 * 1024;

// "127.0.0.1", "::1"; an IPv4 address that came through a socket of IPv6 as itself.
std::string address_text(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  } else if (address.ss_family == AF_INET6) {
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
    constexpr std::string_view mapped = "::ffff:";
    const std::string_view shown = text;
    if (shown.starts_with(mapped) && shown.find('.') != std::string_view::npos)
      return std::string(shown.substr(mapped.size()));
  } else {
    return "unix";
  }
  return text;
}

bool is_out_of_room(int fault) { return fault == EMFILE || fault == ENFILE || fault == ENOBUFS || fault == ENOMEM; }

}  // namespace

void Front::accept_from(Listener& listener) {
  for (int i = 0; i < accepted_at_once || stops_ > 0; ++i) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    Descriptor descriptor(
        ::accept4(listener.number(), reinterpret_cast<sockaddr*>(&address), &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (descriptor) {
      add(std::move(descriptor), address_text(address), listener);
      continue;
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (is_out_of_room(errno)) pause_accepting(true);
    return;
  }
}

void Front::add(Descriptor descriptor, std::string peer, const Listener& listener) {
  if (listener.is_tcp()) {
    int& count = per_address_[peer];
    if (count >= options_.connections_per_address) return;  // closed, which is all that a flood is worth
    ++count;
  }
  std::unique_ptr<crypto::TlsSession> tls;
  if (listener.is_tcp()) {
    const std::lock_guard lock(tls_mutex_);
    if (tls_ != nullptr) tls = std::make_unique<crypto::TlsSession>(tls_, descriptor.number());
  }
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  last_number_ = (last_number_ + 1) & 0x3fffffffU;  // two bits above tell connections from other events
  slots_[slot] = std::make_unique<Connection>(Socket(std::move(descriptor), std::move(tls)), callbacks_.body_limit);
  Connection& connection = *slots_[slot];
  connection.place = {slot, last_number_};
  connection.peer = std::move(peer);
  connection.door = listener.door();
  connection.counted = listener.is_tcp();
  connection.phase = connection.socket.has_tls() ? Phase::handshake : Phase::request;
  ++open_;
  // Edges only: nothing has to be said to the system again for as long as the connection lives.
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = std::uint64_t{last_number_} << 32 | slot;
  if (::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, connection.socket.number(), &event) != 0) return close(connection);
  connection.looked_at_next = Moment::max();
  set_deadline(connection, now_ + Milliseconds(options_.header_timeout_ms));
}

void Front::pause_accepting(bool paused) {
  accept_again_ = now_ + accept_pause;
  if (accepting_paused_ == paused) return;
  accepting_paused_ = paused;
  for (std::size_t i = 0; i < listeners_.size(); ++i) {
    epoll_event event{};
    event.events = paused ? 0U : std::uint32_t{EPOLLIN};
    event.data.u64 = std::uint64_t{1} << 62 | i;
    ::epoll_ctl(poll_.number(), EPOLL_CTL_MOD, listeners_[i].number(), &event);
  }
}

void Front::set_deadline(Connection& connection, Moment at) {
  connection.deadline = at;
  if (at >= connection.looked_at_next) return;
  connection.looked_at_next = at;
  deadlines_.add(at, connection.place);
}

// Closing a socket on which something unread waits resets it, and the peer would lose the answer it is about to read.
void Front::begin_close(Connection& connection) {
  const bool may_have_more = !connection.in.empty() || connection.reader.refused() || !connection.drained;
  connection.socket.finish_writing();
  if (!may_have_more) return close(connection);
  connection.phase = Phase::lingering;
  set_deadline(connection, now_ + linger_time);
  discard(connection);
}

void Front::discard(Connection& connection) {
  for (;;) {
    std::size_t count = 0;
    const Transfer how = connection.socket.read(scratch_, count);
    if (how == Transfer::again) return;
    connection.discarded += count;
    if (how == Transfer::closed || connection.discarded > discarded_most) return close(connection);
  }
}

void Front::close(Connection& connection) {
  if (connection.counted) {
    const auto found = per_address_.find(connection.peer);
    if (--found->second == 0) per_address_.erase(found);
  }
  const std::uint32_t slot = connection.place.slot;
  connection.phase = Phase::closed;
  closed_.push_back(std::move(slots_[slot]));
  free_slots_.push_back(slot);
  --open_;
  if (accepting_paused_) pause_accepting(false);
}

Connection* Front::find(Place place) const {
  if (place.slot >= slots_.size() || slots_[place.slot] == nullptr) return nullptr;
  Connection* connection = slots_[place.slot].get();
  return connection->place.number == place.number ? connection : nullptr;
}

}  // namespace hub::http::wire
