#pragma once
#include <memory>
#include <string>

#include "hub/base/random.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"
#include "hub/crypto/seal.h"

namespace hub::crypto {

// The keys that protect what the store holds, each derived by HKDF-SHA-256 (RFC 5869) from one 32-octet master key that
// is never stored in the database (decisions-week-one.md 4; claim G-05).
class StoreKeys {
 public:
  explicit StoreKeys(const Secret& master);  // 32 raw octets

  // HMAC-SHA-256 of a secret, 32 octets; what is stored and looked up. One label per kind of secret keeps kinds apart:
  // "client_secret", "refresh_token", ...
  Bytes keyed_hash(std::string_view label, std::string_view secret) const;
  const Sealer& sealer() const { return sealer_; }
  // 32 octets that tell whether a master key belongs to a store, without telling the key.
  Bytes check_value() const;

 private:
  Secret hash_key_;
  Secret check_key_;
  Sealer sealer_;
};

// One base64url line of 32 random octets; the text of a new key file.
Secret make_master_key_line(Random& random);
// The octets of such a line, or `master_key` when it is not one.
Result<Secret> parse_master_key_line(const Secret& line);

}  // namespace hub::crypto
