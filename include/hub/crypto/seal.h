#pragma once
#include <string_view>

#include "hub/base/bytes.h"
#include "hub/base/random.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"

namespace hub::crypto {

// AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D). `bound_to` is authenticated but not stored: give the ids of
// the row, so that a sealed value moved to another row no longer opens (claim CA-05).
class Sealer {
 public:
  explicit Sealer(Secret key);                                                       // 32 octets
  Bytes seal(const Secret& value, std::string_view bound_to, Random& random) const;  // version, nonce, ciphertext, tag
  Result<Secret> open(std::string_view sealed, std::string_view bound_to) const;     // store_damaged when altered

 private:
  Secret key_;
};

}  // namespace hub::crypto
