#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"

namespace hub {

// Who acts. An operator can open the store and its master key, and is asked for no role; a person acts with the roles
// of their memberships (decisions-week-one.md 7 and 8); an app acts in one organization and sees no other; a profile
// acts in its organization with the roles of that membership (nexus211.md section 2.2).
struct Principal {
  std::string actor;                              // for the audit trail: "local:root", "person:<uuid>", "app:<uuid>"
  std::optional<PersonId> person_id;              // a person
  std::optional<OrganizationId> organization_id;  // the only one it sees: an app, a profile, a person on behalf
  std::optional<MembershipId> membership_id;      // a profile

  static Principal local_operator(const std::string& os_user) { return {"local:" + os_user, {}, {}, {}}; }
  static Principal admin_token(const std::string& name) { return {"admin:" + name, {}, {}, {}}; }
  static Principal person(const PersonId& id) { return {"person:" + id.text(), id, {}, {}}; }
  static Principal on_behalf(const PersonId& id, const OrganizationId& organization) {
    return {"person:" + id.text(), id, organization, {}};
  }
  static Principal profile(const MembershipId& id, const std::optional<PersonId>& person,
                           const OrganizationId& organization) {
    return {person ? "person:" + person->text() : "membership:" + id.text(), person, organization, id};
  }
  static Principal app(const AppId& id, const OrganizationId& organization) {
    return {"app:" + id.text(), {}, organization, {}};
  }
  // Nobody yet: a client or token that is still to be looked at. Sees nothing that belongs to a tenant.
  static Principal unknown() { return {"unknown", {}, OrganizationId(), {}}; }
  bool is(const std::optional<PersonId>& person) const { return person && person_id == person; }
  bool is_operator() const { return !person_id && !organization_id; }
};

}  // namespace hub
