#include "ready.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <string_view>
#include <system_error>

#include "hub/base/codes.h"
#include "hub/base/file.h"

namespace hub::cli {
namespace {

Result<void> write_to_descriptor(std::int64_t descriptor, const std::string& line) {
  const bool possible = descriptor > 2 && descriptor <= std::numeric_limits<int>::max();
  const int number = static_cast<int>(possible ? descriptor : -1);
  if (::write(number, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::close(number) == 0) return {};
  return Error{codes::unwritable_file, "The descriptor of --ready-fd cannot be written.", "", "ready_fd",
               std::system_category().message(errno)};
}

// One datagram to the socket that the service manager names; "@" in front stands for the abstract namespace.
void notify_service_manager(const std::string& name) {
  sockaddr_un address{};
  if (name.empty() || name.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  if (name.front() == '@') address.sun_path[0] = '\0';
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  constexpr std::string_view message = "READY=1";
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  // Whoever does not listen there does not wait for it either.
  (void)::sendto(socket, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address),
                 length);
  ::close(socket);
}

}  // namespace

Result<void> tell_ready(const std::string& url, const Waiting& waiting) {
  const std::string line = url + "\n";
  if (waiting.file) {
    if (Result<void> written = replace_file(*waiting.file, line); !written) return written;
  }
  if (waiting.descriptor) {
    if (Result<void> written = write_to_descriptor(*waiting.descriptor, line); !written) return written;
  }
  if (waiting.service_manager) notify_service_manager(*waiting.service_manager);
  return {};
}

}  // namespace hub::cli
