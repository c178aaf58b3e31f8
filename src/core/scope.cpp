#include "hub/core/scope.h"

#include <algorithm>

#include "hub/core/reference.h"
#include "hub/store/provided_scope.h"
#include "provided_scope_answer.h"
#include "rules.h"

namespace hub::core {

std::vector<std::string> bearers_of(const ProvidedScope& scope) {
  std::vector<std::string> out;
  if (scope.for_persons) out.emplace_back("person");
  if (scope.for_organizations) out.emplace_back("organization");
  return out;
}

ScopeAnswer answer_of(const ProvidedScope& scope, Permission permission) {
  return {.scope = ScopeName{scope.app_name, scope.name, permission}.text(),
          .bearer = bearers_of(scope),
          .title = scope.title,
          .provider = scope.app_name,
          .state = scope.deprecated ? "deprecated" : "active",
          .description = scope.description};
}

namespace {

Changed<ProvidedScopeAnswer> done(Work& work, bool changed, const App& app, const ProvidedScope& scope) {
  work.concerns(*app.owner_id);
  ProvidedScopeAnswer answer{.name = scope.app_name + "." + scope.name,
                             .scopes = {},
                             .bearer = bearers_of(scope),
                             .title = scope.title,
                             .state = scope.deprecated ? "deprecated" : "active",
                             .description = scope.description,
                             .id = scope.id.text(),
                             .created_at = scope.created_at,
                             .updated_at = scope.updated_at,
                             .version = scope.version};
  for (const Permission permission : scope.permissions) {
    answer.scopes.push_back(ScopeName{scope.app_name, scope.name, permission}.text());
  }
  return {changed, answer.name, answer};
}

Result<void> set_bearers(ProvidedScope& scope, const std::vector<std::string>& names, bool applies) {
  for (const std::string& name : names) {
    if (name == "person") {
      scope.for_persons = applies;
    } else if (name == "organization") {
      scope.for_organizations = applies;
    } else {
      return Error{codes::invalid_request, "A bearer is person or organization.", "", "bearer"};
    }
  }
  return {};
}

Result<std::vector<Permission>> permissions_of(const std::string& access) {
  const auto permission = parse_permission(access);
  if (!permission) return Error{codes::invalid_request, "The access is r, w or rw.", "", "access"};
  if (*permission == Permission::rw) return std::vector{Permission::r, Permission::w, Permission::rw};
  return std::vector{*permission};
}

Result<void> check_values(const ProvidedScope& scope) {
  if (!is_provided_name(scope.name) || scope.name.size() > limits::scope_name_bytes) {
    return Error{codes::invalid_request, "The name must be a lower-case letter, then 2 to 99 of a-z and _.",
                 "digits and dots are not possible", "name"};
  }
  if (!scope.for_persons && !scope.for_organizations) {
    return Error{codes::invalid_request, "A scope applies to persons, organizations or both.", "", "bearer"};
  }
  if (Result<void> title = check_display_name(scope.title, "title"); !title) return title;
  if (!scope.description) return {};
  return check_display_name(*scope.description, "description", limits::text_bytes);
}

bool same_values(const ProvidedScope& a, const ProvidedScope& b) {
  return a.permissions == b.permissions && a.for_persons == b.for_persons &&
         a.for_organizations == b.for_organizations && a.title == b.title && a.description == b.description &&
         a.deprecated == b.deprecated;
}

Result<App> find_provider(View& view, const std::string& reference) {
  Result<App> app = find_own_app(view, reference);
  if (!app) return app;
  if (Result<void> may = require_role(view, *app->owner_id, Need::admin); !may) return may.error();
  return app;
}

Result<ProvidedScope> find_scope_of(View& view, const App& app, const std::string& name) {
  const auto scope = store::find_provided_scope(view.db(), app.name, name);
  if (scope) return *scope;
  return Error{codes::not_found, app.name + " provides no scope of that name.",
               "hubctl scope list --provider " + app.name, "name"};
}

Result<ProvidedScope> make_scope(Work& work, const ProvideScope& request, const App& app) {
  ProvidedScope scope{.id = ScopeId::make(work.now(), work.random()),
                      .app_id = app.id,
                      .app_name = app.name,
                      .name = request.name,
                      .permissions = {},
                      .title = request.title,
                      .description = request.description,
                      .created_at = work.now(),
                      .updated_at = work.now()};
  const Result<std::vector<Permission>> permissions = permissions_of(request.access);
  if (!permissions) return permissions.error();
  scope.permissions = *permissions;
  if (Result<void> bearers = set_bearers(scope, request.bearer, true); !bearers) return bearers.error();
  if (Result<void> valid = check_values(scope); !valid) return valid.error();
  return scope;
}

Result<void> widen(ProvidedScope& scope, const std::string& access) {
  const Result<std::vector<Permission>> permissions = permissions_of(access);
  if (!permissions) return permissions.error();
  const auto stays = [&](Permission permission) {
    return std::ranges::find(*permissions, permission) != permissions->end();
  };
  if (!std::ranges::all_of(scope.permissions, stays)) {
    return Error{codes::wrong_state, "A permission that exists cannot be taken back.",
                 "others may hold grants of it: deprecate the scope", "access"};
  }
  scope.permissions = *permissions;
  return {};
}

Result<ProvidedScope> edited(const UpdateScope& request, const ProvidedScope& before) {
  ProvidedScope scope = before;
  if (request.title) scope.title = *request.title;
  request.description.apply_to(scope.description);
  if (request.access) {
    if (Result<void> widened = widen(scope, *request.access); !widened) return widened.error();
  }
  if (request.bearer) {
    scope.for_persons = scope.for_organizations = false;
    if (Result<void> replaced = set_bearers(scope, *request.bearer, true); !replaced) return replaced.error();
  }
  if (Result<void> added = set_bearers(scope, request.add_bearer, true); !added) return added.error();
  if (Result<void> removed = set_bearers(scope, request.remove_bearer, false); !removed) return removed.error();
  if (Result<void> valid = check_values(scope); !valid) return valid.error();
  return scope;
}

void store_changed(Work& work, ProvidedScope& scope) {
  ++scope.version;
  scope.updated_at = work.now();
  store::update_provided_scope(work.db(), scope);
}

}  // namespace

Result<void> list_scopes(View& view, const ListScopes& request, const std::function<bool(const ScopeAnswer&)>& each) {
  const std::optional<std::string>& bearer = request.bearer;
  if (bearer && *bearer != "person" && *bearer != "organization") {
    return Error{codes::invalid_request, "A bearer is person or organization.", "", "bearer"};
  }
  const auto emit = [&](const ProvidedScope& scope) {
    if (bearer && !scope.applies_to(*bearer == "person" ? BearerKind::person : BearerKind::organization)) return true;
    return std::ranges::all_of(scope.permissions,
                               [&](Permission permission) { return each(answer_of(scope, permission)); });
  };
  if (!request.provider) {
    store::each_provided_scope(view.db(), emit);
    return {};
  }
  // The old name of the built-in app still means it (zaikio-hub.md section 2.5).
  const Result<App> provider = find_app(view, *request.provider == "directory" ? "zaikio" : *request.provider);
  if (!provider) return provider.error();
  store::each_provided_scope_of(view.db(), provider->id, emit);
  return {};
}

Result<Changed<ProvidedScopeAnswer>> provide_scope(Work& work, const ProvideScope& request) {
  const Result<App> app = find_provider(work, request.app);
  if (!app) return app.error();
  const Result<ProvidedScope> scope = make_scope(work, request, *app);
  if (!scope) return scope.error();
  if (store::insert_provided_scope(work.db(), *scope)) return done(work, true, *app, *scope);
  ProvidedScope there = *store::find_provided_scope(work.db(), app->name, request.name);
  const Changed<ProvidedScopeAnswer> answer = done(work, false, *app, there);
  if (!request.description) there.description.reset();
  return exists_already(work, same_values(*scope, there), "The scope " + answer.name, answer);
}

Result<Changed<ProvidedScopeAnswer>> update_scope(Work& work, const UpdateScope& request) {
  const Result<App> app = find_provider(work, request.app);
  if (!app) return app.error();
  const Result<ProvidedScope> before = find_scope_of(work, *app, request.name);
  if (!before) return before.error();
  if (Result<void> current = work.check_version(before->version); !current) return current.error();
  Result<ProvidedScope> after = edited(request, *before);
  if (!after) return after.error();
  const bool changed = !same_values(*before, *after);
  if (changed) store_changed(work, *after);
  return done(work, changed, *app, *after);
}

Result<Changed<ProvidedScopeAnswer>> deprecate_scope(Work& work, const DeprecateScope& request) {
  const Result<App> app = find_provider(work, request.app);
  if (!app) return app.error();
  Result<ProvidedScope> scope = find_scope_of(work, *app, request.name);
  if (!scope) return scope.error();
  if (Result<void> current = work.check_version(scope->version); !current) return current.error();
  if (scope->deprecated) {
    if (work.call().ensure) return done(work, false, *app, *scope);
    return Error{codes::wrong_state, "This scope is deprecated already."};
  }
  scope->deprecated = true;
  store_changed(work, *scope);
  return done(work, true, *app, *scope);
}

}  // namespace hub::core
