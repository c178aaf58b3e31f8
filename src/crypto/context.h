#pragma once
#include <cstdint>

#include "hub/crypto/signing_key.h"
#include "openssl.h"

namespace hub::crypto {

enum class Direction { sign, verify };

// A parsed key with a number no other key of this process ever has. Contexts are found by the number: an address could
// be another key's by the time it is looked up.
struct NumberedKey {
  NumberedKey(OwnedKey parsed, Algorithm its_algorithm, Direction its_use);
  OwnedKey key;
  Algorithm algorithm;
  Direction use;
  std::uint64_t number;
};

// A context for one signature or verification, or null if the library refuses the key. It belongs to the calling thread
// and is good until that thread's next call. Setting a context up costs a quarter of an ECDSA signature, so each thread
// keeps prepared ones of the keys it used last and copies them.
EVP_MD_CTX* ready_context(const NumberedKey& key);

}  // namespace hub::crypto
