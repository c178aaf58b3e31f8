#include "hub/crypto/keyring.h"

#include "hub/base/codes.h"

namespace hub::crypto {
namespace {

std::string binding(const std::string& kid) { return "signing_key " + kid; }

}  // namespace

std::shared_ptr<const SigningKey> Keyring::cached(std::string_view kid) {
  const std::lock_guard lock(mutex_);
  const auto known = keys_.find(kid);
  return known == keys_.end() ? nullptr : known->second;
}

Result<std::shared_ptr<const SigningKey>> Keyring::find(const std::string& kid, std::string_view sealed_pem) {
  if (auto known = cached(kid)) return known;
  // Parsing takes as long as a signature, so not under the lock; of two threads that parse the same key one wins.
  const Error damaged{codes::store_damaged, "The signing key " + kid + " in the store does not open.",
                      "restore the store from a backup, or rotate to a new key"};
  const auto pem = sealer_.open(sealed_pem, binding(kid));
  if (!pem) return damaged;
  auto key = SigningKey::from_pem(*pem);
  if (!key || key->kid() != kid) return damaged;
  const std::lock_guard lock(mutex_);
  return keys_.try_emplace(kid, std::make_shared<const SigningKey>(*std::move(key))).first->second;
}

Bytes Keyring::seal(const SigningKey& key, const Sealer& sealer, Random& random) {
  return sealer.seal(key.to_pem(), binding(key.kid()), random);
}

}  // namespace hub::crypto
