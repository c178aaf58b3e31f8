#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "hub/base/error.h"
#include "hub/http/message.h"

namespace hub::http::wire {

// One framing and no other (claims HT-01, HT-03, HT-04; RFC 9112 read strictly): what could be understood in two ways
// is refused. Knows no sockets and no time.
class RequestReader {
 public:
  using BodyLimit = std::function<std::size_t(std::string_view path)>;

  static constexpr std::size_t line_most = 8 * 1024;      // octets of the request line
  static constexpr std::size_t headers_most = 16 * 1024;  // octets of all header lines; of all trailer lines
  static constexpr int lines_most = 64;

  explicit RequestReader(const BodyLimit& body_limit) : body_limit_(body_limit) {}

  // Takes octets off the front and says how many. It takes whole lines only, so the rest must be given again together
  // with what follows it. Takes nothing more once the request is complete or refused.
  std::size_t read(std::string_view input);
  void reset();  // for the next request of the connection

  bool complete() const { return phase_ == Phase::complete; }
  bool refused() const { return phase_ == Phase::refused; }
  bool in_body() const { return phase_ > Phase::headers && phase_ < Phase::complete; }
  bool started() const { return phase_ != Phase::request_line; }
  // The client waits for "100 Continue" before it sends the body. True once.
  bool take_continue();

  Request& request() { return request_; }  // as far as it was read
  int status() const { return status_; }   // why it is refused
  const Error& error() const { return error_; }
  bool keep_alive() const { return keep_alive_; }
  bool http_1_0() const { return http_1_0_; }

 private:
  enum class Phase {
    request_line,
    headers,
    counted_body,
    chunk_size,
    chunk_data,
    chunk_end,
    trailers,
    complete,
    refused
  };

  // One step; the number of octets used, 0 when more are needed.
  std::size_t step(std::string_view rest);
  // The line at the front without its CRLF; false when it is not whole, or refused.
  bool take_line(std::string_view rest, std::size_t most, int status_if_longer, std::string_view& line);
  void read_request_line(std::string_view line);
  bool read_target(std::string_view target);
  void read_header(std::string_view line);
  void read_trailer(std::string_view line);
  void read_chunk_size(std::string_view line);
  std::size_t read_body(std::string_view rest);
  void finish_head();
  bool check_host();
  bool choose_framing();
  bool check_expectation();
  bool count_header_line(std::size_t octets);
  bool grow_body(std::uint64_t octets);
  void refuse(int status, const Code& code, std::string_view message, std::string_view hint = "");
  void refuse_400(std::string_view message);

  const BodyLimit& body_limit_;
  Phase phase_ = Phase::request_line;
  Request request_;
  std::size_t header_bytes_ = 0;
  int header_lines_ = 0;
  std::size_t body_most_ = 0;
  std::uint64_t left_ = 0;  // of the counted body or the chunk
  bool after_blank_ = false;
  bool http_1_0_ = false;
  bool keep_alive_ = true;
  bool expects_continue_ = false;
  int status_ = 0;
  Error error_{};
};

}  // namespace hub::http::wire
