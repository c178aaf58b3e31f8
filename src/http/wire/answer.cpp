#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <exception>

#include "front.h"
#include "hub/base/codes.h"

namespace hub::http::wire {
namespace {

constexpr std::string_view retry_after_s = "1";

Error failed(std::string cause) {
  return Error{codes::internal, "The server failed to answer this request.", "", "", std::move(cause)};
}

Response plain_500() {
  Response response;
  response.status = 500;
  return response;
}

After after(const Connection& connection) {
  if (connection.close_after) return After::close;
  return connection.reader.http_1_0() ? After::keep_http_1_0 : After::keep;
}

}  // namespace

void Front::work(Connection& connection, Engine& engine) {
  if (connection.phase == Phase::handshake) return shake_hands(connection);
  answer(connection, engine);
}

void Front::shake_hands(Connection& connection) {
  switch (connection.socket.tls()->handshake()) {
    case Transfer::again:
      return release(connection);
    case Transfer::done:
      connection.phase = Phase::request;
      break;
    case Transfer::closed:
      connection.phase = Phase::closed;
  }
  hand_back(connection);
}

void Front::answer(Connection& connection, Engine& engine) {
  Response response = handled(connection.request);
  connection.close_after = !connection.reader.keep_alive() || draining_;
  const Flushed how = prepare_and_flush(connection, engine, std::move(response));
  const Moment now = std::chrono::steady_clock::now();
  if (how == Flushed::part) {
    connection.phase = Phase::writing;
    connection.deadline = now + Milliseconds(options_.request_timeout_ms);
    return release(connection);
  }
  const Request request = std::move(connection.request);
  const Response sent = std::move(connection.response);
  const Moment since = connection.answered_since;
  if (how == Flushed::gone) {
    connection.phase = Phase::closed;
    hand_back(connection);
  } else if (connection.close_after) {
    hand_back(connection);
  } else {
    connection.start_over();
    connection.deadline = now + Milliseconds(options_.idle_timeout_ms);
    if (connection.in.empty() && connection.drained) {
      release(connection);
    } else {
      hand_back(connection);
    }
  }
  // The client's next request is on its way already; the log need not keep it waiting.
  report(since, request, sent, how == Flushed::all);
}

// Nothing that a handler throws reaches the client (claim HT-06).
Response Front::handled(const Request& request) const {
  try {
    Response response = callbacks_.handle(request);
    if (!has_bad_header(response)) return response;
    return refused(request, 500, failed("a header of the answer holds a line break"));
  } catch (const std::exception& thrown) {
    return refused(request, 500, failed(thrown.what()));
  } catch (...) {
    return refused(request, 500, failed("an exception of unknown type"));
  }
}

Response Front::refused(const Request& request, int status, const Error& error) const {
  try {
    Response response = callbacks_.refuse(request, status, error);
    if (has_bad_header(response)) return plain_500();
    const bool has_time = std::any_of(response.headers.begin(), response.headers.end(),
                                      [](const Header& header) { return header.name == "Retry-After"; });
    if (status == 503 && !has_time) response.add("Retry-After", std::string(retry_after_s));
    return response;
  } catch (...) {
    return plain_500();
  }
}

Front::Flushed Front::prepare_and_flush(Connection& connection, Engine& engine, Response response) {
  connection.out = engine.write(connection.request, response, after(connection));
  connection.sent = 0;
  connection.response = std::move(response);
  return flush(connection);
}

Front::Flushed Front::flush(Connection& connection) {
  while (connection.sent < connection.out.size()) {
    std::size_t count = 0;
    const Transfer how = connection.socket.write(std::string_view(connection.out).substr(connection.sent), count);
    if (how == Transfer::again) return Flushed::part;
    if (how == Transfer::closed) return Flushed::gone;
    connection.sent += count;
  }
  connection.out = std::string();
  return Flushed::all;
}

void Front::report(Moment since, const Request& request, const Response& response, bool delivered) const {
  const auto taken = std::chrono::steady_clock::now() - since;
  try {
    callbacks_.done(request, response, std::chrono::duration_cast<std::chrono::microseconds>(taken).count(), delivered);
  } catch (...) {  // an answer that went out cannot be taken back
  }
}

// Lets the loop have the connection when next something happens to it, or now if that was missed.
void Front::release(Connection& connection) {
  unsigned expected = Connection::held;
  if (!connection.hold.compare_exchange_strong(expected, 0, std::memory_order_acq_rel)) hand_back(connection);
}

void Front::hand_back(Connection& connection) {
  bool first = false;
  {
    const std::lock_guard lock(returned_mutex_);
    first = returned_.empty();
    returned_.push_back(&connection);
  }
  const std::uint64_t one = 1;
  if (first) (void)!::write(wake_.number(), &one, sizeof one);
}

}  // namespace hub::http::wire
