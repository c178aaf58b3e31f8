#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/hub_app.h"
#include "hub/core/hub_organization.h"
#include "hub/core/person.h"

// What a person's bearer sees and changes in the hub dialect: themselves, and the organizations they belong to
// (zaikio-hub.md section 5.6). A token on behalf of an organization is good for it too: the person is who acts.
namespace hub::core {

// In which the timestamps of answers to this caller are written; "" is UTC (zaikio-hub.md section 0.2 rule 10).
std::string time_zone_of(View& view, const Caller& caller);

struct OwnMembership {
  Membership membership;
  HubOrganization organization;
};
struct OwnHubPerson {
  HubPerson person;
  std::vector<OwnMembership> memberships;
  std::vector<HubApp> apps;  // those they can open, by name; of each only what is shown in lists
};
Result<OwnHubPerson> own_hub_person(View& view, const Caller& caller);
// Where they joined and are at least a member, oldest first.
std::vector<OwnMembership> own_memberships(View& view, const Caller& caller);
// `request.person` is filled in here.
Result<OwnHubPerson> update_own_hub_person(Work& work, const Caller& caller, UpdatePerson request);

struct FoundOrganization {
  std::string name;
  std::optional<std::string> country_code;
  std::vector<std::string> kinds;
};
// The person becomes owner and admin. The app of the token, where it may be used there, is connected at once with all
// the scopes it desires of organizations.
Result<HubOrganization> found_organization(Work& work, const Caller& caller, const FoundOrganization& request);

// The caller as one who asks about this organization, by id: not_found unless they are a member, role_required unless
// an admin where that is asked.
Result<Caller> for_own_organization(View& view, const Caller& caller, const std::string& organization, bool as_admin);

// Memberships nobody joined with yet. All three of an organization that for_own_organization() gave.
Result<void> list_hub_invitations(View& view, const Caller& caller, const std::function<bool(const Membership&)>& each);
struct InviteToOrganization {
  std::string email;
  std::vector<std::string> roles;  // none: member
  std::optional<std::string> first_name, last_name;
};
// invalid_request with the field of the contract, also when the address is invited or in already.
Result<Membership> create_hub_invitation(Work& work, const Caller& caller, const InviteToOrganization& request);
Result<void> delete_hub_invitation(Work& work, const Caller& caller, const std::string& invitation);

}  // namespace hub::core
