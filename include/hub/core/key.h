#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/base/time.h"
#include "hub/core/answer.h"
#include "hub/core/hub.h"
#include "hub/crypto/jwt.h"
#include "hub/crypto/signing_key.h"
#include "hub/domain/signing_key.h"

// The keys that sign tokens (zaikio-hub.md section 4.2; claims TK-10 and TK-11). Which one signs follows from stored
// times, so no task has to run (decisions-week-one.md 30).
namespace hub::core {

struct KeyInfo {
  std::string kid, alg, state;         // staged, active, retired, revoked
  std::optional<Instant> since;        // signs from then on; none: not before it is activated
  std::optional<Instant> signs_until;  // none: until another one takes over
  std::optional<Instant> published_until;
  Instant created_at;
};

struct ListKeys {};
Result<void> list_keys(View& view, const ListKeys& request, const std::function<bool(const KeyInfo&)>& each);
struct ShowKey {
  std::string kid;
};
Result<KeyInfo> show_key(View& view, const ShowKey& request);

// A private key, made or parsed before the transaction.
struct PreparedKey {
  crypto::SigningKey key;
};
struct RotateKey {
  std::optional<std::string> alg;        // default RS256
  std::optional<Seconds> publish_ahead;  // default 24 h; 0 signs at once; 365 days at most
};
// A new key is published now and signs after the time ahead; the one that signed retires then, and stays published as
// long as a token it signed may live. What an earlier rotation planned and did not come to sign is given up.
Result<PreparedKey> prepare_key(Hub& hub, const RotateKey& request);
Result<Changed<KeyInfo>> rotate_key(Work& work, const RotateKey& request, const PreparedKey& prepared);

struct StageKey {
  std::optional<std::string> alg;
};
// Publishes a key that signs nothing until it is activated.
Result<PreparedKey> prepare_staged_key(Hub& hub, const StageKey& request);
Result<Changed<KeyInfo>> stage_key(Work& work, const StageKey& request, const PreparedKey& prepared);

struct ImportKey {
  Secret key;  // PEM
};
Result<PreparedKey> prepare_imported_key(Hub& hub, const ImportKey& request);
Result<Changed<KeyInfo>> import_key(Work& work, const ImportKey& request, const PreparedKey& prepared);  // staged

Result<Changed<KeyInfo>> activate_key(Work& work, const ShowKey& request);  // signs from now on; the other one retires
struct RetireKey {
  std::string kid;
  std::optional<Seconds> after;  // default at once
};
// wrong_state if at any later moment none would sign.
Result<Changed<KeyInfo>> retire_key(Work& work, const RetireKey& request);
struct RevokeKey {
  std::string kid, confirm;
};
// The emergency: gone from the key set, every access token it signed revoked, its private half forgotten. Another one
// signs in its place; refresh tokens go on working and give tokens of that one.
Result<PreparedKey> prepare_replacement(Hub& hub, const RevokeKey& request);
Result<Changed<KeyInfo>> revoke_key(Work& work, const RevokeKey& request, const PreparedKey& replacement);

// The published keys: staged, active and retired ones whose tokens may still live.
Result<crypto::KeySet> published_keys(View& view);
// The same as the text of a JWKS (RFC 7517 section 5), put together without taking a key apart.
Result<std::string> published_jwks(View& view);

struct ExportKeys {
  std::vector<std::string> kids;  // none: all published ones
  bool pem = false;               // else a JWKS
  bool private_keys = false;      // PEM only
};
Result<Secret> export_keys(View& view, const ExportKeys& request);  // the text

struct Thumbprint {
  std::string kid, alg;
};
// The kid the hub would give a public JWK (text of the JWK or of a JWKS with one key).
Result<Thumbprint> thumbprint_of(std::string_view jwk);

// The key of a new hub, which signs at once.
void insert_first_key(Work& work, const crypto::SigningKey& key, Keys& keys);

}  // namespace hub::core
