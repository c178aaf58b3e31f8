#include "hub/crypto/random.h"

#include <openssl/rand.h>

#include <algorithm>

#include "hub/base/bytes.h"
#include "openssl.h"

namespace hub::crypto {

void SystemRandom::fill(std::span<unsigned char> out) {
  constexpr std::size_t most_at_once = 1 << 20;  // RAND_bytes counts in int
  while (!out.empty()) {
    const std::size_t count = std::min(out.size(), most_at_once);
    must(RAND_bytes(out.data(), static_cast<int>(count)) == 1);
    out = out.subspan(count);
  }
}

Secret make_secret(Random& random) {
  const Secret octets(random.octets(32));
  return Secret(base64url(octets.reveal()));
}

}  // namespace hub::crypto
