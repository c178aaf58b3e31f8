#pragma once
#include <optional>

#include "hub/core/authenticate.h"
#include "hub/core/reference.h"

// Who asks on the Nexus surface: an application or a profile, always inside exactly one organization (nexus211.md
// sections 2, 3 and 9.2).
namespace hub::core {

struct NexusActor {
  OrganizationId organization_id;
  std::optional<App> app;             // through which they ask
  std::optional<Membership> profile;  // none: the application itself
  bool own_key = false;               // an application in the organization that owns it

  bool has(Need need) const;  // a profile's role; an application has none of them
  // Contacts are profiles whose roles are exactly that (section 4.7).
  bool is_contact() const { return profile && !profile->roles.at_least_member(); }
};

// As it is in this transaction. invalid_token for a profile that is gone or has not joined; principal_not_allowed for a
// token of a person who has no profile to act with, or more than one.
Result<NexusActor> nexus_actor(View& view, const Caller& caller);

}  // namespace hub::core
