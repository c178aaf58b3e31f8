#include "client_secret.h"

#include "hub/base/codes.h"
#include "hub/core/hub.h"
#include "hub/crypto/random.h"

namespace hub::core {
namespace {

constexpr std::string_view label = "client_secret";

std::string bound_to(const Credential& key) {
  return "credential " + key.id.text() + " " + key.app_id.text() + " " + key.organization_id.text();
}

}  // namespace

Result<Bytes> hash_client_secret(View& view, const Secret& secret) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash(label, secret.reveal());
}

Result<NewSecret> make_own_secret(Work& work) {
  Secret text = crypto::make_secret(work.random());
  const Result<Bytes> hash = hash_client_secret(work, text);
  if (!hash) return hash.error();
  return NewSecret{std::move(text), {*hash, std::nullopt}};
}

Result<NewSecret> make_readable_secret(Work& work, const Credential& key) {
  Result<NewSecret> secret = make_own_secret(work);
  if (!secret) return secret;
  secret->forms.sealed = (*work.keys())->store_keys.sealer().seal(secret->text, bound_to(key), work.random());
  return secret;
}

Result<Secret> open_readable_secret(View& view, const Credential& key) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  const auto sealed = store::find_sealed_secret(view.db(), key.id);
  if (!sealed) return Error{codes::store_damaged, "The key " + key.id.text() + " has no secret."};
  return (*keys)->store_keys.sealer().open(*sealed, bound_to(key));
}

}  // namespace hub::core
