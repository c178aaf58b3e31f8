#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/scope.h"

namespace hub {

enum class CodeDialect { hub, standard, nexus };
std::string_view name(CodeDialect dialect);
std::optional<CodeDialect> parse_code_dialect(std::string_view name);

// What was consented to, waiting to be redeemed (nexus211.md section 9.1 AuthCode; claim CO-01). The text is kept as a
// keyed hash only.
struct AuthorizationCode {
  CodeId id;
  CodeDialect dialect = CodeDialect::hub;
  AppId app_id;
  CredentialId credential_id;
  std::optional<OrganizationId> organization_id;  // the bearer, or the one acted for
  std::optional<PersonId> person_id;              // the bearer, or the one who acts
  std::optional<MembershipId> membership_id;      // Nexus: the profile
  std::optional<PersonId> granted_by;             // who consented; none: an operator
  std::vector<ScopeName> scopes;                  // as requested
  std::string redirect_uri;
  std::optional<std::string> challenge, challenge_method;  // "S256" or "plain"
  std::optional<std::string> nonce;
  std::vector<std::string> openid;          // scopes of OpenID Connect: "openid", "email" (standard route)
  std::optional<Instant> authenticated_at;  // when the person gave their password
  Instant created_at, expires_at;
  std::optional<Instant> used_at;
};

}  // namespace hub
