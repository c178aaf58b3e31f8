#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.h"
#include "hub/base/result.h"
#include "hub/http/message.h"

// The front door: sockets, deadlines, framing, limits (claims HT-01 to HT-05, L-01 to L-10). Behind it there are only
// whole, checked requests.
namespace hub::http::wire {

struct Listen {
  Door door = Door::open;
  std::string host;         // numeric address or name; "" with a socket file
  std::uint16_t port = 0;   // 0: the system chooses
  std::string socket_path;  // of a Unix-domain socket, made 0600
};

struct TlsFiles {
  std::string certificate, key;  // PEM
};

struct Options {
  std::vector<Listen> listen;
  std::optional<TlsFiles> tls;  // for all TCP listeners
  int workers = 64;             // threads at most; they start as they are needed
  int queue = 1024;             // requests waiting for a worker before 503
  int connections_per_address = 4096;
  int header_timeout_ms = 10'000, request_timeout_ms = 30'000, idle_timeout_ms = 30'000, drain_timeout_ms = 10'000;
  int drain_receive_ms = 1'000;  // from stop() on, for requests that have only half arrived
};

// What the wire asks of those behind it. All are called from several threads.
struct Callbacks {
  std::function<Response(const Request&)> handle;
  // The most bytes a body to this path may have.
  std::function<std::size_t(std::string_view path)> body_limit;
  // The answer to what is no proper request (400, 408, 413, 414, 415, 417, 431, 503) or to a handler that failed (500),
  // in the dialect of the path as far as it is known. `request` holds what was read.
  std::function<Response(const Request& request, int status, const Error& error)> refuse;
  // After the last byte of an answer went out, or the peer was gone (delivered false).
  std::function<void(const Request&, const Response&, std::int64_t microseconds, bool delivered)> done;
};

class Wire {
 public:
  virtual ~Wire() = default;
  // http://127.0.0.1:4000, https://..., unix:/run/hubctl.sock: as bound, in the order of the options.
  virtual const std::vector<std::string>& urls() const = 0;
  // Serves until stop() was called and everything in flight is answered or the drain time is over. True: drained.
  // False: handlers may still be running, and the destructor waits for them.
  virtual bool run() = 0;
  virtual void stop() = 0;                // from any thread; a second call ends at once
  virtual Result<void> reload_tls() = 0;  // the files are read again; the old ones stay when they do not fit
  virtual std::size_t queued() const = 0;
  virtual std::size_t connections() const = 0;
};

// Binds and listens. address_in_use when another process has the port, invalid_request for files or addresses that
// cannot be used.
Result<std::unique_ptr<Wire>> open(Options options, Callbacks callbacks);

}  // namespace hub::http::wire
