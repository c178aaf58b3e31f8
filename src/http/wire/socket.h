#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "hub/crypto/tls.h"

namespace hub::http::wire {

// A descriptor with an owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }
  void close();
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_ = -1;
};

using crypto::Transfer;

// A connected socket that never blocks, with TLS or without.
class Socket {
 public:
  explicit Socket(Descriptor descriptor, std::unique_ptr<crypto::TlsSession> tls = nullptr)
      : descriptor_(std::move(descriptor)), tls_(std::move(tls)) {}

  int number() const { return descriptor_.number(); }
  bool has_tls() const { return tls_ != nullptr; }
  crypto::TlsSession* tls() { return tls_.get(); }
  // `again` when nothing can be moved now, `closed` at the peer's end or any failure.
  Transfer read(std::span<char> to, std::size_t& count);
  Transfer write(std::string_view from, std::size_t& count);
  void finish_writing();  // the peer reads an end; what it still sends can be read

 private:
  Descriptor descriptor_;
  std::unique_ptr<crypto::TlsSession> tls_;
};

}  // namespace hub::http::wire
