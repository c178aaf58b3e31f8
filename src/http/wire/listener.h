#pragma once
#include <string>

#include "hub/base/result.h"
#include "socket.h"
#include "wire.h"

namespace hub::http::wire {

// One bound and listening address. A socket file goes with its listener.
class Listener {
 public:
  Listener(Descriptor descriptor, Door door, std::string url, std::string socket_path);
  Listener(Listener&& other) noexcept = default;
  Listener& operator=(Listener&&) = delete;
  ~Listener() { close(); }

  int number() const { return descriptor_.number(); }
  Door door() const { return door_; }
  const std::string& url() const { return url_; }
  bool is_tcp() const { return !is_file_; }
  void close();

 private:
  Descriptor descriptor_;
  Door door_;
  std::string url_;
  std::string socket_path_;  // moved away when the listener moves
  bool is_file_;
};

Result<Listener> listen(const Listen& where, bool tls);

}  // namespace hub::http::wire
