#pragma once
#include <optional>
#include <string>

#include "hub/core/answer.h"
#include "hub/core/nexus_actor.h"

// The organization a caller acts in, which is the only one it sees (nexus211.md section 4.6).
namespace hub::core {

// not_found for every other id; role_required for contacts.
Result<Organization> show_own_organization(View& view, const Caller& caller, const std::optional<std::string>& id);

struct CreateOwnOrganization {
  std::string name;
  std::optional<ObjectText> metadata;
};
// By a profile with a user, who becomes owner and admin; principal_not_allowed for all others.
Result<Organization> create_own_organization(Work& work, const Caller& caller, const CreateOwnOrganization& request);

struct UpdateOwnOrganization {
  std::string organization;
  std::optional<std::string> name;
  std::optional<ObjectText> metadata;
};
// By an admin, or by an application.
Result<Organization> update_own_organization(Work& work, const Caller& caller, const UpdateOwnOrganization& request);
Result<void> delete_own_organization(Work& work, const Caller& caller, const std::string& organization);  // an owner

}  // namespace hub::core
