#pragma once
#include <memory>
#include <string>

#include "hub/http/message.h"

namespace hub::http::wire {

// How the connection goes on after an answer.
enum class After { keep, keep_http_1_0, close };

// cpp-httplib as the writer of answers (decision 14). It is given a request that was already read and checked, over a
// stream in memory, and never sees a socket, a body or a header of the client. For one thread.
class Engine {
 public:
  Engine();
  ~Engine();
  // The octets of an answer: head and, unless the method is HEAD or the status forbids one, body.
  std::string write(const Request& request, const Response& response, After after);

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

// A header with CR, LF or NUL, or whose name is no token: it must not be sent (claim HT-05).
bool has_bad_header(const Response& response);

}  // namespace hub::http::wire
