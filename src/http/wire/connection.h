#pragma once
#include <atomic>
#include <string>

#include "deadlines.h"
#include "request_reader.h"
#include "socket.h"

namespace hub::http::wire {

// What a connection waits for.
enum class Phase { handshake, request, writing, lingering, closed };

// One connection. It belongs either to the loop or, while it is held, to the one worker that answers; whoever has it
// may touch everything but `hold` and what is marked as the loop's.
struct Connection {
  Connection(Socket its_socket, const RequestReader::BodyLimit& body_limit)
      : socket(std::move(its_socket)), reader(body_limit) {}

  // In `hold`: with a worker; something happened to the socket meanwhile.
  static constexpr unsigned held = 1;
  static constexpr unsigned missed = 2;

  static constexpr std::size_t in_kept = 1024;  // of the buffer of an idle connection

  Socket socket;
  Place place;
  std::string peer;
  Door door = Door::open;
  bool counted = false;  // among those of its address
  std::atomic<unsigned> hold{0};

  Phase phase = Phase::request;
  std::string in;       // read but not used yet
  bool drained = true;  // the system tells when there is more to read; false: ask
  RequestReader reader;
  Moment begun{};      // the first octet of the request was read
  bool timed = false;  // the request's deadlines run
  Moment deadline{};
  Moment looked_at_next{};  // the loop's: the earliest entry in Deadlines

  // The exchange that is being answered.
  Request request;
  Response response;
  std::string out;
  std::size_t sent = 0;
  Moment answered_since{};
  bool close_after = false;
  std::size_t discarded = 0;  // while lingering

  void start_over() {  // for the next request
    reader.reset();
    timed = false;
    if (in.empty() && in.capacity() > in_kept) in = std::string();
  }
  bool idle() const { return phase == Phase::request && in.empty() && !reader.started(); }
};

}  // namespace hub::http::wire
