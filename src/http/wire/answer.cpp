#include <sys/epoll.h>

#include <algorithm>
#include <exception>

#include "events.h"
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

Front::Step Front::answer(Connection& connection, Hand& hand) {
  Response response = handled(connection.request);
  connection.close_after = !connection.reader.keep_alive() || draining_;
  return send(connection, std::move(response), hand);
}

Front::Step Front::refuse(Connection& connection, int status, const Error& error, Hand& hand) {
  if (!connection.reader.complete()) name_request(connection);
  Response response = refused(connection.request, status, error);
  connection.close_after = !connection.reader.complete() || !connection.reader.keep_alive() || draining_;
  return send(connection, std::move(response), hand);
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

Front::Step Front::send(Connection& connection, Response response, Hand& hand) {
  connection.out = hand.engine.write(connection.request, response, after(connection));
  connection.sent = 0;
  connection.response = std::move(response);
  return finish(connection, flush(connection), hand);
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

// After an answer went out, or a part of it.
Front::Step Front::finish(Connection& connection, Flushed how, Hand& hand) {
  if (how == Flushed::part) {
    if (connection.phase == Phase::writing) return Step::waits;
    connection.phase = Phase::writing;
    set_deadline(connection, std::chrono::steady_clock::now(), options_.request_timeout_ms);
    if (connection.expects_room) return Step::waits;
    connection.expects_room =
        events::change(crowd_.number(), connection.socket.number(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                       events::connection(connection.slot, connection.number));
    return Step::waits;
  }
  report(hand);  // of the one before on this connection
  hand.finished.emplace(Finished{std::move(connection.request), std::move(connection.response),
                                 connection.answered_since, how == Flushed::all});
  connection.phase = Phase::request;
  if (how == Flushed::gone) return close(connection);
  if (connection.close_after || draining_) return begin_close(connection, hand);
  connection.start_over();
  set_deadline(connection, std::chrono::steady_clock::now(), options_.idle_timeout_ms);
  return connection.in.empty() && connection.drained ? Step::waits : Step::again;
}

}  // namespace hub::http::wire
