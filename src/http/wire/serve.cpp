#include <sys/epoll.h>

#include <algorithm>

#include "events.h"
#include "front.h"
#include "hub/base/bytes.h"
#include "hub/base/codes.h"

namespace hub::http::wire {
namespace {

constexpr int steps_at_once = 16;
constexpr std::string_view continue_100 = "HTTP/1.1 100 Continue\r\n\r\n";

// A bijection whose results look unrelated (splitmix64): no two requests of a process share an id.
std::uint64_t scramble(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

void Front::on_event(std::uint64_t event, std::uint32_t what, Hand& hand) {
  Connection* connection = connections_.take(events::slot_of(event), events::number_of(event));
  if (connection == nullptr) return;
  if ((what & ~std::uint32_t{EPOLLOUT}) != 0) connection->drained = false;
  if ((what & std::uint32_t{EPOLLRDHUP | EPOLLHUP | EPOLLERR}) != 0) connection->ask_to_end = true;
  serve(*connection, hand);
}

// Does for a held connection what can be done now.
void Front::serve(Connection& connection, Hand& hand) {
  for (int steps = 0;; ++steps) {
    const Step how = step(connection, hand);
    if (how == Step::left) break;
    if (how == Step::waits) {
      if (connections_.release(connection)) break;
      connection.drained = false;
      connection.ask_to_end = true;
    }
    if (steps >= steps_at_once && workers_.queue(connection)) break;  // the others have waited long enough
    report(hand);
  }
  report(hand);
}

Front::Step Front::step(Connection& connection, Hand& hand) {
  switch (connection.phase) {
    case Phase::handshake:
      return shake_hands(connection, hand);
    case Phase::request:
      if (connection.reader.complete()) return answer(connection, hand);  // it waited in the queue
      return read(connection, hand);
    case Phase::writing:
      return finish(connection, flush(connection), hand);
    case Phase::lingering:
      return discard(connection, hand);
  }
  __builtin_unreachable();
}

Front::Step Front::shake_hands(Connection& connection, Hand& hand) {
  if (draining_) return close(connection);
  // A handshake costs a signature, which is too long for the loop.
  if (!hand.may_block) return workers_.queue(connection) ? Step::left : close(connection);
  const Transfer how = connection.socket.tls()->handshake();
  if (how == Transfer::again) return Step::waits;
  if (how == Transfer::closed) return close(connection);
  connection.phase = Phase::request;
  connection.drained = false;
  return read(connection, hand);
}

Front::Step Front::read(Connection& connection, Hand& hand) {
  if (!connection.in.empty()) {
    if (const Step how = feed(connection, "", hand); how != Step::waits) return how;
  }
  while (!connection.drained && connection.phase == Phase::request) {
    std::size_t count = 0;
    const Transfer how = connection.socket.read(hand.scratch, count);
    if (how == Transfer::closed) return close(connection);
    if (how == Transfer::again) {
      connection.drained = true;
      connection.ask_to_end = false;
      break;
    }
    // Less than was asked for is all there was; TLS may hold back more.
    connection.drained = count < hand.scratch.size() && !connection.socket.has_tls() && !connection.ask_to_end;
    if (const Step next = feed(connection, {hand.scratch.data(), count}, hand); next != Step::waits) return next;
  }
  if (draining_ && connection.idle()) {
    connection.socket.finish_writing();
    return close(connection);
  }
  return Step::waits;
}

Front::Step Front::feed(Connection& connection, std::string_view fresh, Hand& hand) {
  RequestReader& reader = connection.reader;
  const bool was_in_body = reader.in_body();
  if (connection.in.empty()) {
    connection.in.assign(fresh.substr(reader.read(fresh)));
  } else {
    connection.in.append(fresh);
    connection.in.erase(0, reader.read(connection.in));
  }
  if (reader.refused()) return refuse(connection, reader.status(), Error(reader.error()), hand);
  if (reader.complete()) {
    name_request(connection);
    if (hand.may_block) return answer(connection, hand);
    if (workers_.queue(connection)) return Step::left;
    return refuse(connection, 503, Error{codes::overloaded, "Too many requests are waiting.", "try again in a second"},
                  hand);
  }
  if (!connection.timed && !connection.idle()) {
    connection.timed = true;
    connection.begun = std::chrono::steady_clock::now();
    set_receive_deadline(connection, connection.begun, options_.header_timeout_ms);
  }
  if (!reader.in_body()) return Step::waits;
  if (!was_in_body) set_receive_deadline(connection, connection.begun, options_.request_timeout_ms);
  return reader.take_continue() ? go_ahead(connection) : Step::waits;
}

Front::Step Front::go_ahead(Connection& connection) {
  connection.out = continue_100;
  connection.sent = 0;
  return flush(connection) == Flushed::all ? Step::waits : close(connection);  // who waits for it has room for it
}

void Front::name_request(Connection& connection) {
  const std::uint64_t id = scramble(id_seed_ + ++id_count_ * 0x9e3779b97f4a7c15U);
  connection.request = std::move(connection.reader.request());
  connection.request.peer = connection.peer;
  connection.request.door = connection.door;
  connection.request.id = hex({reinterpret_cast<const char*>(&id), sizeof id});
  connection.answered_since = std::chrono::steady_clock::now();
}

// The client's next request is on its way already; the log need not keep it waiting.
void Front::report(Hand& hand) const {
  if (!hand.finished) return;
  const Finished& exchange = *hand.finished;
  const auto taken = std::chrono::steady_clock::now() - exchange.since;
  try {
    callbacks_.done(exchange.request, exchange.response,
                    std::chrono::duration_cast<std::chrono::microseconds>(taken).count(), exchange.delivered);
  } catch (...) {  // an answer that went out cannot be taken back
  }
  hand.finished.reset();
}

}  // namespace hub::http::wire
