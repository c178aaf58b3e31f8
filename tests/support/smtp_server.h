#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace hub::testing {

// A mail server on a free port of the loopback address that keeps what it is given (RFC 5321), one client at a time.
class SmtpServer {
 public:
  struct Received {
    std::string greeted_with, from, to, data;  // data: as sent, the doubled dots undone
  };

  // `refusal`: what RCPT is answered with instead of 250; `silent`: says nothing at all.
  explicit SmtpServer(std::string refusal = "", bool silent = false) : refusal_(std::move(refusal)), silent_(silent) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, plain, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, plain, &size) != 0) {
      throw std::system_error(errno, std::generic_category(), "mail server");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  ~SmtpServer() {
    over_ = true;
    thread_.join();
    ::close(listener_);
  }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // The mails so far, once there are that many or after `milliseconds`.
  std::vector<Received> received(std::size_t count, int milliseconds = 10'000) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return mails_.size() >= count; });
    return mails_;
  }
  // Recipients that were refused.
  std::size_t refused() const { return refused_; }

 private:
  static bool ready(int descriptor) {
    pollfd one{descriptor, POLLIN, 0};
    return ::poll(&one, 1, 50) == 1;
  }
  void run() {
    while (!over_) {
      if (!ready(listener_)) continue;
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) continue;
      if (!silent_) serve(client);
      while (silent_ && !over_) ready(-1);
      ::close(client);
    }
  }
  static void say(int client, const std::string& line) {
    const std::string text = line + "\r\n";
    (void)::send(client, text.data(), text.size(), MSG_NOSIGNAL);
  }
  // False at the end of the connection.
  bool read_line(int client, std::string& rest, std::string& line) const {
    for (;;) {
      const std::size_t end = rest.find("\r\n");
      if (end != std::string::npos) {
        line = rest.substr(0, end);
        rest.erase(0, end + 2);
        return true;
      }
      while (!ready(client)) {
        if (over_) return false;
      }
      char part[4096];
      const ssize_t got = ::recv(client, part, sizeof part, 0);
      if (got <= 0) return false;
      rest.append(part, static_cast<std::size_t>(got));
    }
  }
  void serve(int client) {
    std::string rest, line;
    Received mail;
    say(client, "220 mail.test");
    while (read_line(client, rest, line)) {
      const std::string verb = line.substr(0, 4);
      if (verb == "EHLO" || verb == "HELO") {
        mail.greeted_with = line.substr(5);
        say(client, "250 mail.test");
      } else if (verb == "MAIL") {
        mail.from = line;
        say(client, "250 ok");
      } else if (verb == "RCPT") {
        mail.to = line;
        refused_ += refusal_.empty() ? 0 : 1;
        say(client, refusal_.empty() ? "250 ok" : refusal_);
      } else if (verb == "DATA") {
        say(client, "354 go on");
        mail.data.clear();
        while (read_line(client, rest, line) && line != ".") mail.data += line.substr(line[0] == '.' ? 1 : 0) + "\r\n";
        {
          const std::lock_guard lock(mutex_);
          mails_.push_back(mail);
        }
        arrived_.notify_all();
        say(client, "250 taken");
      } else {
        say(client, verb == "QUIT" ? "221 bye" : "502 no");
        if (verb == "QUIT") return;
      }
    }
  }

  const std::string refusal_;
  const bool silent_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> over_ = false;
  std::atomic<std::size_t> refused_ = 0;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Received> mails_;
  std::thread thread_;
};

}  // namespace hub::testing
