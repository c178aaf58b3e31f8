#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"

// Third-party authorizations: the connections of foreign organizations, seen by the organization that grants; and the
// keys they carry, seen by the app (nexus211.md sections 4.5 and 4.9).
namespace hub::core {

struct AuthorizationAnswer {
  std::string app, by;
  std::vector<std::string> scopes, pending_scopes;
  std::optional<Instant> last_used_at;
  Instant granted_at;
  std::string state;
  std::optional<std::string> granted_by;
  std::string id, hash_id;
  std::optional<Instant> ended_at;
  std::optional<std::string> ended_reason;
  std::int64_t version = 1;
};

struct ListAuthorizations {
  std::optional<std::string> by, app;
  bool ended = false;
};
Result<void> list_authorizations(View& view, const ListAuthorizations& request,
                                 const std::function<bool(const AuthorizationAnswer&)>& each);

struct ShowAuthorization {
  std::string authorization;
};
Result<AuthorizationAnswer> show_authorization(View& view, const ShowAuthorization& request);

struct GrantAuthorization {
  std::string app, by;
  std::optional<std::vector<std::string>> if_scopes;  // `stale` unless exactly these would be granted
};
// Grants every desired scope that applies to organizations. own_application, already_authorized.
Result<Changed<AuthorizationAnswer>> grant_authorization(Work& work, const GrantAuthorization& request);
struct ApproveAuthorization {
  std::string authorization;
  std::optional<std::vector<std::string>> if_scopes;  // `stale` unless exactly these would be added
};
// Grants what the app desires now; nothing is pending afterwards.
Result<Changed<AuthorizationAnswer>> approve_authorization(Work& work, const ApproveAuthorization& request);

struct RotateAuthorization {
  std::string authorization;
  std::optional<Seconds> overlap;  // how long the old secret goes on working; none: not at all
};
Result<Changed<AuthorizationAnswer>> rotate_authorization(Work& work, const RotateAuthorization& request);
Result<Changed<AuthorizationAnswer>> revoke_authorization(Work& work, const ShowAuthorization& request);

struct KeyAnswer {
  std::string app, organization;
  Instant created_at;
  std::optional<Instant> rotated_at, last_used_at;
  std::string id, hash_id, client_id;
  std::optional<Secret> client_secret;
  std::optional<Instant> previous_until, previous_last_used_at;
};
struct ListAuthorizationKeys {
  std::string app;
  std::optional<std::string> by;
  bool show_secrets = false;
};
Result<void> list_authorization_keys(View& view, const ListAuthorizationKeys& request,
                                     const std::function<bool(const KeyAnswer&)>& each);

struct RotateAuthorizationKey {
  std::string key;
  std::optional<Seconds> overlap;
};
Result<Changed<KeyAnswer>> rotate_authorization_key(Work& work, const RotateAuthorizationKey& request);

// The key of a new connection: a secret of its own under the app's client id (nexus211.md "Key").
Result<void> make_key(Work& work, const App& app, const Connection& connection);

}  // namespace hub::core
