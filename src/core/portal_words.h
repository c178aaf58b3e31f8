#pragma once
#include <string>

#include "hub/core/consent.h"
#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/store/app.h"
#include "hub/store/organization.h"
#include "hub/store/provided_scope.h"

namespace hub::core {

// The name of the organization that owns the app; "" for a built-in one.
inline std::string owner_of(View& view, const App& app) {
  const auto owner = app.owner_id ? store::find_organization(view.db(), *app.owner_id) : std::nullopt;
  return owner ? owner->name : "";
}

// What is no longer offered is named as it is written.
inline ScopeInWords words_of(View& view, const ScopeName& scope) {
  ScopeInWords out{.scope = scope.text(), .title = scope.text(), .provider = scope.app, .description = {}};
  if (const auto offered = store::find_provided_scope(view.db(), scope.app, scope.name)) {
    out.title = offered->title;
    out.description = offered->description;
    if (const auto provider = store::find_app(view.db(), offered->app_id)) out.provider = provider->title;
  }
  return out;
}

}  // namespace hub::core
