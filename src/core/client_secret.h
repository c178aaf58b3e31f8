#pragma once
#include "hub/base/secret.h"
#include "hub/core/work.h"
#include "hub/domain/credential.h"
#include "hub/store/credential.h"

// Client secrets: 43 base64url characters, found again by their keyed hash (nexus211.md "Key", claim G-05).
namespace hub::core {

struct NewSecret {
  Secret text;
  store::SecretForms forms;
};

Result<NewSecret> make_own_secret(Work& work);  // kept as a hash only
// Kept sealed as well, bound to its row, app and organization, because `GET /keys` must give it again.
Result<NewSecret> make_readable_secret(Work& work, const Credential& key);
Result<Secret> open_readable_secret(View& view, const Credential& key);
Result<Bytes> hash_client_secret(View& view, const Secret& secret);

}  // namespace hub::core
