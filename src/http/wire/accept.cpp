#include <arpa/inet.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "events.h"
#include "front.h"

namespace hub::http::wire {
namespace {

constexpr int accepted_at_once = 64;  // then the deadlines get their turn
constexpr int linger_ms = 1000;
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

void Front::accept_from(const Listener& listener) {
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
    if (is_out_of_room(errno)) pause_accepting(true);  // until the next sweep: asking again at once would spin
    return;
  }
}

bool Front::count_address(const std::string& peer) {
  const std::lock_guard lock(per_address_mutex_);
  int& count = per_address_[peer];
  if (count >= options_.connections_per_address) return false;
  ++count;
  return true;
}

void Front::add(Descriptor descriptor, std::string peer, const Listener& listener) {
  const bool counted = listener.is_tcp();
  if (counted && !count_address(peer)) return;  // closed, which is all that a flood is worth
  std::unique_ptr<crypto::TlsSession> tls;
  if (listener.is_tcp()) {
    const std::lock_guard lock(tls_mutex_);
    if (tls_ != nullptr) tls = std::make_unique<crypto::TlsSession>(tls_, descriptor.number());
  }
  const int number = descriptor.number();
  Connection* connection = connections_.open(Socket(std::move(descriptor), std::move(tls)), callbacks_.body_limit);
  if (connection == nullptr) return;
  connection->peer = std::move(peer);
  connection->door = listener.door();
  connection->counted = counted;
  connection->phase = connection->socket.has_tls() ? Phase::handshake : Phase::request;
  set_deadline(*connection, now_, options_.header_timeout_ms);
  const std::uint64_t meaning = events::connection(connection->slot, connection->number);
  connections_.release(*connection);
  // Edges only: nothing has to be said to the system again for as long as the connection lives.
  if (!events::watch(crowd_.number(), number, EPOLLIN | EPOLLRDHUP | EPOLLET, meaning)) {
    if (Connection* again = connections_.take(events::slot_of(meaning), events::number_of(meaning))) close(*again);
  }
}

void Front::pause_accepting(bool paused) {
  if (accepting_paused_ == paused) return;
  accepting_paused_ = paused;
  for (std::size_t i = 0; i < listeners_.size(); ++i)
    events::change(loop_.number(), listeners_[i].number(), paused ? 0U : std::uint32_t{EPOLLIN}, events::listener | i);
}

void Front::set_deadline(Connection& connection, Moment from, int milliseconds) const {
  connection.deadline.store(from + Milliseconds(milliseconds), std::memory_order_relaxed);
}

// Of what the peer has still to send: once the server drains, nobody keeps it waiting for long (claim DU-12).
void Front::set_receive_deadline(Connection& connection, Moment from, int milliseconds) const {
  const Moment until = std::min(from + Milliseconds(milliseconds), received_until_.load(std::memory_order_relaxed));
  connection.deadline.store(until, std::memory_order_relaxed);
}

// Closing a socket on which something unread waits resets it, and the peer would lose the answer it is about to read.
Front::Step Front::begin_close(Connection& connection, Hand& hand) {
  connection.socket.finish_writing();
  const bool all_read = connection.in.empty() && connection.reader.complete() && connection.drained;
  if (all_read) return close(connection);
  connection.phase = Phase::lingering;
  set_receive_deadline(connection, std::chrono::steady_clock::now(), linger_ms);
  return discard(connection, hand);
}

Front::Step Front::discard(Connection& connection, Hand& hand) {
  for (;;) {
    std::size_t count = 0;
    const Transfer how = connection.socket.read(hand.scratch, count);
    if (how == Transfer::again) return Step::waits;
    connection.discarded += count;
    if (how == Transfer::closed || connection.discarded > discarded_most) return close(connection);
  }
}

Front::Step Front::close(Connection& connection) {
  if (connection.counted) {
    const std::lock_guard lock(per_address_mutex_);
    const auto found = per_address_.find(connection.peer);
    if (--found->second == 0) per_address_.erase(found);
  }
  connections_.close(connection);
  // The loop waits for the last one.
  if (draining_ && connections_.size() == 0) events::ring(alarm_.number());
  return Step::left;
}

}  // namespace hub::http::wire
