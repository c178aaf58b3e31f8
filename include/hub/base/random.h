#pragma once
#include <cstdint>
#include <span>

#include "hub/base/bytes.h"

namespace hub {

// Source of unpredictable octets, handed in where one is needed. The system's source is in the crypto layer; tests hand
// in a seeded one. Implementations are safe to call from several threads and never fail visibly.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<unsigned char> out) = 0;

  Bytes octets(std::size_t count) {
    Bytes out(count, '\0');
    fill({reinterpret_cast<unsigned char*>(out.data()), out.size()});
    return out;
  }
};

}  // namespace hub
