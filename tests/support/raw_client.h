#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace hub::testing {

// One answer as it came: nothing is repaired.
struct RawAnswer {
  int status = 0;
  std::string head;  // status line and header lines, each with its CRLF
  std::string body;

  // Of the first header of this name, written as in the answer; nullopt when missing.
  std::optional<std::string> header(std::string_view name) const {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(start);
    if (at == std::string::npos) return std::nullopt;
    const std::size_t begin = at + start.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

// Bytes in, bytes out, so that no library mends what a test wants to break (claim TM-01). All waiting is bounded.
class RawClient {
 public:
  static constexpr int patience_ms = 10'000;

  static RawClient tcp(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    RawClient client(AF_INET);
    client.connect(reinterpret_cast<const sockaddr*>(&address), sizeof address);
    const int on = 1;
    ::setsockopt(client.socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return client;
  }
  static RawClient socket_file(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    RawClient client(AF_UNIX);
    client.connect(reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return client;
  }
  // From a server's "http://127.0.0.1:4000", "http://[::1]:4000" (reached by 127.0.0.1) or "unix:/path".
  static RawClient to(std::string_view url) {
    if (url.starts_with("unix:")) return socket_file(std::string(url.substr(5)));
    const std::string_view digits = url.substr(url.rfind(':') + 1);
    std::uint16_t port = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return tcp(port);
  }

  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), unread_(std::move(other.unread_)) {}
  RawClient& operator=(RawClient&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(unread_, other.unread_);
    return *this;
  }
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  int socket() const { return socket_; }

  // False when the server is gone or takes nothing for `patience_ms`.
  bool send(std::string_view octets) {
    while (!octets.empty()) {
      const ssize_t sent = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) {
        octets.remove_prefix(static_cast<std::size_t>(sent));
      } else if (errno != EAGAIN || !wait(POLLOUT, patience_ms)) {
        return false;
      }
    }
    return true;
  }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }

  // The next answer. `without_body`: to HEAD, or 100 Continue. None: the server said nothing more, or nothing whole.
  std::optional<RawAnswer> answer(bool without_body = false, int wait_ms = patience_ms) {
    const auto until = deadline(wait_ms);
    std::size_t end = 0;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more(until)) return std::nullopt;
    }
    RawAnswer out;
    out.head = unread_.substr(0, end + 2);
    unread_.erase(0, end + 4);
    if (!out.head.starts_with("HTTP/1.1 ")) return std::nullopt;
    std::from_chars(out.head.data() + 9, out.head.data() + 12, out.status);
    std::size_t length = 0;
    if (const auto text = out.header("Content-Length")) {
      std::from_chars(text->data(), text->data() + text->size(), length);
    }
    if (without_body) return out;
    while (unread_.size() < length) {
      if (!read_more(until)) return std::nullopt;
    }
    out.body = unread_.substr(0, length);
    unread_.erase(0, length);
    return out;
  }
  std::optional<RawAnswer> ask(std::string_view octets) {
    send(octets);
    return answer();
  }
  // Everything up to the server's end of the connection, or what came in time.
  std::string rest(int wait_ms = patience_ms) {
    const auto until = deadline(wait_ms);
    while (read_more(until)) {
    }
    return std::exchange(unread_, "");
  }
  // The server closes without saying anything more.
  bool ends(int wait_ms = patience_ms) {
    const auto until = deadline(wait_ms);
    while (read_more(until)) {
    }
    return ended_ && unread_.empty();
  }

 private:
  using Moment = std::chrono::steady_clock::time_point;

  explicit RawClient(int family) : socket_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (socket_ < 0) throw std::system_error(errno, std::generic_category(), "socket");
  }
  void connect(const sockaddr* address, socklen_t length) {
    if (::connect(socket_, address, length) != 0) throw std::system_error(errno, std::generic_category(), "connect");
  }
  static Moment deadline(int wait_ms) { return std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms); }
  bool wait(short what, int wait_ms) const {
    pollfd poll{socket_, what, 0};
    return ::poll(&poll, 1, wait_ms) > 0;
  }
  bool read_more(Moment until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (ended_ || !wait(POLLIN, static_cast<int>(std::max<std::int64_t>(left, 0)))) return false;
    char buffer[16 * 1024];
    const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
    ended_ = count <= 0;
    if (count > 0) unread_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  std::string unread_;
  bool ended_ = false;
};

}  // namespace hub::testing
