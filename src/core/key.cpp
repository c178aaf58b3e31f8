#include "hub/core/key.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/core/lifecycle.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/signing_key.h"
#include "hub/store/token.h"
#include "rules.h"

namespace hub::core {
namespace {

KeyState state_of(const SigningKeyRecord& key, const std::optional<std::string>& active_kid, Instant now) {
  if (key.revoked_at) return KeyState::revoked;
  if (active_kid && key.kid == *active_kid) return KeyState::active;
  if (key.retired_at && *key.retired_at <= now) return KeyState::retired;
  // Superseded without ever having been retired: another key has signed since.
  if (key.signs_from && *key.signs_from <= now) return KeyState::retired;
  return KeyState::staged;
}

KeyInfo info_of(const SigningKeyRecord& key, const std::optional<std::string>& active_kid, Instant now) {
  return {.kid = key.kid,
          .alg = key.algorithm,
          .state = std::string(name(state_of(key, active_kid, now))),
          .since = key.signs_from,
          .signs_until = key.retired_at,
          .published_until = key.published_until,
          .created_at = key.created_at};
}

Result<SigningKeyRecord> find_key(View& view, std::string_view kid) {
  std::vector<SigningKeyRecord> found;
  for (SigningKeyRecord& key : store::all_signing_keys(view.db())) {
    if (key.kid == kid || (kid.size() >= 4 && key.kid.starts_with(kid))) found.push_back(std::move(key));
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return Error{codes::not_found, "There is no such key.", "hubctl key list"};
  return Error{codes::ambiguous_reference, "That is the beginning of more than one kid.", "give more of it"};
}

Changed<KeyInfo> done(View& view, bool changed, const std::string& kid) {
  const auto key = store::find_signing_key(view.db(), kid);
  return {changed, kid, info_of(*key, store::find_active_kid(view.db(), view.now()), view.now())};
}

bool published(const SigningKeyRecord& key, Instant now) {
  return !key.revoked_at && !(key.published_until && *key.published_until <= now);
}

Result<crypto::Algorithm> algorithm_of(const std::optional<std::string>& alg) {
  if (!alg) return crypto::Algorithm::rs256;
  if (const auto algorithm = crypto::parse_algorithm(*alg)) return *algorithm;
  return Error{codes::invalid_request, "The algorithm is RS256, ES256 or EdDSA.", "", "alg"};
}

Result<PreparedKey> made(const std::optional<std::string>& alg) {
  const Result<crypto::Algorithm> algorithm = algorithm_of(alg);
  if (!algorithm) return algorithm.error();
  return PreparedKey{crypto::SigningKey::generate(*algorithm)};
}

// Keeps the key published as long as any token it signed may live (private access tokens: a year); not at all if it
// never came to sign.
void retire_at(SigningKeyRecord& key, Instant when) {
  const bool signs_before = key.signs_from && *key.signs_from <= when;
  key.retired_at = when;
  key.published_until = signs_before ? when + lifetimes::private_access_token : when;
}

// The first moment from now on at which no key would sign: now, or when one retires.
std::optional<Instant> first_gap(View& view) {
  std::vector<Instant> moments{view.now()};
  for (const SigningKeyRecord& key : store::all_signing_keys(view.db())) {
    if (!key.revoked_at && key.retired_at && *key.retired_at > view.now()) moments.push_back(*key.retired_at);
  }
  std::ranges::sort(moments);
  for (const Instant moment : moments) {
    if (!store::find_active_kid(view.db(), moment)) return moment;
  }
  return std::nullopt;
}

Result<Instant> moment_after(Instant now, Seconds time, const std::string& field) {
  if (time >= Seconds(0) && time <= lifetimes::private_access_token) return now + time;
  return Error{codes::invalid_request, "The time is at most 365 days.", "", field};
}

// Every key that signs at `when` or was going to signs no longer from then on.
void retire_others(Work& work, const std::string& kid, Instant when) {
  for (SigningKeyRecord& key : store::all_signing_keys(work.db())) {
    const bool ends_before = key.retired_at && *key.retired_at <= when;
    if (key.kid == kid || key.revoked_at || !key.signs_from || ends_before) continue;
    retire_at(key, when);
    store::update_signing_key(work.db(), key);
  }
}

Result<Changed<KeyInfo>> insert(Work& work, const crypto::SigningKey& key, std::optional<Instant> signs_from,
                                std::optional<Instant> retires = std::nullopt) {
  const Result<Keys*> keys = work.keys();
  if (!keys) return keys.error();
  SigningKeyRecord record{.kid = key.kid(),
                          .algorithm = std::string(crypto::name(key.algorithm())),
                          .public_jwk = to_line(key.verifying_key().jwk()),
                          .signs_from = signs_from,
                          .created_at = work.now()};
  if (retires) retire_at(record, *retires);
  const Bytes sealed = crypto::Keyring::seal(key, (*keys)->store_keys.sealer(), work.random());
  if (!store::insert_signing_key(work.db(), record, sealed)) {
    if (store::find_signing_key(work.db(), key.kid())->revoked_at) {
      return Error{codes::wrong_state, "This key was revoked and never comes back.", "hubctl key rotate"};
    }
    if (work.call().ensure) return done(work, false, key.kid());
    return Error{codes::exists, "This key is in the store already.", "hubctl key show " + key.kid()};
  }
  return done(work, true, key.kid());
}

}  // namespace

void insert_first_key(Work& work, const crypto::SigningKey& key, Keys& keys) {
  store::insert_signing_key(work.db(),
                            {.kid = key.kid(),
                             .algorithm = std::string(crypto::name(key.algorithm())),
                             .public_jwk = to_line(key.verifying_key().jwk()),
                             .signs_from = work.now(),
                             .created_at = work.now()},
                            crypto::Keyring::seal(key, keys.store_keys.sealer(), work.random()));
}

Result<void> list_keys(View& view, const ListKeys&, const std::function<bool(const KeyInfo&)>& each) {
  const auto active = store::find_active_kid(view.db(), view.now());
  for (const SigningKeyRecord& key : store::all_signing_keys(view.db())) {
    if (!each(info_of(key, active, view.now()))) break;
  }
  return {};
}

Result<KeyInfo> show_key(View& view, const ShowKey& request) {
  const Result<SigningKeyRecord> key = find_key(view, request.kid);
  if (!key) return key.error();
  return *done(view, false, key->kid).object;
}

Result<PreparedKey> prepare_key(Hub&, const RotateKey& request) { return made(request.alg); }
Result<PreparedKey> prepare_staged_key(Hub&, const StageKey& request) { return made(request.alg); }
Result<PreparedKey> prepare_replacement(Hub&, const RevokeKey&) { return made(std::nullopt); }
Result<PreparedKey> prepare_imported_key(Hub&, const ImportKey& request) {
  Result<crypto::SigningKey> key = crypto::SigningKey::from_pem(request.key);
  if (!key) return key.error();
  return PreparedKey{*std::move(key)};
}

Result<Changed<KeyInfo>> rotate_key(Work& work, const RotateKey& request, const PreparedKey& prepared) {
  const Result<Instant> when =
      moment_after(work.now(), request.publish_ahead.value_or(lifetimes::key_publish_ahead), "publish_ahead");
  if (!when) return when.error();
  retire_others(work, prepared.key.kid(), *when);
  return insert(work, prepared.key, *when);
}

Result<Changed<KeyInfo>> stage_key(Work& work, const StageKey&, const PreparedKey& prepared) {
  return insert(work, prepared.key, std::nullopt);
}

Result<Changed<KeyInfo>> import_key(Work& work, const ImportKey&, const PreparedKey& prepared) {
  return insert(work, prepared.key, std::nullopt);
}

Result<Changed<KeyInfo>> activate_key(Work& work, const ShowKey& request) {
  Result<SigningKeyRecord> key = find_key(work, request.kid);
  if (!key) return key.error();
  if (key->revoked_at) return Error{codes::wrong_state, "This key is revoked.", "hubctl key rotate"};
  if (store::find_active_kid(work.db(), work.now()) == key->kid) {
    if (work.call().ensure) return done(work, false, key->kid);
    return Error{codes::wrong_state, "This key signs already."};
  }
  retire_others(work, key->kid, work.now());
  key->signs_from = work.now();
  key->retired_at.reset();
  key->published_until.reset();
  store::update_signing_key(work.db(), *key);
  return done(work, true, key->kid);
}

Result<Changed<KeyInfo>> retire_key(Work& work, const RetireKey& request) {
  Result<SigningKeyRecord> key = find_key(work, request.kid);
  if (!key) return key.error();
  if (key->revoked_at) return Error{codes::wrong_state, "This key is revoked."};
  const Result<Instant> when = moment_after(work.now(), request.after.value_or(Seconds(0)), "after");
  if (!when) return when.error();
  if (key->retired_at && *key->retired_at <= *when) {
    if (work.call().ensure) return done(work, false, key->kid);
    return Error{codes::wrong_state, "This key retires by then already."};
  }
  retire_at(*key, *when);
  store::update_signing_key(work.db(), *key);
  if (const auto gap = first_gap(work)) {
    return Error{codes::wrong_state, "No key would sign from " + to_rfc3339(*gap) + " on.",
                 "hubctl key rotate makes the next one first"};
  }
  return done(work, true, key->kid);
}

Result<Changed<KeyInfo>> revoke_key(Work& work, const RevokeKey& request, const PreparedKey& replacement) {
  Result<SigningKeyRecord> key = find_key(work, request.kid);
  if (!key) return key.error();
  if (Result<void> confirmed = check_confirmed(work, request.confirm, key->kid); !confirmed) return confirmed.error();
  if (key->revoked_at) {
    if (work.call().ensure) return done(work, false, key->kid);
    return Error{codes::wrong_state, "This key is revoked already."};
  }
  // What takes its place signs as long as it would have.
  const std::optional<Instant> would_retire = key->retired_at;
  key->revoked_at = work.now();
  key->published_until = work.now();
  if (key->signs_from && (!key->retired_at || *key->retired_at > work.now())) key->retired_at = work.now();
  store::update_signing_key(work.db(), *key);
  store::forget_private_key(work.db(), key->kid);
  store::revoke_tokens_of_key(work.db(), key->kid, work.now(), [&](const Token& token) { token_revoked(work, token); });
  if (const auto gap = first_gap(work)) {
    const Result<Changed<KeyInfo>> next = insert(work, replacement.key, *gap, would_retire);
    if (!next) return next.error();
  }
  return done(work, true, key->kid);
}

Result<std::string> published_jwks(View& view) {
  std::string out = R"({"keys":[)";
  for (const SigningKeyRecord& record : store::all_signing_keys(view.db())) {
    if (!published(record, view.now())) continue;
    if (out.back() != '[') out += ',';
    out += record.public_jwk;
  }
  return out + "]}";
}

Result<crypto::KeySet> published_keys(View& view) {
  crypto::KeySet keys;
  for (const SigningKeyRecord& record : store::all_signing_keys(view.db())) {
    if (!published(record, view.now())) continue;
    const Result<Json> jwk = parse_json(record.public_jwk);
    if (!jwk) return Error{codes::store_damaged, "The public key " + record.kid + " in the store is damaged."};
    Result<crypto::VerifyingKey> key = crypto::VerifyingKey::from_jwk(*jwk);
    if (!key) return Error{codes::store_damaged, "The public key " + record.kid + " in the store is damaged."};
    keys.add(*std::move(key));
  }
  return keys;
}

}  // namespace hub::core
