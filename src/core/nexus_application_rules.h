#pragma once
#include "hub/core/nexus_application.h"

// What the two files about applications share.
namespace hub::core {

ApplicationAnswer application_answer(View& view, const App& app);
// Inside the actor's organization, by UUID, HashID or client id.
Result<App> find_application(View& view, const NexusActor& actor, const std::string& reference);

}  // namespace hub::core
