#pragma once
#include <array>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/base/id.h"
#include "hub/crypto/signing_key.h"

namespace hub::core {

// The texts of tokens whose signature was found good, by their hash, so that none is verified twice; and the parsed
// public keys that did it. Bounded: a new text takes the place of an old one. Never holds what may change: whether a
// token still counts is asked of the store each time. Safe to use from several threads.
class VerifiedTokens {
 public:
  // The jti of the token with this SHA-256, if its signature was good before.
  std::optional<TokenId> find(std::string_view hash);
  void add(std::string_view hash, const TokenId& id);

  std::optional<crypto::VerifyingKey> find_key(std::string_view kid);
  void add_key(const crypto::VerifyingKey& key);

 private:
  static constexpr std::size_t slots = 16384;  // 48 octets each
  struct Slot {
    std::array<char, 32> hash{};
    TokenId id;
  };

  std::mutex mutex_;
  std::vector<Slot> slots_;  // none before the first token
  std::vector<crypto::VerifyingKey> keys_;
};

}  // namespace hub::core
