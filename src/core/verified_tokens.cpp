#include "verified_tokens.h"

#include <algorithm>
#include <cstring>

namespace hub::core {
namespace {

constexpr std::size_t keys_most = 16;

std::size_t slot_of(std::string_view hash, std::size_t slots) {
  std::uint32_t number = 0;
  std::memcpy(&number, hash.data(), sizeof number);
  return number % slots;
}

}  // namespace

std::optional<TokenId> VerifiedTokens::find(std::string_view hash) {
  const std::lock_guard lock(mutex_);
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(hash, slots)];
  if (std::string_view(slot.hash.data(), slot.hash.size()) != hash) return std::nullopt;
  return slot.id;
}

void VerifiedTokens::add(std::string_view hash, const TokenId& id) {
  const std::lock_guard lock(mutex_);
  if (slots_.empty()) slots_.resize(slots);
  Slot& slot = slots_[slot_of(hash, slots)];
  std::ranges::copy(hash.substr(0, slot.hash.size()), slot.hash.begin());
  slot.id = id;
}

std::optional<crypto::VerifyingKey> VerifiedTokens::find_key(std::string_view kid) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(keys_, [&](const crypto::VerifyingKey& key) { return key.kid() == kid; });
  if (found == keys_.end()) return std::nullopt;
  return *found;
}

void VerifiedTokens::add_key(const crypto::VerifyingKey& key) {
  const std::lock_guard lock(mutex_);
  if (keys_.size() == keys_most) keys_.erase(keys_.begin());
  keys_.push_back(key);
}

}  // namespace hub::core
