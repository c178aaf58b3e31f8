#include "hub/core/desired_scope.h"

#include <algorithm>

#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "private_app.h"
#include "provided_scope_answer.h"
#include "rules.h"
#include "scope_list.h"
#include "unknown_scope.h"

namespace hub::core {
namespace {

Changed<DesiredScopesAnswer> done(Work& work, bool changed, const App& app) {
  work.concerns(*app.owner_id);
  return {changed, app.name,
          DesiredScopesAnswer{.app = app.name,
                              .desired = texts(app.desired_scopes),
                              .id = app.id.text(),
                              .updated_at = app.updated_at,
                              .version = app.version}};
}

Error nothing_named() { return {codes::invalid_request, "Name at least one scope.", "hubctl scope list", "scopes"}; }

// What is desired already may stay whatever became of it.
Result<void> check_desirable(View& view, const App& app, const std::vector<ScopeName>& scopes) {
  if (scopes.size() > limits::desired_scopes_per_app) {
    return Error{codes::invalid_request,
                 "An app desires at most " + std::to_string(limits::desired_scopes_per_app) + " scopes.", "", "scopes"};
  }
  for (const ScopeName& scope : scopes) {
    if (std::ranges::find(app.desired_scopes, scope) != app.desired_scopes.end()) continue;
    const auto known = find_known_scope(view, scope);
    if (!known) return unknown_scope(view, scope);
    if (known->deprecated) {
      return Error{codes::wrong_state, scope.text() + " is deprecated and cannot be desired anew.",
                   "hubctl scope list --provider " + scope.app, "scopes"};
    }
  }
  return {};
}

// Finds the app, lets `edit` turn the list it has and the scopes that are named into the one it shall have, and stores
// that.
template <class Edit>
Result<Changed<DesiredScopesAnswer>> change(Work& work, const std::string& reference,
                                            const std::vector<std::string>& named, const Edit& edit) {
  const Result<App> app = find_own_app(work, reference);
  if (!app) return app.error();
  if (Result<void> may = require_role(work, *app->owner_id, Need::admin); !may) return may.error();
  if (Result<void> current = work.check_version(app->version); !current) return current.error();
  const Result<std::vector<ScopeName>> scopes = parse_scope_list(named);
  if (!scopes) return scopes.error();
  App after = *app;
  edit(after.desired_scopes, *scopes);
  std::ranges::sort(after.desired_scopes);
  if (Result<void> desirable = check_desirable(work, *app, after.desired_scopes); !desirable) {
    return desirable.error();
  }
  if (after.desired_scopes == app->desired_scopes) return done(work, false, *app);
  ++after.version;
  after.updated_at = work.now();
  store::update_app(work.db(), after);
  regrant_private_app(work, after);
  return done(work, true, after);
}

}  // namespace

Result<void> list_desired_scopes(View& view, const ListDesiredScopes& request,
                                 const std::function<bool(const ScopeAnswer&)>& each) {
  const Result<App> app = find_own_app(view, request.app);
  if (!app) return app.error();
  if (Result<void> may = require_role(view, *app->owner_id, Need::member); !may) return may;
  for (const ScopeName& scope : app->desired_scopes) {
    const auto known = find_known_scope(view, scope);
    // The app that provided it may have been deleted.
    const ScopeAnswer gone{.scope = scope.text(), .bearer = {}, .title = "", .provider = scope.app, .state = "gone"};
    if (!each(known ? answer_of(*known, scope.permission) : gone)) break;
  }
  return {};
}

Result<Changed<DesiredScopesAnswer>> set_desired_scopes(Work& work, const SetDesiredScopes& request) {
  if (!request.scopes) return nothing_named();
  return change(work, request.app, *request.scopes,
                [](std::vector<ScopeName>& desired, const std::vector<ScopeName>& named) { desired = named; });
}

Result<Changed<DesiredScopesAnswer>> add_desired_scopes(Work& work, const ChangeDesiredScopes& request) {
  if (request.scopes.empty()) return nothing_named();
  return change(work, request.app, request.scopes,
                [](std::vector<ScopeName>& desired, const std::vector<ScopeName>& named) {
                  for (const ScopeName& scope : named) add_scope(desired, scope);
                });
}

Result<Changed<DesiredScopesAnswer>> remove_desired_scopes(Work& work, const ChangeDesiredScopes& request) {
  if (request.scopes.empty()) return nothing_named();
  return change(
      work, request.app, request.scopes, [](std::vector<ScopeName>& desired, const std::vector<ScopeName>& named) {
        std::erase_if(desired, [&](const ScopeName& scope) { return std::ranges::find(named, scope) != named.end(); });
      });
}

}  // namespace hub::core
