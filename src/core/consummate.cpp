#include "consummate.h"

#include <algorithm>

#include "consented.h"
#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"
#include "scope_list.h"

namespace hub::core {
namespace {

// What a rule says no to is a bad code; broken machinery stays what it is.
Error as_refusal(const Error& error) {
  if (error.code.failure == Failure::internal || error.code.failure == Failure::unavailable) return error;
  return refused_grant(std::string(error.code.name));
}

// May the one who consented still grant for the organization? An operator may.
bool may_still_grant(View& view, const AuthorizationCode& code) {
  if (!code.granted_by) return true;
  const auto membership = store::find_membership_of(view.db(), *code.organization_id, *code.granted_by);
  return membership && membership->joined_at && membership->roles.at_least_admin();
}

Result<Connection> grant_of_organization(Work& work, const App& app, const AuthorizationCode& code,
                                         const Consented& consented) {
  const auto there = store::find_active_connection(work.db(), app.id, *code.organization_id);
  if (!may_still_grant(work, code)) {
    // A plain member acts with what the organization has granted; nobody else goes on without the right to.
    if (!code.person_id || !there) return refused_grant("no admin any more");
    return *there;
  }
  const Subject subject{store::find_organization(work.db(), *code.organization_id), std::nullopt};
  if (!subject.organization) return refused_grant("organization is gone");
  std::optional<MembershipId> by;
  if (code.granted_by) by = store::find_membership_of(work.db(), *code.organization_id, *code.granted_by)->id;
  return grant_more(work, app, subject, consented.organization, by);
}

Result<Connection> grant_of_person(Work& work, const App& app, const AuthorizationCode& code,
                                   const Consented& consented) {
  const PersonId& id = *code.person_id;
  const Subject subject{std::nullopt, store::find_person(work.db(), id)};
  if (!subject.person || !admits_person(work, app, id)) return refused_grant("person");
  return grant_more(work, app, subject, consented.persons);
}

}  // namespace

Error refused_grant(std::string cause) {
  return {codes::invalid_grant, "The code is unknown, used, expired, or not for this client.", "sign in again", "",
          std::move(cause)};
}

Result<Grant> consummate(Work& work, const App& app, const AuthorizationCode& code) {
  Result<Consented> consented = consented_scopes(work, app, code);
  if (!consented) return as_refusal(consented.error());
  std::vector<ScopeName> granted;
  if (code.organization_id) {
    const Result<Connection> organization = grant_of_organization(work, app, code, *consented);
    if (!organization) return as_refusal(organization.error());
    granted = in_both(consented->organization, organization->granted_scopes);
  }
  if (code.person_id) {
    const Result<Connection> person = grant_of_person(work, app, code, *consented);
    if (!person) return as_refusal(person.error());
    for (const ScopeName& scope : in_both(consented->persons, person->granted_scopes)) granted.push_back(scope);
  }
  // What a plain member wanted and the organization has not granted falls away without error (zaikio-hub.md 3.1).
  std::erase_if(consented->scopes, [&](const ScopeName& scope) { return !covers(granted, canonical(scope)); });
  Result<Grant> grant = authorize(work, {.credential_id = code.credential_id,
                                         .organization_id = code.organization_id,
                                         .person_id = code.person_id,
                                         .scopes = consented->scopes});
  if (!grant) return as_refusal(grant.error());
  grant->token.openid = code.openid;
  grant->token.authenticated_at = code.authenticated_at;
  grant->signed_in = code.person_id ? code.person_id : code.granted_by;
  grant->nonce = code.nonce;
  return grant;
}

}  // namespace hub::core
