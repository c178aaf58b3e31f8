#include "socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace hub::http::wire {
namespace {

Transfer outcome(ssize_t moved, std::size_t& count) {
  count = moved > 0 ? static_cast<std::size_t>(moved) : 0;
  if (moved > 0) return Transfer::done;
  return moved < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? Transfer::again : Transfer::closed;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Transfer Socket::read(std::span<char> to, std::size_t& count) {
  if (tls_ != nullptr) return tls_->read(to, count);
  ssize_t moved = 0;
  do {
    moved = ::recv(number(), to.data(), to.size(), 0);
  } while (moved < 0 && errno == EINTR);
  return outcome(moved, count);
}

Transfer Socket::write(std::string_view from, std::size_t& count) {
  if (tls_ != nullptr) return tls_->write(from, count);
  ssize_t moved = 0;
  do {
    moved = ::send(number(), from.data(), from.size(), MSG_NOSIGNAL);
  } while (moved < 0 && errno == EINTR);
  return outcome(moved, count);
}

void Socket::finish_writing() {
  if (tls_ != nullptr) tls_->finish();
  ::shutdown(number(), SHUT_WR);
}

}  // namespace hub::http::wire
