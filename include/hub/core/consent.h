#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/core/login_request.h"
#include "hub/core/session.h"
#include "hub/domain/membership.h"
#include "hub/domain/organization.h"

// Consent: what a signed-in person is asked, what they may answer, and what comes of it (zaikio-hub.md sections 2.2,
// 2.3 and 3.1, nexus211.md sections 4.1 and 8, security.md WB-07).
namespace hub::core {

// An organization the person can choose; in the Nexus dialect their profile there.
struct Candidate {
  Organization organization;
  Membership membership;
  bool installed = false;   // has a connection to the app
  bool may_grant = false;   // admin or owner
  bool selectable = false;  // may go on with it
};
// One scope in words.
struct ScopeInWords {
  std::string scope, title, provider;  // provider: title of the app that offers it; "" for those of OpenID Connect
  std::optional<std::string> description;
  bool is_new = false;  // not granted before
};
// Everything a page shows and a decision depends on, for the organization chosen (none chosen: the choice comes first).
struct ConsentAsk {
  LoginRequest request;
  App app;
  std::string owner;  // name of the organization that owns the app
  std::string redirect_host;
  bool wants_organization = false, on_behalf = false;
  bool is_fixed = false;  // the app named the organization: nothing to choose
  std::vector<Candidate> candidates;
  std::optional<Candidate> chosen;
  std::vector<ScopeInWords> scopes;
  bool needs_answer = true;  // false: all of it was granted before, and nothing is left to choose
  // Profiles need an address that was verified (nexus211.md section 1.3), hub and standard apps get it if they ask for
  // it (`prompt_email_confirmation`); until then nothing can be allowed.
  bool needs_verified_email = false;
  bool may_create_organization = false;
  bool may_ask_admins = false;      // chosen, but the person cannot grant: they can ask those who can
  std::vector<std::string> admins;  // names of who can
};
// What the app hears of instead: scope errors, access_denied.
using ConsentAsked = std::variant<ConsentAsk, Answer>;
// Errors stay here: those of find_asked_client and broken machinery. `chosen` that is no candidate counts as none.
Result<ConsentAsked> ask_consent(View& view, const LoginRequest& request, const SignedIn& who,
                                 const std::optional<OrganizationId>& chosen);

struct Decide {
  Secret handle, browser;
  bool allow = false;
  bool silent = false;                         // nobody was asked: consent_required if somebody has to be
  std::optional<OrganizationId> organization;  // the choice
};
// Uses up the request, once (G-01), and makes the code, or access_denied. The connection itself comes into being when
// the code is redeemed. For a device the decision is kept with it. Everything is asked again in the same write: errors
// that stay here, and leave the request open, are invalid_request without a choice, role_required when the person may
// not grant, login_required when the password is to be given again, wrong_state while the address is not verified.
struct Decision {
  std::optional<Answer> answer;  // none: a device, which learns of it by polling
  bool allowed = false;
};
Result<Decision> decide(Hub& hub, const Call& call, const SignedIn& who, const Decide& request);

// What a person can do on the way instead of deciding. Both leave a row in the audit trail, and the request open.
struct MakeOrganization {
  std::string name;
  std::optional<std::string> country_code;
  std::vector<std::string> kinds;
};
// The person becomes its owner and admin. invalid_request for the fields; access_denied where `ask` does not offer it.
Result<OrganizationId> make_organization(Work& work, const ConsentAsk& ask, const MakeOrganization& request);
// Asks the admins of the chosen organization for what only they can grant. False: they were asked before.
Result<bool> ask_admins(Work& work, const ConsentAsk& ask);

}  // namespace hub::core
