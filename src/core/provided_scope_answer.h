#pragma once
#include <string>
#include <vector>

#include "hub/core/scope.h"
#include "hub/domain/app.h"

// How provided scopes look in answers.
namespace hub::core {

std::vector<std::string> bearers_of(const ProvidedScope& scope);
ScopeAnswer answer_of(const ProvidedScope& scope, Permission permission);

}  // namespace hub::core
