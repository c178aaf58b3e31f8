#include "presented_token.h"

#include <nlohmann/json.hpp>

#include "hub/core/connection.h"
#include "hub/core/hub.h"
#include "hub/core/key.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/jwt.h"
#include "hub/crypto/random.h"
#include "hub/store/admin_token.h"
#include "hub/store/nexus_token.h"
#include "hub/store/signing_key.h"
#include "hub/store/token.h"
#include "issue_steps.h"
#include "verified_tokens.h"

namespace hub::core {
namespace {

constexpr std::string_view admin_prefix = "hat_";
constexpr std::size_t opaque_characters = 43;  // base64url of 32 octets

Result<Bytes> keyed_hash(View& view, std::string_view label, const Secret& text) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash(label, text.reveal());
}

std::string_view text_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  const auto* const text = found == object.end() ? nullptr : found->get_ptr<const Json::string_t*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

// Only what this hub signs as an access token: an ID token says another type (claim TK-04).
bool is_access_token(const Json& header) { return !header.contains("typ") || text_member(header, "typ") == "at+jwt"; }

std::optional<crypto::VerifyingKey> find_verifying_key(View& view, const std::string& kid) {
  VerifiedTokens& verified = view.hub().verified_tokens();
  if (auto known = verified.find_key(kid)) return known;
  const auto record = store::find_signing_key(view.db(), kid);
  if (!record || record->revoked_at) return std::nullopt;
  const Result<Json> jwk = parse_json(record->public_jwk);
  if (!jwk) return std::nullopt;
  Result<crypto::VerifyingKey> key = crypto::VerifyingKey::from_jwk(*jwk);
  if (!key) return std::nullopt;
  verified.add_key(*key);
  return *key;
}

bool has_good_signature(View& view, const crypto::DecodedJwt& decoded, const Token& token) {
  if (!is_access_token(*decoded.header) || text_member(*decoded.header, "kid") != token.kid) return false;
  const auto key = find_verifying_key(view, token.kid);
  if (!key) return false;
  crypto::KeySet keys;
  keys.add(*key);
  return crypto::check_signature(decoded, keys) == crypto::SignatureProblem::none;
}

}  // namespace

std::optional<Token> find_access_token(View& view, const Secret& text, Revoked revoked) {
  const auto passed_over = [&](const Token& token) { return token.revoked_at && revoked == Revoked::passed_over; };
  if (text.reveal().size() > limits::token_bytes) return std::nullopt;
  VerifiedTokens& verified = view.hub().verified_tokens();
  const Bytes hash = crypto::sha256(text.reveal());
  if (const auto id = verified.find(hash)) {
    auto token = store::find_token(view.db(), *id);
    return token && !passed_over(*token) ? token : std::nullopt;
  }
  const Result<crypto::DecodedJwt> decoded = crypto::decode_jwt(text.reveal());
  if (!decoded) return std::nullopt;
  const auto id = TokenId::parse(text_member(*decoded->claims, "jti"));
  auto token = id ? store::find_token(view.db(), *id) : std::nullopt;
  if (!token || passed_over(*token) || !has_good_signature(view, *decoded, *token)) return std::nullopt;
  verified.add(hash, token->id);
  return token;
}

Result<std::optional<Token>> find_refresh_token(View& view, const Secret& text) {
  const Result<Bytes> hash = hash_refresh_token(view, text);
  if (!hash) return hash.error();
  const auto id = refresh_token_id(text);
  const auto stored = store::find_refresh_hash(view.db(), id.value_or(TokenId()));
  if (!crypto::equal_constant_time(stored.value_or(Bytes(hash->size(), '\0')), *hash)) return std::optional<Token>();
  return store::find_token(view.db(), *id);
}

bool is_jwt(const Secret& text) { return text.reveal().find('.') != std::string_view::npos; }
bool is_admin_token(const Secret& text) { return text.reveal().starts_with(admin_prefix); }
Result<Bytes> hash_nexus_token(View& view, const Secret& text) { return keyed_hash(view, "nexus_token", text); }
Result<Bytes> hash_admin_token(View& view, const Secret& text) { return keyed_hash(view, "admin_token", text); }
Secret make_admin_token(Random& random) {
  return Secret(std::string(admin_prefix) + crypto::make_secret(random).reveal());
}

Result<std::optional<NexusToken>> find_nexus_token(View& view, const Secret& text) {
  if (text.reveal().size() != opaque_characters) return std::optional<NexusToken>();
  const Result<Bytes> hash = hash_nexus_token(view, text);
  if (!hash) return hash.error();
  return store::find_nexus_token(view.db(), *hash);
}

Result<std::optional<AdminToken>> find_admin_token(View& view, const Secret& text) {
  if (text.reveal().size() != admin_prefix.size() + opaque_characters) return std::optional<AdminToken>();
  const Result<Bytes> hash = hash_admin_token(view, text);
  if (!hash) return hash.error();
  return store::find_admin_token(view.db(), *hash);
}

}  // namespace hub::core
