#include "hub/core/form_token.h"

#include <charconv>

#include "hub/base/bytes.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/random.h"

namespace hub::core {
namespace {

std::string signed_text(const Secret& owner, std::string_view action, std::int64_t made_at_s) {
  const std::string text = "form\n" + std::string(action) + "\n" + std::to_string(made_at_s);
  return std::to_string(made_at_s) + "." + base64url(crypto::hmac_sha256(owner.reveal(), text));
}

}  // namespace

Secret make_browser(Hub& hub) { return crypto::make_secret(hub.random()); }

std::string form_token(const Secret& owner, std::string_view action, Instant now) {
  return signed_text(owner, action, unix_seconds(now));
}

bool is_form_token(std::string_view token, const Secret& owner, std::string_view action, Instant now) {
  std::int64_t made_at_s = 0;
  const auto [end, problem] = std::from_chars(token.data(), token.data() + token.size(), made_at_s);
  if (problem != std::errc() || owner.empty() || made_at_s < 0) return false;
  const std::int64_t age_s = unix_seconds(now) - made_at_s;
  if (age_s < 0 || age_s > form_token_lifetime.count()) return false;
  return crypto::equal_constant_time(token, signed_text(owner, action, made_at_s));
}

}  // namespace hub::core
