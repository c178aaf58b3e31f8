#pragma once
#include <optional>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/work.h"
#include "hub/domain/admin_token.h"
#include "hub/domain/app.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/domain/nexus_token.h"
#include "hub/domain/token.h"

// Texts that somebody presents, and the rows they belong to. Kinds are told apart by form and by the label of their
// hash, so that none passes for another (claim TK-04).
namespace hub::core {

// The row of an access token of the hub whose signature is good; none for any other text, and for a revoked one, which
// is not worth a look at its signature unless asked for. May have expired.
enum class Revoked { passed_over, found };
std::optional<Token> find_access_token(View& view, const Secret& text, Revoked revoked = Revoked::passed_over);
// The row of a refresh token, if the whole text is right. Unknown ids do the same work as known ones. May be used or
// expired, not ended.
Result<std::optional<Token>> find_refresh_token(View& view, const Secret& text);
// May be revoked, as may the next.
Result<std::optional<NexusToken>> find_nexus_token(View& view, const Secret& text);
Result<std::optional<AdminToken>> find_admin_token(View& view, const Secret& text);

bool is_admin_token(const Secret& text);
// Has the form of an access token of the hub, which no other text here has.
bool is_jwt(const Secret& text);
Result<Bytes> hash_nexus_token(View& view, const Secret& text);
Result<Bytes> hash_admin_token(View& view, const Secret& text);
Secret make_admin_token(Random& random);

// What is behind a token of the hub at this moment, whatever its own times say.
struct Behind {
  std::optional<App> app;                // none: a private token
  std::optional<Credential> credential;  // that made it; none: a private token
  std::vector<ScopeName> scopes;         // of the token, as far as still desired and granted
};
// None when its grant is gone: credential revoked, app disabled or closed to the bearer, connection ended, membership
// of the acting person gone, subject of a private token gone. `known` is the app, where the caller has it already.
std::optional<Behind> behind(View& view, const Token& token, const App* known = nullptr);

// The same for a token of the Nexus dialect (nexus211.md sections 3.1 and 6).
struct NexusBehind {
  App app;
  Membership membership;
  std::optional<Credential> credential;  // of a service account's token: the key that made it
  std::vector<ScopeName> scopes;
};
std::optional<NexusBehind> behind(View& view, const NexusToken& token);

// What was granted in a connection and is still desired; of the app itself all it desires (nexus211.md section 3.1).
std::vector<ScopeName> scopes_of_credential(View& view, const App& app, const Credential& credential);

}  // namespace hub::core
