#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/role.h"
#include "hub/domain/scope.h"

namespace hub {

enum class GrantKind { by_hand, client_credentials, authorization_code, device_code, refresh, delegation, private_ };
std::string_view name(GrantKind kind);
std::optional<GrantKind> parse_grant_kind(std::string_view name);

// One issued access token and, where there is one, the single-use refresh token issued with it. The token itself is not
// kept: its id is the `jti`, and the refresh token is found by the same id and compared by its keyed hash.
struct Token {
  TokenId id;
  FamilyId family_id;
  AppId app_id;
  CredentialId credential_id;
  std::optional<ConnectionId> connection_id;
  std::optional<OrganizationId> organization_id;  // the bearer, or the one acted for
  std::optional<PersonId> person_id;              // the bearer, or the one who acts
  std::optional<RoleSet> roles;                   // on behalf only: at issue
  std::vector<ScopeName> scopes;                  // as requested, bearer part removed
  GrantKind grant = GrantKind::by_hand;
  std::string audience;  // "app" or "app/credential"
  std::string kid;
  Instant issued_at, expires_at;
  std::optional<Instant> revoked_at;
  std::optional<Instant> refresh_expires_at;  // none: no refresh token was issued
  std::optional<Instant> refresh_used_at;
  std::optional<TokenId> parent_id;                    // delegation only: the token it was made from
  std::optional<std::vector<ScopeName>> grant_scopes;  // of the refresh token, where the access token has fewer

  std::vector<std::string> openid;          // scopes of OpenID Connect: "openid", "email" (standard route)
  std::optional<Instant> authenticated_at;  // when the person gave their password
  std::optional<std::string> name;          // private access tokens only: for the subject itself, of no app

  bool on_behalf() const { return organization_id && person_id; }
  const std::vector<ScopeName>& granted_scopes() const { return grant_scopes ? *grant_scopes : scopes; }
};

}  // namespace hub
