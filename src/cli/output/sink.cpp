#include "output/sink.h"

#include <unistd.h>

#include <cerrno>

namespace hub::cli {
namespace {

constexpr std::size_t buffer_bytes = 64 * 1024;

}  // namespace

void StandardOutput::write(std::string_view text) {
  if (!ok()) return;
  buffer_.append(text);
  if (buffer_.size() >= buffer_bytes) flush();
}

bool StandardOutput::flush() {
  std::string_view rest = buffer_;
  while (ok() && !rest.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (count < 0 && errno != EINTR) error_ = errno;
    if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
  }
  buffer_.clear();
  return ok();
}

}  // namespace hub::cli
