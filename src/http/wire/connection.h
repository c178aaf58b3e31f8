#pragma once
#include <atomic>
#include <chrono>
#include <string>

#include "request_reader.h"
#include "socket.h"

namespace hub::http::wire {

using Moment = std::chrono::steady_clock::time_point;

// What a connection waits for.
enum class Phase { handshake, request, writing, lingering };

// One connection. Only its holder (connections.h) touches it.
struct Connection {
  Connection(Socket its_socket, const RequestReader::BodyLimit& body_limit, std::atomic<Moment>& its_deadline)
      : socket(std::move(its_socket)), deadline(its_deadline), reader(body_limit) {}

  static constexpr std::size_t in_kept = 1024;  // octets of the buffer that an idle connection keeps

  Socket socket;
  std::uint32_t slot = 0;
  std::uint32_t number = 0;
  std::string peer;
  Door door = Door::open;
  bool counted = false;           // among those of its address
  std::atomic<Moment>& deadline;  // read by the sweep

  Phase phase = Phase::request;
  std::string in;           // read but not used yet
  bool drained = true;      // the system tells when there is more to read; false: ask
  bool ask_to_end = false;  // the peer may have ended, and the system does not tell twice
  RequestReader reader;
  bool timed = false;  // the deadlines of a request run, from
  Moment begun{};      // when its first octet was read

  // The exchange that is being answered.
  Request request;
  Response response;
  std::string out;
  std::size_t sent = 0;
  Moment answered_since{};
  bool close_after = false;
  bool expects_room = false;  // the system tells when there is room to write
  std::size_t discarded = 0;  // while lingering

  bool idle() const { return phase == Phase::request && in.empty() && !reader.started(); }
  void start_over() {  // for the next request
    reader.reset();
    timed = false;
    if (in.empty() && in.capacity() > in_kept) in = std::string();
  }
};

}  // namespace hub::http::wire
