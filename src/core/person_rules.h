#pragma once
#include <optional>

#include "hub/core/work.h"
#include "hub/domain/person.h"

// What happens to a person, by whatever door.
namespace hub::core {

// The address is the person's from now on, with the memberships that wait for it. As they are then.
Person mark_verified(Work& work, Person person);
// Whoever knew the old password is out: tokens, codes, sessions but `kept`, and links to choose another (claim AC-04).
void password_replaced(Work& work, const PersonId& person, const std::optional<SessionId>& kept = std::nullopt);
// What a person leaves behind that nobody else needs, before their row goes.
void forget_traces(Work& work, const PersonId& person);

}  // namespace hub::core
