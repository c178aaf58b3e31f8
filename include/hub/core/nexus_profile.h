#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/nexus_actor.h"
#include "hub/domain/person.h"
#include "hub/store/list_filter.h"

// Profiles: the memberships of the organization a caller acts in, as the Nexus surface knows them (nexus211.md sections
// 1.3 and 4.7).
namespace hub::core {

using store::Page;
using store::ProfileColumn;
using store::Sought;
using ProfileRequest = store::ListRequest<ProfileColumn>;

struct ProfileAnswer {
  Membership profile;
  std::optional<Person> user;  // none while an invitation is open (claim AC-01)

  // Of a contact the user's own names are not the organization's to know: it chose the address, not the person.
  bool shows_names() const { return user && profile.roles.at_least_member(); }
  std::vector<std::string> roles() const;  // of contact, member, admin, owner
  std::optional<std::string> email() const;
  std::optional<std::string> first_name() const, last_name() const;
};
using EachProfile = std::function<bool(const ProfileAnswer&)>;

// The profiles of a page, or all that may be sought; a contact sees only itself. The value: with a page, how many there
// are in all.
Result<std::int64_t> list_profiles(View& view, const Caller& caller, ProfileRequest request, const EachProfile& each);
Result<ProfileAnswer> show_profile(View& view, const Caller& caller, const std::string& profile);
Result<ProfileAnswer> own_profile(View& view, const Caller& caller);

struct CreateProfile {
  std::optional<std::string> email, first_name, last_name;
  std::optional<ObjectText> metadata;
  bool service_account = false;
  std::optional<std::vector<std::string>> roles;
};
// A contact, linked at once to the user who has verified the address; or a service account, by an admin. email_taken.
Result<ProfileAnswer> create_profile(Work& work, const Caller& caller, const CreateProfile& request);

struct UpdateProfile {
  std::string profile;
  Patch<std::string> first_name, last_name;
  Patch<std::string> email;  // of profiles without a user; of others it stays
  std::optional<ObjectText> metadata;
  std::optional<std::vector<std::string>> roles;  // all of them from now on
};
Result<ProfileAnswer> update_profile(Work& work, const Caller& caller, const UpdateProfile& request);
// last_owner for the last one.
Result<void> delete_profile(Work& work, const Caller& caller, const std::string& profile);

}  // namespace hub::core
