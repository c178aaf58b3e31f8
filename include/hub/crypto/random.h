#pragma once
#include "hub/base/random.h"
#include "hub/base/secret.h"

namespace hub::crypto {

// The operating system's source through OpenSSL. Ends the process if it cannot deliver: nothing may go on without it.
class SystemRandom final : public Random {
 public:
  void fill(std::span<unsigned char> out) override;
};

// 32 random octets as 43 base64url characters: client secrets of both dialects (nexus211.md section 1.3).
Secret make_secret(Random& random);

}  // namespace hub::crypto
