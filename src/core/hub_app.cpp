#include "hub/core/hub_app.h"

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/json.h"
#include "hub/core/app.h"
#include "hub/core/desired_scope.h"
#include "hub/core/scope.h"
#include "hub/store/app.h"
#include "hub/store/app_configuration.h"
#include "hub/store/provided_scope.h"
#include "nexus_rules.h"

namespace hub::core {
namespace {

HubApp answer_of(View& view, const App& app) {
  HubApp answer{.app = app, .further = store::find_app_configuration(view.db(), *app.owner_id, app.id), .provided = {}};
  store::each_provided_scope_of(view.db(), app.id, [&](const ProvidedScope& scope) {
    answer.provided.push_back(scope);
    return true;
  });
  return answer;
}

Result<App> find_app_of(View& view, const Caller& caller, const std::optional<std::string>& reference) {
  const auto id = reference ? store::app_owned_by(view.db(), *caller.organization_id, *reference) : caller.app->id;
  const auto app = id ? store::find_app(view.db(), *id) : std::nullopt;
  if (!app) return Error{codes::not_found, "There is no such app."};
  return *app;
}

Error at_field(Error error, std::string_view field) {
  error.field = field;
  return error;
}

Result<void> merge_further(Work& work, const App& app, const std::string& members) {
  Result<Json> stored = parse_json(store::find_app_configuration(work.db(), *app.owner_id, app.id));
  const Result<Json> given = parse_json(members);
  if (!stored || !given) return Error{codes::internal, "The app's configuration cannot be read."};
  if (given->empty()) return {};
  stored->update(*given);
  const std::string text = to_line(*stored);
  if (text.size() > limits::metadata_bytes) {
    return Error{codes::invalid_request, "The configuration is larger than 16 KiB.", "", "configuration"};
  }
  store::set_app_configuration(work.db(), *app.owner_id, app.id, text);
  return {};
}

Result<void> offer(Work& work, const App& app, const OfferedScope& scope) {
  AllowedWork allowed(work);
  const auto there = store::find_provided_scope(work.db(), app.name, scope.name);
  const std::string title = scope.title.value_or(there ? there->title : scope.name);
  if (there) {
    UpdateScope update{.app = app.id.text(), .name = scope.name, .title = title, .description = {}, .bearer = {}};
    if (scope.description) update.description = *scope.description;
    update.access = scope.access;
    const auto updated = update_scope(allowed, update);
    return updated ? Result<void>() : Result<void>(updated.error());
  }
  const auto provided = provide_scope(allowed, {.app = app.id.text(),
                                                .name = scope.name,
                                                .access = scope.access,
                                                .bearer = {"person", "organization"},
                                                .title = title,
                                                .description = scope.description});
  return provided ? Result<void>() : Result<void>(provided.error());
}

}  // namespace

Result<std::int64_t> list_hub_apps(View& view, const Caller& caller, const Page& page,
                                   const std::function<bool(const HubApp&)>& each) {
  for (const AppId& id : store::apps_page(view.db(), *caller.organization_id, page)) {
    if (!each(answer_of(view, *store::find_app(view.db(), id)))) break;
  }
  return store::count_apps_owned_by(view.db(), *caller.organization_id);
}

Result<HubApp> show_hub_app(View& view, const Caller& caller, const std::optional<std::string>& app) {
  const Result<App> found = find_app_of(view, caller, app);
  if (!found) return found.error();
  return answer_of(view, *found);
}

Result<HubApp> configure_app(Work& work, const Caller& caller, const ConfigureApp& request) {
  const Result<App> app = find_app_of(work, caller, request.app);
  if (!app) return app.error();
  AllowedWork allowed(work);
  if (request.title || request.redirects) {
    UpdateApp update{.app = app->id.text(), .title = request.title, .redirects = {}, .audience_organizations = {}};
    if (request.redirects) update.redirects = *request.redirects;
    const auto updated = update_app(allowed, update);
    if (!updated) return at_field(updated.error(), request.redirects ? "oauth_redirect_urls" : "translations");
  }
  for (const OfferedScope& scope : request.scopes) {
    if (Result<void> offered = offer(work, *app, scope); !offered) return at_field(offered.error(), "oauth_scopes");
  }
  if (request.desired_scopes) {
    const auto set = set_desired_scopes(allowed, {.app = app->id.text(), .scopes = request.desired_scopes});
    if (!set) return at_field(set.error(), "desired_oauth_scopes");
  }
  if (Result<void> merged = merge_further(work, *app, request.further.json); !merged) return merged.error();
  work.concerns(*app->owner_id);
  work.audit("app configure", "app:" + app->id.text(), "ok", "{}");
  return answer_of(work, *store::find_app(work.db(), app->id));
}

}  // namespace hub::core
