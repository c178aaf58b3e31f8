#include "listener.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "hub/base/codes.h"

namespace hub::http::wire {
namespace {

constexpr int backlog = 4096;  // the kernel takes net.core.somaxconn when that is less
constexpr int socket_kind = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

struct FreeAddresses {
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

void switch_on(int descriptor, int level, int option) {
  const int on = 1;
  ::setsockopt(descriptor, level, option, &on, sizeof on);
}

Error in_use(const std::string& what) {
  return Error{codes::address_in_use, what + " is in use by another process.",
               "stop that process or listen on another address"};
}

Error cannot_listen(const std::string& what, int number) {
  return Error{codes::invalid_request, "Listening on " + what + " is not possible.", "", "listen",
               std::system_category().message(number)};
}

std::string shown(const Listen& where) {
  const bool v6 = where.host.find(':') != std::string::npos;
  return (v6 ? "[" + where.host + "]" : where.host) + ":" + std::to_string(where.port);
}

// As the system bound it, so that port 0 and names are answered with numbers.
std::string bound_url(int descriptor, bool tls) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  char host[NI_MAXHOST] = "";
  char port[NI_MAXSERV] = "";
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) != 0 ||
      ::getnameinfo(reinterpret_cast<sockaddr*>(&address), length, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "";
  const std::string scheme = tls ? "https://" : "http://";
  const std::string name = address.ss_family == AF_INET6 ? "[" + std::string(host) + "]" : std::string(host);
  return scheme + name + ":" + port;
}

Result<Listener> listen_tcp(const Listen& where, bool tls) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(where.host.c_str(), std::to_string(where.port).c_str(), &wanted, &found) != 0)
    return Error{codes::invalid_request, "There is no address named " + where.host + ".", "", "listen"};
  const Addresses addresses(found);
  int fault = 0;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    Descriptor descriptor(::socket(each->ai_family, socket_kind, 0));
    if (!descriptor) {
      fault = errno;
      continue;
    }
    // A restarted hub need not wait for connections of the one before; a second hub is still refused, as SO_REUSEPORT
    // stays off. Accepted sockets inherit TCP_NODELAY.
    switch_on(descriptor.number(), SOL_SOCKET, SO_REUSEADDR);
    switch_on(descriptor.number(), IPPROTO_TCP, TCP_NODELAY);
    if (::bind(descriptor.number(), each->ai_addr, each->ai_addrlen) == 0 &&
        ::listen(descriptor.number(), backlog) == 0) {
      const std::string url = bound_url(descriptor.number(), tls);
      return Listener(std::move(descriptor), where.door, url, "");
    }
    fault = errno;
  }
  if (fault == EADDRINUSE) return in_use(shown(where));
  return cannot_listen(shown(where), fault);
}

enum class Occupant { nobody, alive, foreign };

// Who is behind a socket file that is already there: one that refuses connections was left by a dead process.
Occupant occupant_of(const std::string& path, const sockaddr_un& address) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0) return Occupant::nobody;
  if (!S_ISSOCK(facts.st_mode)) return Occupant::foreign;
  const Descriptor probe(::socket(AF_UNIX, socket_kind, 0));
  if (::connect(probe.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return Occupant::alive;
  return errno == ECONNREFUSED ? Occupant::nobody : Occupant::alive;
}

Result<Listener> listen_file(const Listen& where) {
  const std::string& path = where.socket_path;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path || path.find('\0') != std::string::npos)
    return Error{codes::invalid_request, "The path of a socket file is too long.", "at most 107 octets", "listen"};
  std::memcpy(address.sun_path, path.data(), path.size());
  switch (occupant_of(path, address)) {
    case Occupant::alive:
      return in_use(path);
    case Occupant::foreign:
      return Error{codes::invalid_request, path + " is there already and is no socket.", "name another path", "listen"};
    case Occupant::nobody:
      ::unlink(path.c_str());
  }
  Descriptor descriptor(::socket(AF_UNIX, socket_kind, 0));
  // Linux gives the file the mode of the socket: there is no moment at which others could connect.
  if (!descriptor || ::fchmod(descriptor.number(), 0600) != 0 ||
      ::bind(descriptor.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno == EADDRINUSE) return in_use(path);
    return cannot_listen(path, errno);
  }
  if (::chmod(path.c_str(), 0600) != 0 || ::listen(descriptor.number(), backlog) != 0)
    return cannot_listen(path, errno);
  return Listener(std::move(descriptor), where.door, "unix:" + path, path);
}

}  // namespace

Listener::Listener(Descriptor descriptor, Door door, std::string url, std::string socket_path)
    : descriptor_(std::move(descriptor)),
      door_(door),
      url_(std::move(url)),
      socket_path_(std::move(socket_path)),
      is_file_(!socket_path_.empty()) {}

void Listener::close() {
  if (descriptor_ && !socket_path_.empty()) ::unlink(socket_path_.c_str());
  descriptor_.close();
}

Result<Listener> listen(const Listen& where, bool tls) {
  return where.socket_path.empty() ? listen_tcp(where, tls) : listen_file(where);
}

}  // namespace hub::http::wire
