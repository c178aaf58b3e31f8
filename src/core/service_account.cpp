#include "hub/core/service_account.h"

#include "hub/base/codes.h"
#include "hub/crypto/random.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/nexus_token.h"
#include "presented_token.h"

namespace hub::core {
namespace {

// By id: a service account has no name that is unique in the hub.
std::optional<Membership> find_service_account(View& view, const Tenant& tenant, const std::string& reference) {
  for (const MembershipId& id : store::memberships_named(view.db(), tenant, reference)) {
    auto found = store::find_membership(view.db(), id);
    if (found && found->kind == MembershipKind::service && found->joined_at) return found;
  }
  return std::nullopt;
}

}  // namespace

Result<Secret> service_account_token(Hub& hub, const Call& call, const Client& client, const std::string& profile) {
  Call as_client = call;
  as_client.principal = Principal::app(client.app.id, client.credential.organization_id);
  return hub.write(as_client, [&](Work& work) -> Result<Secret> {
    // The secret may have been replaced since the client was authenticated.
    const auto key = store::find_credential(work.db(), client.credential.id);
    // What the secret before the last rotation made would outlive it (nexus211.md section 6).
    if (client.previous || !key || key->revoked_at || key->rotated_at != client.credential.rotated_at) {
      return Error{codes::invalid_client, "The secret has been replaced."};
    }
    const auto account = find_service_account(work, work.tenant(), profile);
    if (!account) return Error{codes::not_found, "There is no such service account."};
    Secret text = crypto::make_secret(work.random());
    const Result<Bytes> hash = hash_nexus_token(work, text);
    if (!hash) return hash.error();
    store::insert_nexus_token(work.db(),
                              {.id = NexusTokenId::make(work.now(), work.random()),
                               .app_id = client.app.id,
                               .membership_id = account->id,
                               .organization_id = account->organization_id,
                               .scopes = {},
                               .credential_id = key->id,
                               .code_id = {},
                               .created_at = work.now()},
                              *hash);
    return text;
  });
}

}  // namespace hub::core
