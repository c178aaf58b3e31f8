#include "password_proof.h"

#include "hub/base/codes.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/password.h"
#include "hub/domain/address.h"
#include "hub/domain/attempts.h"
#include "hub/store/failed_attempt.h"
#include "hub/store/password.h"

namespace hub::core {
namespace {

using store::AttemptLimit;
using store::StoredPassword;

constexpr AttemptLimit per_account{attempts::sign_in_failures_per_account, attempts::sign_in_window};
constexpr AttemptLimit per_address{attempts::sign_in_failures_per_address, attempts::sign_in_window};
constexpr std::string_view account_kind = "sign_in_account";
constexpr std::string_view address_kind = "sign_in_address";

Error refused() {
  return {codes::invalid_credentials, "The address or the password is wrong.", "try again, or set a new password"};
}

Error locked() {
  return {codes::too_many_attempts, "There were too many attempts to sign in.", "try again in 15 minutes"};
}

Bytes key_of(const Keys& keys, std::string_view kind, std::string_view text) {
  return keys.store_keys.keyed_hash(kind, text);
}

struct Counted {
  bool allowed = true;
  std::optional<StoredPassword> stored;
};

// One durable transaction, so that the guess is counted whatever becomes of it. An address that has had its share
// locks no further accounts.
Result<Counted> count(Hub& hub, const Call& call, const PasswordProof& proof, const Keys& keys) {
  const Bytes account = key_of(keys, account_kind, proof.email_key);
  const Bytes address = key_of(keys, address_kind, address_group(proof.address));
  return hub.write(call, [&](Work& work) -> Result<Counted> {
    Counted counted;
    if (!proof.address.empty()) {
      counted.allowed = store::count_attempt(work.db(), address_kind, address, per_address, work.now());
    }
    counted.allowed =
        counted.allowed && store::count_attempt(work.db(), account_kind, account, per_account, work.now());
    if (counted.allowed) counted.stored = store::find_password(work.db(), proof.email_key);
    return counted;
  });
}

Result<Counted> look_up(Hub& hub, const Call& call, const PasswordProof& proof) {
  return hub.read(call, [&](View& view) -> Result<Counted> {
    return Counted{true, store::find_password(view.db(), proof.email_key)};
  });
}

}  // namespace

Result<Proven> prove_password(Hub& hub, const Call& call, const PasswordProof& proof) {
  const Result<Keys*> keys = hub.keys();
  if (!keys) return keys.error();
  const crypto::PasswordPlace place;
  if (!place) return crypto::PasswordPlace::refusal();
  const Result<Counted> counted = proof.counted ? count(hub, call, proof, **keys) : look_up(hub, call, proof);
  if (!counted) return counted.error();
  if (!counted->allowed) return locked();
  const auto& stored = counted->stored;
  const bool has_password = stored && stored->hash;
  const bool right =
      crypto::verify_password(place, proof.password, has_password ? *stored->hash : crypto::absent_hash());
  if (!right || !has_password) return refused();
  Proven proven{stored->person_id, *stored->hash, std::nullopt};
  if (crypto::needs_rehash(proven.hash)) {
    Result<std::string> again = crypto::hash_password(proof.password, hub.random());
    if (again) proven.new_hash = std::move(*again);  // else at the next sign-in
  }
  return proven;
}

Result<void> accept_proof(Work& work, const PasswordProof& proof, const Proven& proven) {
  const auto stored = store::find_password(work.db(), proven.person_id);
  if (!stored || !stored->hash || !crypto::equal_constant_time(*stored->hash, proven.hash)) return refused();
  if (proven.new_hash) store::replace_password_hash(work.db(), proven.person_id, *proven.new_hash);
  if (!proof.counted) return {};
  if (Result<void> forgiven = forgive_failures(work, proof.email_key); !forgiven) return forgiven;
  const Result<Keys*> keys = work.keys();
  if (!keys) return keys.error();
  // What this one counted for, and nothing else: success does not clear an address (claim AC-02).
  if (!proof.address.empty()) {
    store::take_back_attempt(work.db(), address_kind, key_of(**keys, address_kind, address_group(proof.address)));
  }
  return {};
}

Result<void> forgive_failures(Work& work, std::string_view email_key) {
  const Result<Keys*> keys = work.keys();
  if (!keys) return keys.error();
  store::forget_attempts(work.db(), account_kind, key_of(**keys, account_kind, email_key));
  return {};
}

}  // namespace hub::core
