#pragma once
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "hub/base/bytes.h"

namespace hub::testing {

struct HttpHeader {
  std::string name, value;
};

struct HttpAnswer {
  int status = 0;  // 0: the connection ended without an answer
  std::vector<HttpHeader> headers;
  std::string body;

  // The first of that name, whatever the case; "" when there is none.
  std::string header(std::string_view name) const {
    for (const HttpHeader& one : headers) {
      if (std::equal(one.name.begin(), one.name.end(), name.begin(), name.end(),
                     [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); })) {
        return one.value;
      }
    }
    return "";
  }
};

inline std::string basic(const std::string& id, const std::string& secret) {
  std::string text = base64url(id + ":" + secret);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.resize((text.size() + 3) / 4 * 4, '=');
  return "Basic " + text;
}

// A connection to "http://127.0.0.1:PORT" or "unix:/path" that sends what it is given, byte for byte, and reads answers
// with a length. Everything waits ten seconds at most.
class HttpClient {
 public:
  explicit HttpClient(const std::string& url) : host_(url.substr(url.rfind('/') + 1)) {
    constexpr std::string_view socket_file = "unix:";
    if (url.starts_with(socket_file)) {
      sockaddr_un address{};
      address.sun_family = AF_UNIX;
      const std::string path = url.substr(socket_file.size());
      REQUIRE(path.size() < sizeof address.sun_path);
      std::memcpy(address.sun_path, path.data(), path.size());
      host_ = "localhost";
      open(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    } else {
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      std::uint16_t port = 0;
      const std::string digits = url.substr(url.rfind(':') + 1);
      std::from_chars(digits.data(), digits.data() + digits.size(), port);
      address.sin_port = htons(port);
      open(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
  }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient() { ::close(socket_); }

  HttpAnswer get(const std::string& target, const std::vector<HttpHeader>& headers = {}) {
    return request("GET", target, headers);
  }
  HttpAnswer post_form(const std::string& target, const std::string& form, std::vector<HttpHeader> headers = {}) {
    headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return request("POST", target, headers, form);
  }
  HttpAnswer request(const std::string& method, const std::string& target, const std::vector<HttpHeader>& headers = {},
                     const std::string& body = "") {
    std::string text = method + " " + target + " HTTP/1.1\r\nHost: " + host_ + "\r\n";
    for (const HttpHeader& one : headers) text += one.name + ": " + one.value + "\r\n";
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send(text + "\r\n" + body);
    return answer(method == "HEAD");
  }

  void send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;  // the answer tells
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  HttpAnswer answer(bool to_head = false) {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive()) return {};
    }
    HttpAnswer out = read_head(std::string_view(buffer_).substr(0, end + 2));
    buffer_.erase(0, end + 4);
    std::size_t length = 0;
    const std::string told = out.header("Content-Length");
    std::from_chars(told.data(), told.data() + told.size(), length);
    if (to_head) return out;
    while (buffer_.size() < length && receive()) {
    }
    out.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return out;
  }
  bool closed() { return buffer_.empty() && !receive(); }

 private:
  void open(int family, const sockaddr* address, socklen_t length) {
    socket_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (::connect(socket_, address, length) != 0) {
      ::close(socket_);
      throw std::system_error(errno, std::generic_category(), "connect");
    }
  }
  bool receive() {
    char part[16 * 1024];
    const ssize_t got = ::recv(socket_, part, sizeof part, 0);
    if (got <= 0) return false;
    buffer_.append(part, static_cast<std::size_t>(got));
    return true;
  }
  static HttpAnswer read_head(std::string_view head) {
    HttpAnswer out;
    for (bool first = true; !head.empty(); first = false) {
      const std::size_t end = head.find("\r\n");
      const std::string_view line = head.substr(0, end);
      head.remove_prefix(end + 2);
      if (first && line.size() >= 12) {
        std::from_chars(line.data() + 9, line.data() + 12, out.status);
      } else if (const std::size_t colon = line.find(": "); colon != std::string_view::npos) {
        out.headers.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
      }
    }
    return out;
  }

  int socket_ = -1;
  std::string host_, buffer_;
};

}  // namespace hub::testing
