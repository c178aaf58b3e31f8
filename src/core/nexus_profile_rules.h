#pragma once
#include "hub/core/nexus_profile.h"

// What the two files about profiles share.
namespace hub::core {

ProfileAnswer profile_answer(View& view, const Membership& membership);
// Inside the actor's organization, by UUID or HashID.
Result<Membership> find_profile(View& view, const NexusActor& actor, const std::string& reference);

}  // namespace hub::core
