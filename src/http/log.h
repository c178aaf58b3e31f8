#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/error.h"
#include "hub/base/time.h"
#include "hub/http/message.h"
#include "hub/http/server.h"

namespace hub::http {

struct Route;

// The log: one JSON object per line, or one sentence (claim CL-05). It is given ids, codes and names of routes, never
// a path with its values, a query, a header or a body. Safe to use from several threads.
class Log {
 public:
  Log(LogLine line, bool as_text, bool requests, const Clock& clock)
      : line_(std::move(line)), as_text_(as_text), requests_(requests), clock_(clock) {}

  void request(const Request& request, const Response& response, const Route* route, std::int64_t microseconds,
               bool delivered) const;
  // A failure that is not the caller's, with its cause.
  void problem(const Request& request, const Error& error) const;

  using Words = std::vector<std::pair<std::string_view, std::string>>;
  // Something that happened to the process: "ready", "stop".
  void event(std::string_view name, const Words& words = {}) const;
  void failure(std::string_view name, const Error& error, const Words& words = {}) const;

 private:
  LogLine line_;
  bool as_text_, requests_;
  const Clock& clock_;
};

}  // namespace hub::http
