#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/issue.h"
#include "hub/core/work.h"
#include "hub/domain/authorization_code.h"

// Authorization codes: made when somebody consents, redeemed once by the app (zaikio-hub.md sections 3.1 and 3.2,
// nexus211.md section 4.2; claims CO-01 to CO-08).
namespace hub::core {

// `hubctl code create`: a code by hand, as if the subject had consented to the scopes in a browser.
struct CreateCode {
  std::string app;
  std::optional<std::string> credential;  // default: the app's first
  std::optional<std::string> dialect;     // "standard", "hub" (default), "nexus"
  std::optional<std::string> subject;     // "org:acme", "person:jane@acme.test"; Nexus: none
  std::optional<std::string> acting;      // on behalf
  std::optional<std::string> profile;     // Nexus: the membership that signs in
  std::vector<std::string> scopes;
  std::optional<std::string> redirect_uri;  // default: the app's first
  std::optional<std::string> code_challenge, code_challenge_method;
  std::optional<std::string> nonce;  // comes back in the ID token
};
struct CodeAnswer {
  std::string app, dialect;
  std::optional<std::string> redirect_uri;
  Instant expires_at;
  std::string id;
  std::optional<Secret> code;
};
// Errors: those of the references; invalid_redirect unless registered; invalid_request for a challenge without a known
// method or a missing one where the client is public; the scope errors of the redirect flow; role_required for a person
// who may not grant for the organization.
Result<Changed<CodeAnswer>> create_code(Work& work, const CreateCode& request);

struct RedeemCode {
  Secret code;
  CodeDialect dialect = CodeDialect::hub;  // of the route; codes of other dialects are unknown there, but for those of
                                           // the hub at the standard route
  CredentialId credential_id;              // the authenticated client
  std::optional<std::string> redirect_uri, code_verifier;
};
// The tokens of a code; the connection comes into being here. invalid_grant when it is unknown, expired, used, of
// another client or route, with another redirect_uri or verifier, or what was consented to is no longer allowed;
// invalid_request when a needed verifier is missing. Only a valid redemption uses the code up (claim CO-03); a second
// one ends what came of the first (claim CO-02).
Result<Issued> redeem_code(Hub& hub, const Call& call, const RedeemCode& request);
// The same for a code of the Nexus dialect: an opaque token of the profile.
Result<Secret> redeem_nexus_code(Hub& hub, const Call& call, const RedeemCode& request);

}  // namespace hub::core
