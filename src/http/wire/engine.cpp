#include "engine.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "hub/base/time.h"

namespace hub::http::wire {
namespace {

// Two digits of a number below 100.
void put_two(char* to, int number) {
  to[0] = static_cast<char>('0' + number / 10);
  to[1] = static_cast<char>('0' + number % 10);
}

// RFC 9110 section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(std::int64_t unix_s) {
  constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::chrono::sys_seconds at{std::chrono::seconds(unix_s)};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(at - day);
  std::string out = "Sun, 06 Nov 1994 08:49:37 GMT";
  out.replace(0, 3, weekdays.substr(3 * std::chrono::weekday(day).c_encoding(), 3));
  put_two(&out[5], static_cast<int>(static_cast<unsigned>(date.day())));
  out.replace(8, 3, months.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3));
  put_two(&out[12], static_cast<int>(date.year()) / 100);
  put_two(&out[14], static_cast<int>(date.year()) % 100);
  put_two(&out[17], static_cast<int>(clock.hours().count()));
  put_two(&out[20], static_cast<int>(clock.minutes().count()));
  put_two(&out[23], static_cast<int>(clock.seconds().count()));
  return out;
}

const std::string& date_now() {
  thread_local std::int64_t second = -1;
  thread_local std::string text;
  const std::int64_t now = unix_seconds(SystemClock().now());
  if (now != second) {
    second = now;
    text = http_date(now);
  }
  return text;
}

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool is_header_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

constexpr bool has_no_content(int status) { return status == 204 || status == 304; }

// Feeds a small head and keeps what is written.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string_view in) : in_(in) {}
  std::string& written() { return out_; }

  bool is_readable() const override { return !in_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t most) override {
    const std::size_t count = std::min(most, in_.size());
    std::memcpy(to, in_.data(), count);
    in_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* from, std::size_t count) override {
    out_.append(from, count);
    return static_cast<ssize_t>(count);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

 private:
  std::string_view in_;
  std::string out_;
};

// Takes a line of the head out by the start of its name.
void drop_line(std::string& answer, std::string_view name) {
  const std::size_t head_end = answer.find("\r\n\r\n");
  const std::size_t at = answer.find(name);
  if (at == std::string::npos || at > head_end) return;
  answer.erase(at + 2, answer.find("\r\n", at + 2) + 2 - (at + 2));
}

}  // namespace

class Engine::Server final : public httplib::Server {
 public:
  Server() {
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
      fill(out);
      return HandlerResponse::Handled;
    });
  }

  std::string run(const Request& request, const Response& response, After after) {
    response_ = &response;
    request_ = &request;
    after_ = after;
    // Of the client's head it is told only what changes how an answer is written. A Range it never sees (claim L-08),
    // nor what it would take for the peer's address (claim L-07) or an offer to compress.
    MemoryStream stream(request.method == Method::head ? "HEAD / HTTP/1.1\r\nHost: hub\r\n\r\n"
                                                       : "GET / HTTP/1.1\r\nHost: hub\r\n\r\n");
    bool closed = false;
    process_request(stream, after == After::close, closed, nullptr);
    std::string answer = std::move(stream.written());
    // It announces limits of a listener that is not in use, and a length where RFC 9110 section 8.6 forbids one.
    if (after != After::close) drop_line(answer, "\r\nKeep-Alive: ");
    if (has_no_content(response.status)) drop_line(answer, "\r\nContent-Length: ");
    return answer;
  }

 private:
  void fill(httplib::Response& out) const {
    out.status = response_->status;
    bool has_id = false;
    for (const Header& header : response_->headers) {
      out.headers.emplace(header.name, header.value);
      has_id = has_id || header.name == "X-Request-Id";
    }
    out.headers.emplace("Date", date_now());
    if (!has_id) out.headers.emplace("X-Request-Id", request_->id);
    if (after_ == After::keep_http_1_0) out.headers.emplace("Connection", "keep-alive");
    if (response_->content_type.empty() || has_no_content(response_->status)) return;
    out.body = response_->body;
    out.headers.emplace("Content-Type", response_->content_type);
  }

  const Request* request_ = nullptr;
  const Response* response_ = nullptr;
  After after_ = After::close;
};

Engine::Engine() : server_(std::make_unique<Server>()) {}
Engine::~Engine() = default;

std::string Engine::write(const Request& request, const Response& response, After after) {
  return server_->run(request, response, after);
}

bool has_bad_header(const Response& response) {
  return breaks_line(response.content_type) ||
         std::any_of(response.headers.begin(), response.headers.end(),
                     [](const Header& header) { return !is_header_name(header.name) || breaks_line(header.value); });
}

}  // namespace hub::http::wire
