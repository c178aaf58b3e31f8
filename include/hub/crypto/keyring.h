#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/crypto/seal.h"
#include "hub/crypto/signing_key.h"

namespace hub::crypto {

// Parsed private keys by kid: one of the two caches of the product. What it holds is chosen by the store at each use,
// so it is never out of date. Safe to use from several threads.
class Keyring {
 public:
  explicit Keyring(const Sealer& sealer) : sealer_(sealer) {}
  std::shared_ptr<const SigningKey> cached(std::string_view kid);  // null: not parsed yet
  // The key, parsed at its first use out of what the store holds. store_damaged when it does not open or is another
  // key.
  Result<std::shared_ptr<const SigningKey>> find(const std::string& kid, std::string_view sealed_pem);
  static Bytes seal(const SigningKey& key, const Sealer& sealer, Random& random);  // bound to its kid

 private:
  const Sealer& sealer_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const SigningKey>, std::less<>> keys_;
};

}  // namespace hub::crypto
