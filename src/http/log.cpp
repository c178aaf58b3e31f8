#include "log.h"

#include "hub/base/text.h"
#include "route.h"

namespace hub::http {
namespace {

// Members of an object, or words of a sentence, in the order they are added. What is put in by value() may hold
// anything; names and known() are texts of this program.
class Line {
 public:
  Line(bool as_text, Instant at, std::string_view level, std::string_view event) : as_text_(as_text) {
    out_.reserve(384);
    if (!as_text_) out_ = "{";
    known("time", to_rfc3339_ms(at));
    known("level", level);
    known("event", event);
  }

  Line& known(std::string_view name, std::string_view text) {
    begin(name);
    if (as_text_) {
      out_ += text;
    } else {
      ((out_ += '"') += text) += '"';
    }
    return *this;
  }
  Line& value(std::string_view name, std::string_view text) {
    if (text.empty()) return *this;
    begin(name);
    if (!as_text_) out_ += '"';
    const bool clean = is_clean_utf8(text);
    for (const char c : text) add(clean || c > 0 ? c : '?');
    if (!as_text_) out_ += '"';
    return *this;
  }
  Line& number(std::string_view name, std::int64_t number) {
    begin(name);
    out_ += std::to_string(number);
    return *this;
  }
  std::string_view finish() {
    if (!as_text_) out_ += '}';
    return out_;
  }

 private:
  void begin(std::string_view name) {
    if (as_text_) {
      if (!out_.empty()) out_ += ' ';
      // The words that every line begins with need no names.
      if (++count_ > words_without_name) (out_ += name) += '=';
      return;
    }
    if (out_.size() > 1) out_ += ',';
    ((out_ += '"') += name) += "\":";
  }
  void add(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x20 || octet == 0x7f) {
      ((out_ += "\\u00") += digits[octet >> 4]) += digits[octet & 15];
    } else if (c == '"' || c == '\\') {
      (out_ += '\\') += c;
    } else {
      out_ += c;
    }
  }

  static constexpr int words_without_name = 3;
  bool as_text_;
  int count_ = 0;
  std::string out_;
};

std::string_view level_of(int status) {
  if (status >= 500) return "error";
  return status == 429 ? "warning" : "info";
}

}  // namespace

void Log::request(const Request& request, const Response& response, const Route* route, std::int64_t microseconds,
                  bool delivered) const {
  if (!requests_) return;
  Line line(as_text_, clock_.now(), level_of(response.status), "request");
  line.known("method", name(request.method))
      .known("route", route == nullptr ? "-" : route->path)
      .number("status", response.status)
      .number("us", microseconds)
      .number("bytes", static_cast<std::int64_t>(response.body.size()))
      .value("peer", response.trace.address.empty() ? request.peer : response.trace.address)
      .known("door", request.door == Door::admin ? "admin" : "open")
      .value("client", response.trace.client_id)
      .value("jti", response.trace.token_id)
      .value("error", response.trace.error)
      .value("request_id", request.id);
  if (!delivered) line.known("delivered", "no");
  line_(line.finish());
}

void Log::problem(const Request& request, const Error& error) const {
  Line line(as_text_, clock_.now(), "error", "problem");
  line.known("error", error.code.name)
      .value("message", error.message)
      .value("cause", error.cause)
      .value("request_id", request.id);
  line_(line.finish());
}

void Log::event(std::string_view name, const Words& words) const {
  Line line(as_text_, clock_.now(), "info", name);
  for (const auto& [word, text] : words) line.value(word, text);
  line_(line.finish());
}

void Log::failure(std::string_view name, const Error& error, const Words& words) const {
  Line line(as_text_, clock_.now(), "error", name);
  for (const auto& [word, text] : words) line.value(word, text);
  line.known("error", error.code.name).value("message", error.message).value("cause", error.cause);
  line_(line.finish());
}

}  // namespace hub::http
