#include "client_secret.h"
#include "hub/base/codes.h"
#include "hub/core/authorization.h"
#include "hub/core/nexus_authorization.h"
#include "hub/store/organization.h"
#include "nexus_rules.h"

// The keys of third-party authorizations, seen by the app that they are for (nexus211.md section 4.5).
namespace hub::core {
namespace {

Result<void> check_client(const Caller& caller) {
  if (caller.kind == Caller::Kind::client) return {};
  return Error{codes::principal_not_allowed, "Only an application with its secret sees its keys."};
}

// False when the organization is gone, and with it the use of the key.
bool visit(View& view, const Credential& key, const EachKey& each) {
  const auto organization = store::find_organization(view.db(), key.organization_id);
  return !organization || each({key, *organization});
}

}  // namespace

Result<std::int64_t> list_keys_of_app(View& view, const Caller& caller, KeyRequest request, const EachKey& each) {
  if (Result<void> may = check_client(caller); !may) return may.error();
  if (caller.third_party()) {
    const auto key = store::find_credential(view.db(), caller.credential->id);
    if (!key || key->revoked_at) return Error{codes::invalid_client, "The key has ended."};
    request.sought = {};
    request.filter.require(KeyColumn::id, store::Comparison::equal, {key->id.hash_id()});
  }
  const auto show = [&](const CredentialId& id) { return visit(view, *store::find_credential(view.db(), id), each); };
  const Sought& sought = request.sought;
  if (!request.page && (sought.id || sought.organization)) {
    std::vector<CredentialId> found;
    if (sought.organization) {
      found = store::keys_given_by(view.db(), caller.app->id, *sought.organization);
    } else if (const auto id = store::key_of_app(view.db(), caller.app->id, *sought.id)) {
      found.push_back(*id);
    }
    for (const CredentialId& id : found) {
      if (!show(id)) break;
    }
    return std::int64_t{0};
  }
  return store::each_key(view.db(), caller.app->id, request.filter, request.page, show);
}

Result<Secret> key_secret(View& view, const ThirdPartyKey& key) { return open_readable_secret(view, key.key); }

Result<RotatedKey> rotate_key_of_app(Work& work, const Caller& caller, const std::string& key,
                                     const std::optional<Seconds>& overlap) {
  if (Result<void> may = check_client(caller); !may) return may.error();
  if (caller.third_party()) {
    return Error{codes::principal_not_allowed, "A key is rotated with the application's own secret."};
  }
  const auto id = store::key_of_app(work.db(), caller.app->id, key);
  if (!id) return Error{codes::not_found, "There is no such key."};
  AllowedWork allowed(work);
  const auto rotated = rotate_authorization_key(allowed, {.key = id->text(), .overlap = overlap});
  if (!rotated) return rotated.error();
  const Credential after = *store::find_credential(work.db(), *id);
  const auto organization = store::find_organization(work.db(), after.organization_id);
  if (!organization) return Error{codes::not_found, "There is no such key."};
  work.concerns(after.organization_id);
  work.audit("authorization keys rotate", "key:" + id->text(), "ok", "{}");
  return RotatedKey{{after, *organization}, *rotated->object->client_secret};
}

}  // namespace hub::core
