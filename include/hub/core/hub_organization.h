#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/authenticate.h"
#include "hub/domain/organization.h"
#include "hub/domain/person.h"

// What the hub dialect shows of organizations, people and memberships: always with what they granted to the app that
// asks (zaikio-hub.md sections 5.4 to 5.6).
namespace hub::core {

// What a subject grants to one app: what is in force, and what the app asks for besides.
struct GrantedScopes {
  bool connected = false;
  std::vector<ScopeName> granted, requested;
};
struct HubOrganization {
  Organization organization;
  std::optional<OrganizationId> test_account_owner;
  GrantedScopes scopes;
};
struct HubPerson {
  Person person;
  std::optional<OrganizationId> test_account_owner;
  GrantedScopes scopes;
};
struct HubMembership {
  Membership membership;
  HubPerson person;
};

GrantedScopes granted_scopes(View& view, const App& app, const Connection& connection);
HubOrganization hub_organization(View& view, const std::optional<App>& app, const Organization& organization);
HubMembership hub_membership(View& view, const std::optional<App>& app, const Membership& membership);

// The organization of an organization bearer.
Result<HubOrganization> own_hub_organization(View& view, const Caller& caller);
// People who joined; contacts and service accounts are no members of this dialect (decisions-week-one.md 11).
Result<void> list_hub_memberships(View& view, const Caller& caller,
                                  const std::function<bool(const HubMembership&)>& each);
Result<HubMembership> show_hub_membership(View& view, const Caller& caller, const std::string& membership);

struct UpdateHubMembership {
  std::string membership;
  std::optional<std::vector<std::string>> roles;  // all of them from now on
};
// `owner` is neither given nor taken: invalid_request. On behalf of an organization only its admins change anything.
Result<HubMembership> update_hub_membership(Work& work, const Caller& caller, const UpdateHubMembership& request);
// role_required for the owner's.
Result<void> delete_hub_membership(Work& work, const Caller& caller, const std::string& membership);

}  // namespace hub::core
