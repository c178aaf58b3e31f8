#pragma once
#include <optional>

#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/scope.h"

// Scopes that exist, and those that do not.
namespace hub::core {

// The provided scope with this permission; `scope` is canonical.
std::optional<ProvidedScope> find_known_scope(View& view, const ScopeName& scope);
// unknown_scope, with the nearest one there is as hint.
Error unknown_scope(View& view, const ScopeName& scope);

}  // namespace hub::core
