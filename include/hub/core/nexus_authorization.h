#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/nexus_actor.h"
#include "hub/store/list_filter.h"

// Third-party authorizations from both sides: what the caller's organization granted (nexus211.md section 4.9), and the
// keys that an app was given (section 4.5).
namespace hub::core {

using store::AuthorizationColumn;
using store::KeyColumn;
using store::Page;
using store::Sought;
using AuthorizationRequest = store::ListRequest<AuthorizationColumn>;
using KeyRequest = store::ListRequest<KeyColumn>;

struct AuthorizedApplication {
  Connection connection;
  std::optional<std::string> client_id, name;  // none: the app is gone
  std::vector<ScopeName> pending_scopes;
  std::optional<Instant> last_used_at;
  std::optional<std::string> granted_by;  // HashID of the profile
};
using EachAuthorizedApplication = std::function<bool(const AuthorizedApplication&)>;

// All need an admin of the organization; an application is principal_not_allowed. The value: with a page, how many
// there are in all.
Result<std::int64_t> list_authorized_applications(View& view, const Caller& caller, AuthorizationRequest request,
                                                  bool with_ended, const EachAuthorizedApplication& each);
// By client id. unknown_application, own_application, already_authorized.
Result<AuthorizedApplication> authorize_application(Work& work, const Caller& caller, const std::string& application);
// By the id of an active authorization; not_found for an ended one.
Result<AuthorizedApplication> approve_application(Work& work, const Caller& caller, const std::string& authorization);
// The old secret works for the overlap longer; none: it stops at once. The same for the keys below.
Result<void> rotate_authorized_key(Work& work, const Caller& caller, const std::string& authorization,
                                   const std::optional<Seconds>& overlap);
Result<void> end_authorization(Work& work, const Caller& caller, const std::string& authorization);

// A key of the calling app, without its secret.
struct ThirdPartyKey {
  Credential key;
  Organization organization;  // that gave it
};
using EachKey = std::function<bool(const ThirdPartyKey&)>;

// With the own secret every active key, with a third party's that very one; principal_not_allowed for bearers. A page,
// or all that may be sought. The value: with a page, how many there are in all.
Result<std::int64_t> list_keys_of_app(View& view, const Caller& caller, KeyRequest request, const EachKey& each);
Result<Secret> key_secret(View& view, const ThirdPartyKey& key);
// With the own secret only.
struct RotatedKey {
  ThirdPartyKey key;
  Secret client_secret;
};
Result<RotatedKey> rotate_key_of_app(Work& work, const Caller& caller, const std::string& key,
                                     const std::optional<Seconds>& overlap);

}  // namespace hub::core
