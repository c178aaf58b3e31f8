#include "hub/core/nexus_application.h"

#include "hub/base/codes.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "nexus_application_rules.h"
#include "nexus_rules.h"

namespace hub::core {
namespace {

// An application reads with its own key only, a profile as a member.
Result<NexusActor> reader(View& view, const Caller& caller) {
  Result<NexusActor> actor = nexus_actor(view, caller);
  if (!actor) return actor;
  if (!actor->profile && !actor->own_key) {
    return Error{codes::principal_not_allowed, "This needs the application's own secret."};
  }
  if (actor->profile && !actor->has(Need::member)) return role_required(Need::member);
  return actor;
}

}  // namespace

std::vector<std::string> nexus_scope_names(const std::vector<ScopeName>& scopes) {
  constexpr std::string_view own = "nexus211.";
  std::vector<std::string> out;
  out.reserve(scopes.size());
  for (const ScopeName& scope : scopes) {
    std::string text = scope.text();
    if (text.starts_with(own)) text.erase(0, own.size());
    out.push_back(std::move(text));
  }
  return out;
}

std::vector<std::string> ApplicationAnswer::scopes() const { return nexus_scope_names(app.desired_scopes); }

ApplicationAnswer application_answer(View& view, const App& app) {
  ApplicationAnswer answer{.app = app, .secret_rotated_at = {}, .client_secret = {}};
  const auto credential = store::find_own_credential(view.db(), app.client_id);
  if (credential) answer.secret_rotated_at = credential->rotated_at;
  return answer;
}

Result<App> find_application(View& view, const NexusActor& actor, const std::string& reference) {
  const auto id = store::app_owned_by(view.db(), actor.organization_id, reference);
  if (!id) return Error{codes::not_found, "There is no such application."};
  return *store::find_app(view.db(), *id);
}

Result<std::int64_t> list_applications(View& view, const Caller& caller, const ApplicationRequest& request,
                                       const EachApplication& each) {
  const Result<NexusActor> actor = reader(view, caller);
  if (!actor) return actor.error();
  const Sought& sought = request.sought;
  if (!request.page && (sought.id || sought.client_id)) {
    const Result<App> app = find_application(view, *actor, sought.id ? *sought.id : *sought.client_id);
    if (app) each(application_answer(view, *app));
    return std::int64_t{0};
  }
  return store::each_application(view.db(), actor->organization_id, request.filter, request.page, [&](const AppId& id) {
    return each(application_answer(view, *store::find_app(view.db(), id)));
  });
}

Result<ApplicationAnswer> show_application(View& view, const Caller& caller, const std::string& application) {
  const Result<NexusActor> actor = reader(view, caller);
  if (!actor) return actor.error();
  const Result<App> app = find_application(view, *actor, application);
  if (!app) return app.error();
  return application_answer(view, *app);
}

}  // namespace hub::core
