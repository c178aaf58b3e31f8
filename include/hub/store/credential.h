#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/base/bytes.h"
#include "hub/domain/credential.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

// The stored forms of a client secret: the keyed hash it is found by, and for third-party keys the sealed text as well.
struct SecretForms {
  Bytes hash;
  std::optional<Bytes> sealed;
};

std::vector<CredentialId> credentials_named(Session& session, const Tenant& tenant,
                                            std::string_view reference);  // UUID, HashID or own client id
// Third-party keys, seen from the app's side: the tenant is who owns the app.
std::vector<CredentialId> keys_named(Session& session, const Tenant& owner, std::string_view reference);
// The key that the organization named by UUID, HashID or slug gave the app.
std::vector<CredentialId> keys_given_by(Session& session, const AppId& app, std::string_view organization);
std::optional<Credential> find_credential(Session& session, const CredentialId& id);
std::optional<Credential> find_own_credential(Session& session,
                                              std::string_view client_id);  // not revoked, no connection
std::optional<Credential> find_credential_by_name(Session& session, const AppId& app, std::string_view name);
std::optional<Credential> find_first_credential(Session& session, const AppId& app);  // own, not revoked, oldest
std::optional<Credential> find_key_of_connection(Session& session, const ConnectionId& connection);
std::optional<Bytes> find_sealed_secret(Session& session, const CredentialId& id);

// Which credential a keyed hash belongs to, as the current secret or as the previous one that still works.
struct SecretMatch {
  CredentialId id;
  bool previous = false;
};
std::optional<SecretMatch> find_secret(Session& session, std::string_view client_id, std::string_view hash,
                                       Instant now);

// The same with the credential, for the token path.
struct UsedSecret {
  Credential credential;
  bool previous = false;
};
std::optional<UsedSecret> find_credential_by_secret(Session& session, std::string_view client_id, std::string_view hash,
                                                    Instant now);

bool insert_credential(WriteSession& session, const Credential& credential,
                       const std::optional<SecretForms>& secret);  // false: name or client id is taken
// The current secret becomes the previous one until `previous_until` (none: dead at once).
void rotate_secret(WriteSession& session, const CredentialId& id, const SecretForms& secret,
                   std::optional<Instant> previous_until, Instant now);
// Notes that the current or the previous secret was used.
void note_secret_use(WriteSession& session, const SecretMatch& used, Instant now);
void revoke_credential(WriteSession& session, const CredentialId& id, Instant now);  // its secrets are forgotten
void each_credential_of_app(Session& session, const AppId& app,
                            const std::function<bool(const Credential&)>& visit);  // own ones and keys
void each_credential(Session& session, const Tenant& tenant, const std::function<bool(const Credential&)>& visit);

}  // namespace hub::store
