#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/id.h"
#include "hub/store/session.h"

// What a person agreed to where no connection says so: sign-ins of their profiles in the Nexus dialect, each with its
// organization, and the scopes of OpenID Connect, without one.
namespace hub::store {

struct Consent {
  AppId app_id;
  PersonId person_id;
  std::optional<OrganizationId> organization_id;
  std::vector<std::string> scopes;
  Instant granted_at;
};
std::optional<Consent> find_consent(Session& session, const AppId& app, const PersonId& person,
                                    const std::optional<OrganizationId>& organization);
void put_consent(WriteSession& session, const Consent& consent);  // in place of the one before
void each_consent_of_person(Session& session, const PersonId& person, const std::function<bool(const Consent&)>& visit);

void forget_consents(WriteSession& session, const AppId& app, const PersonId& person);
void forget_consent(WriteSession& session, const PersonId& person, const OrganizationId& organization);  // all apps'
void forget_consents_of_person(WriteSession& session, const PersonId& person);
void forget_consents_of_app(WriteSession& session, const AppId& app);

}  // namespace hub::store
