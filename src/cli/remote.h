#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/base/secret.h"
#include "hub/base/time.h"

namespace hub::cli {

// Where a hub is served: "http://127.0.0.1:4000", "https://hub.example/prefix", "unix:/run/hubctl.sock".
struct RemoteUrl {
  bool tls = false;
  std::string host;  // without brackets; "" of a socket file
  int port = 0;
  std::string socket_file;  // "" of a host
  std::string prefix;       // of every path, without a slash at its end
};
// `usage` for what is none, and for plain http to anywhere but this machine, where a token could be read on its way.
Result<RemoteUrl> parse_remote_url(std::string_view url);

// The hub that a command acts on, and the admin token to do so with.
struct RemoteHub {
  std::string url;
  std::optional<Secret> token;
  Seconds timeout{60};
};

struct RemoteAnswer {
  int status = 0;
  int exit_status = 0;  // of an answer that says "no"
  std::string body;
};

// One connection, kept open from request to request.
class Remote {
 public:
  static Result<std::unique_ptr<Remote>> connect(const RemoteHub& hub);
  ~Remote();
  // `target` is path and query, percent-encoded. server_unreachable; unauthenticated without a token.
  Result<RemoteAnswer> send(const std::string& method, const std::string& target, const std::string& body);
  // The same, with every answer that is no success as the error it tells.
  Result<RemoteAnswer> ask(const std::string& method, const std::string& target, const std::string& body);

 private:
  struct Connection;
  Remote(RemoteHub hub, std::unique_ptr<Connection> connection);
  RemoteHub hub_;
  std::unique_ptr<Connection> connection_;
};

// What the body of a refusal says: the code of the hub that wrote it, or one that fits the status.
Error remote_error(const RemoteAnswer& answer, const std::string& url);

}  // namespace hub::cli
