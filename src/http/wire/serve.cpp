#include <algorithm>

#include "front.h"
#include "hub/base/bytes.h"
#include "hub/base/codes.h"

namespace hub::http::wire {
namespace {

constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";

// A bijection whose results look unrelated (splitmix64): no two requests of a process share an id.
std::uint64_t scramble(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

void Front::read(Connection& connection) {
  while (!connection.drained) {
    std::size_t count = 0;
    const Transfer how = connection.socket.read(scratch_, count);
    if (how == Transfer::closed) return close(connection);
    // Less than was asked for is all there was; TLS may hold back more.
    connection.drained = how == Transfer::again || (count < scratch_.size() && !connection.socket.has_tls());
    if (count > 0 && !feed(connection, {scratch_.data(), count})) return;
  }
  if (draining_ && connection.idle()) close(connection);
}

bool Front::feed(Connection& connection, std::string_view fresh) {
  RequestReader& reader = connection.reader;
  const bool was_in_body = reader.in_body();
  if (connection.in.empty()) {
    connection.in.assign(fresh.substr(reader.read(fresh)));
  } else {
    connection.in.append(fresh);
    connection.in.erase(0, reader.read(connection.in));
  }
  if (reader.refused()) {
    refuse(connection, reader.status(), Error(reader.error()));
    return false;
  }
  if (reader.complete()) {
    dispatch(connection);
    return false;
  }
  if (!connection.timed && !connection.idle()) {
    connection.timed = true;
    connection.begun = now_;
    set_deadline(connection, now_ + Milliseconds(options_.header_timeout_ms));
  }
  if (!reader.in_body()) return true;
  if (!was_in_body) set_deadline(connection, connection.begun + Milliseconds(options_.request_timeout_ms));
  if (!reader.take_continue()) return true;
  connection.out = go_ahead;
  connection.sent = 0;
  if (flush(connection) == Flushed::all) return true;
  close(connection);  // a client that waits for this has room for it
  return false;
}

void Front::name_request(Connection& connection) {
  const std::uint64_t id = scramble(id_seed_ + ++id_count_ * 0x9e3779b97f4a7c15U);
  connection.request = std::move(connection.reader.request());
  connection.request.peer = connection.peer;
  connection.request.door = connection.door;
  connection.request.id = hex({reinterpret_cast<const char*>(&id), sizeof id});
  connection.answered_since = now_;
}

void Front::dispatch(Connection& connection) {
  name_request(connection);
  if (!hold(connection))
    refuse(connection, 503, Error{codes::overloaded, "Too many requests are waiting.", "try again in a second"});
}

// Gives the connection to a worker. False when too many wait.
bool Front::hold(Connection& connection) {
  const Moment next = now_ + Milliseconds(std::min(options_.idle_timeout_ms, options_.request_timeout_ms));
  if (next < connection.looked_at_next) {
    connection.looked_at_next = next;
    deadlines_.add(next, connection.place);
  }
  connection.hold.store(Connection::held, std::memory_order_release);
  if (workers_.submit(connection)) return true;
  connection.hold.store(0, std::memory_order_relaxed);
  return false;
}

void Front::refuse(Connection& connection, int status, const Error& error) {
  if (!connection.reader.complete()) name_request(connection);
  connection.close_after = !connection.reader.complete() || !connection.reader.keep_alive() || draining_;
  finish(connection, prepare_and_flush(connection, engine_, refused(connection.request, status, error)));
}

// After a part of an answer, or all of it, went out from the loop.
void Front::finish(Connection& connection, Flushed how) {
  if (how == Flushed::part) {
    if (connection.phase == Phase::writing) return;
    connection.phase = Phase::writing;
    return set_deadline(connection, now_ + Milliseconds(options_.request_timeout_ms));
  }
  const Request request = std::move(connection.request);
  const Response response = std::move(connection.response);
  report(connection.answered_since, request, response, how == Flushed::all);
  connection.phase = Phase::request;
  if (how == Flushed::gone) return close(connection);
  if (connection.close_after || draining_) return begin_close(connection);
  connection.start_over();
  set_deadline(connection, now_ + Milliseconds(options_.idle_timeout_ms));
  // What was sent behind it is looked at in the loop's next round, so that no client keeps it here.
  if (!connection.in.empty() || !connection.drained) {
    connection.hold.store(Connection::held, std::memory_order_relaxed);
    hand_back(connection);
  }
}

}  // namespace hub::http::wire
