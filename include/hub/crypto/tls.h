#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace hub::crypto {

// A server's certificate and key, ready to make sessions: TLS 1.2 or newer, HTTP/1.1 by ALPN, no compression and no
// renegotiation (claim HT-09). Sessions keep it alive, so it can be replaced while they go on.
class TlsContext;

// From PEM files: the certificate with its chain, and its private key, which nobody else may read. unreadable_file,
// insecure_file, or invalid_request when they are no such thing or do not belong together.
Result<std::shared_ptr<const TlsContext>> load_tls(const std::string& certificate, const std::string& key);

// How far a step on a socket that does not block came. closed: the peer ended it, or nothing more can be trusted.
enum class Transfer { done, again, closed };

// The server's side of one connection over a connected socket, which stays the caller's. For one thread at a time.
class TlsSession {
 public:
  TlsSession(std::shared_ptr<const TlsContext> context, int socket);
  ~TlsSession();

  Transfer handshake();
  Transfer read(std::span<char> to, std::size_t& count);
  Transfer write(std::string_view from, std::size_t& count);
  void finish();  // says that nothing more will be written

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hub::crypto
