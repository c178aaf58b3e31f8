#include "token_lines.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "output/writer.h"
#include "secret_input.h"

namespace hub::cli {
namespace {

constexpr std::size_t read_bytes = 256 * 1024;

void remember(int& status, int one) {
  if (one != 0) status = status == 0 || status == one ? one : 1;
}

}  // namespace

operations::FieldInfo flag_field(std::string_view name, std::string_view description, operations::ValueKind kind) {
  operations::FieldInfo field;
  field.name = name;
  field.description = description;
  field.kind = kind;
  return field;
}

operations::FieldInfo token_field() {
  return flag_field("token", "Tokens, one per line; default standard input.", operations::ValueKind::secret);
}

TokenLines::~TokenLines() {
  if (owned_) ::close(descriptor_);
}

Result<void> TokenLines::open() {
  const auto path = secret_path(token_field(), invocation_.arguments, invocation_.around);
  if (!path || *path == "-") {
    notice(invocation_, invocation_.around.input_is_terminal ? "Paste a token, then press Ctrl-D.\n" : "");
    return {};
  }
  descriptor_ = ::open(path->c_str(), O_RDONLY | O_CLOEXEC);
  owned_ = descriptor_ >= 0;
  if (!owned_) return Error{codes::unreadable_file, "The file " + *path + " cannot be read."};
  return {};
}

bool TokenLines::next(std::string& line) {
  line.clear();
  while (true) {
    const std::size_t end = buffer_.find('\n', at_);
    if (end != std::string::npos) {
      line = trim(std::string_view(buffer_).substr(at_, end - at_));
      at_ = end + 1;
      if (!line.empty()) return true;
      continue;
    }
    buffer_.erase(0, at_);
    at_ = 0;
    const std::size_t kept = buffer_.size();
    // What is longer than any token is refused as one; its rest need not be kept.
    if (kept > limits::token_bytes) buffer_.resize(limits::token_bytes + 1);
    const std::size_t start = buffer_.size();
    buffer_.resize(start + read_bytes);
    const ssize_t got = ::read(descriptor_, buffer_.data() + start, read_bytes);
    buffer_.resize(start + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got > 0 || (got < 0 && errno == EINTR)) continue;
    if (got < 0) {
      read_ = Error{codes::unreadable_file, "The tokens cannot be read."};
      return false;
    }
    line = trim(buffer_);
    buffer_.clear();
    return !line.empty();
  }
}

void TokenLines::write_line(const Json& line) {
  if (invocation_.options.format == Format::none) return;
  invocation_.out.write(to_line(line));
  invocation_.out.write("\n");
}

void TokenLines::one(const std::string& token, const Answer& answer, const Print& print) {
  Json line;
  const Result<int> status = answer(token, line);
  if (!status) {
    Json failed = Json::object();
    failed["error"] = error_json(status.error());
    write_line(failed);
    remember(status_, exit_status(status.error().code.failure));
    return;
  }
  remember(status_, *status);
  if (print) {
    print(line);
  } else {
    write_line(line);
  }
}

Result<int> TokenLines::each(const Answer& answer, const Print& print) {
  if (Result<void> opened = open(); !opened) return opened.error();
  std::string first, second;
  if (!next(first)) {
    if (!read_) return read_.error();
    return usage_error("There is no token on standard input.", "give one with --token-file FILE");
  }
  if (!next(second)) {
    if (!read_) return read_.error();
    Json object;
    const Result<int> status = answer(first, object);
    if (!status) return status.error();
    if (print) {
      print(object);
    } else {
      print_object(invocation_, object);
    }
    return *status;
  }
  one(first, answer, print);
  do {
    one(second, answer, print);
  } while (invocation_.out.ok() && next(second));
  if (!read_) return read_.error();
  return status_;
}

}  // namespace hub::cli
