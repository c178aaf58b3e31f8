#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/core/key.h"
#include "hub/store/signing_key.h"

namespace hub::core {
namespace {

Result<std::string> private_pem(View& view, const std::string& kid) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  const auto sealed = store::find_private_sealed(view.db(), kid);
  if (!sealed || sealed->empty()) return Error{codes::wrong_state, "The private half of " + kid + " is forgotten."};
  const auto key = (*keys)->keyring.find(kid, *sealed);
  if (!key) return key.error();
  return (*key)->to_pem().reveal();
}

}  // namespace

Result<Secret> export_keys(View& view, const ExportKeys& request) {
  if (request.private_keys && !request.pem) {
    return Error{codes::invalid_request, "Private keys are exported as PEM only.", "--format pem", "format"};
  }
  const Result<crypto::KeySet> published = published_keys(view);
  if (!published) return published.error();
  crypto::KeySet chosen;
  for (const std::string& reference : request.kids) {
    const Result<KeyInfo> key = show_key(view, {reference});
    if (!key) return key.error();
    const crypto::VerifyingKey* const found = published->find(key->kid);
    if (found == nullptr) return Error{codes::not_found, "The key " + key->kid + " is not published any more."};
    chosen.add(*found);
  }
  const crypto::KeySet& keys = request.kids.empty() ? *published : chosen;
  if (!request.pem) return Secret(to_line(keys.jwks()) + "\n");
  std::string text;
  for (const crypto::VerifyingKey& key : keys.keys()) {
    if (!request.private_keys) {
      text += key.pem();
      continue;
    }
    const Result<std::string> pem = private_pem(view, key.kid());
    if (!pem) return pem.error();
    text += *pem;
  }
  return Secret(std::move(text));
}

Result<Thumbprint> thumbprint_of(std::string_view jwk) {
  Result<Json> json = parse_json(jwk);
  if (!json) return json.error();
  if (json->is_object() && json->contains("keys") && (*json)["keys"].is_array() && (*json)["keys"].size() == 1) {
    const Json only = (*json)["keys"][0];
    *json = only;
  }
  if (!json->is_object()) return Error{codes::invalid_request, "This is no JWK.", "give one public key as JSON"};
  json->erase("kid");  // so that it is computed
  const Result<crypto::VerifyingKey> key = crypto::VerifyingKey::from_jwk(*json);
  if (!key) return key.error();
  return Thumbprint{key->kid(), std::string(crypto::name(key->algorithm()))};
}

}  // namespace hub::core
