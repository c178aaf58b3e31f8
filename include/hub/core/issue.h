#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/base/time.h"
#include "hub/core/answer.h"
#include "hub/core/hub.h"
#include "hub/domain/lifetimes.h"
#include "hub/domain/token.h"

// The token path: refuse on a snapshot, decide in one write, sign after the commit.
namespace hub::core {

// A scope that a token does not hold although it was asked for, and the rule that says so (zaikio-hub.md section 2.3).
struct DroppedScope {
  std::string scope, rule;
};

// What may be issued: every fact is read in the transaction that asks, whatever the grant (claim G-04).
struct GrantRequest {
  CredentialId credential_id;
  std::optional<OrganizationId> organization_id;  // the bearer, or the one acted for
  std::optional<PersonId> person_id;              // the bearer, or the one who acts
  std::vector<ScopeName> scopes;                  // spelling of the request kept
};
struct Grant {
  Token token;  // without times, ids and kid
  std::vector<DroppedScope> dropped;
  std::string client_id;              // of the credential
  std::optional<PersonId> signed_in;  // who consented, where the bearer is an organization: an ID token is about them
  std::optional<std::string> nonce;   // of the request an ID token answers
};
// Steps 6 to 10 of zaikio-hub.md section 2.3. Errors: scope_is_not_included_in_desired_scopes, bearer_does_not_exist,
// ungranted_scope; invalid_client when the credential is gone.
Result<Grant> authorize(View& view, const GrantRequest& request);

// What a token says and how its answer looks: the hub contract (zaikio-hub.md sections 3.2 and 4.1), or RFC 9068 with
// scopes separated by spaces for the standard route. Tokens of both are accepted everywhere.
enum class TokenStyle { hub, standard };

// An issued token: the answer of zaikio-hub.md section 3.2, and what fell away.
struct Issued {
  std::optional<Secret> access_token, refresh_token;  // none after a dry run
  std::optional<Secret> id_token;                     // standard style with the scope openid only
  std::string token_type = "bearer";
  std::string scope;  // separated by commas, in the standard style by spaces; may be empty
  std::vector<std::string> audiences;
  std::int64_t expires_in = 0;  // seconds
  ObjectText bearer;
  std::optional<ObjectText> bearer_on_behalf_of;
  std::vector<ObjectText> dropped;
};

struct TokenRequest {
  GrantRequest grant;
  GrantKind kind = GrantKind::client_credentials;
  Seconds lifetime = lifetimes::access_token;
  bool with_refresh_token = false;
  TokenStyle style = TokenStyle::hub;
};
// One durable token for a caller whose client has been authenticated. By hand it needs an admin of the app's owner and
// leaves a row in the audit trail.
Result<Issued> issue(Hub& hub, const Call& call, const TokenRequest& request);

struct IssueToken {
  std::string app;
  std::optional<std::string> credential;
  std::optional<std::string> subject;  // "org:acme", "person:jane@acme.test"; none: the scopes carry it
  std::optional<std::string> acting;   // the person who acts on behalf of the organization
  std::vector<std::string> scopes;
  std::optional<Seconds> lifetime;  // can only shorten
};
// A token made by hand, by an operator or an admin of the app's owner (decisions-week-one.md 25).
Result<Issued> issue_token(Hub& hub, const Call& call, const IssueToken& request);

struct RefreshToken {
  Secret refresh_token;
  // The authenticated client. None: an operator acts for it, and the audit trail notes it; of any other caller it is a
  // public client, and invalid_client for the token of a confidential one.
  std::optional<CredentialId> credential_id;
  TokenStyle style = TokenStyle::hub;
  // Narrows the access token, not the refresh token (RFC 6749 section 6); ungranted_scope unless part of the grant.
  std::optional<std::vector<ScopeName>> scopes = std::nullopt;
};
// A new pair for a single-use refresh token; invalid_grant when it is unknown, used, expired, or the permissions behind
// it changed (zaikio-hub.md section 3.4). A used one presented again is noted in the audit trail, and ends its family
// where decisions.md 6 says so.
Result<Issued> refresh_token(Hub& hub, const Call& call, const RefreshToken& request);

}  // namespace hub::core
