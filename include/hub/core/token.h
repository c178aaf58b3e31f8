#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/time.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"

// Issued tokens, known by their jti (zaikio-hub.md sections 4.1 and 4.3).
namespace hub::core {

struct TokenAnswer {
  std::string jti, app;
  std::optional<std::string> subject;  // the bearer: "org:acme" or "person:jane@acme.test"
  std::optional<std::string> acting;   // the person who acts on behalf of it
  std::vector<std::string> scopes;
  std::optional<std::string> name;  // of a private access token
  Instant expires_at;
  std::string state;  // active, expired, revoked
  std::string audience, credential, grant, kid, family;
  Instant issued_at;
  std::optional<Instant> revoked_at, refresh_expires_at, refresh_used_at;
  std::vector<std::string> roles;  // of the acting person, at issue
};

struct ListTokens {
  std::optional<std::string> app, organization, person, credential;  // at most one
  bool active = false, expired = false, revoked = false;             // none: all
  std::optional<Instant> issued_after;
};
Result<void> list_tokens(View& view, const ListTokens& request, const std::function<bool(const TokenAnswer&)>& each);

struct ShowToken {
  std::string jti;
};
Result<TokenAnswer> show_token(View& view, const ShowToken& request);

struct RevokeTokens {
  std::optional<std::string> jti, app, organization, person, credential;
  bool all = false;
  std::optional<std::string> confirm;  // with all: HUB
};
struct RevokedTokens {
  std::int64_t revoked = 0;  // access tokens that were active until now
  std::optional<std::string> jti;
};
// Ends tokens and the refresh tokens of their grants. What can neither be used nor refreshed any more changes nothing
// and is no error. All tokens of an app, organization or credential: role_required unless an admin there.
Result<Changed<RevokedTokens>> revoke_tokens(Work& work, const RevokeTokens& request);

struct ListRevokedTokens {
  std::optional<Instant> since;
};
struct RevokedToken {
  std::string jti, app;
  Instant revoked_at, expires_at;
};
// The revocation list as the hub publishes it: revoked and not yet expired.
Result<void> list_revoked_tokens(View& view, const ListRevokedTokens& request,
                                 const std::function<bool(const RevokedToken&)>& each);
// The jti of all of them, which is public: whoever checks tokens has to know (zaikio-hub.md section 4.3).
void each_published_revocation(View& view, const std::function<bool(const std::string& jti)>& each);

}  // namespace hub::core
