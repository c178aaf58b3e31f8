#pragma once
#include <functional>
#include <map>
#include <string>

#include "lifecycle_hub.h"

// The ways in which the events of the lifecycle table are made to happen.
namespace hub::testing {

enum class Event {
  scope_removed,        // tool gives up organization.r
  scope_added,          // tool desires profile.r besides
  scope_desired_again,  // tool desires organization.r again
  scopes_approved,      // county approves what is pending
  sign_in_set_up,       // for everybody
  audience_own,
  audience_list,  // with borough
  sign_in_removed,
  own_secret_rotated,
  key_rotated_by_application,   // that of county
  key_rotated_by_organization,  // by county
  authorization_granted,        // by valley
  authorization_revoked,        // by county
  granted_again,                // by county
  granting_admin_leaves,        // county
  granting_admin_demoted,       // to member
  profile_deleted,              // that of the user of county
  role_changed,                 // that of the user of county, to contact
  application_deleted,
  granting_organization_deleted,  // county
  owning_organization_deleted,    // acme
  consent_revoked                 // by the user of county
};

// How long a replaced secret goes on working in these tests, where it is to.
constexpr Seconds some_overlap = hour;

// Makes the event happen and fails the test if that is refused. A new secret of tool goes to `hub.new_secret`.
// `overlap` is for rotations: none, or how long the old secret goes on working.
using Trigger = std::function<void(LifecycleHub& hub, Seconds overlap)>;
using Door = std::map<Event, Trigger>;

Door operation_door();  // what the command line runs
Door api_door();        // the Nexus API
Door page_door();       // forms of the pages, in a browser

struct NamedDoor {
  std::string name;
  Door door;
};
inline std::vector<NamedDoor> doors() {
  return {{"operation", operation_door()}, {"api", api_door()}, {"page", page_door()}};
}

}  // namespace hub::testing
