#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/consent.h"
#include "hub/core/work.h"
#include "hub/domain/app.h"

// Things as pages name them for people.
namespace hub::core {

// The name of the organization that owns the app; "" for a built-in one.
std::string owner_of(View& view, const App& app);
// One scope as the app that offers it names it; what is no longer offered is named as it is written.
ScopeInWords in_words(View& view, const ScopeName& scope, bool is_new = false);
// The scopes that say all there is to say: who may read and change need not be told that they may read.
std::vector<ScopeName> telling(const std::vector<ScopeName>& scopes);
// The host a person knows an app by; of a scheme of the app's own there is nothing else to show.
std::string host_of(std::string_view uri);

}  // namespace hub::core
