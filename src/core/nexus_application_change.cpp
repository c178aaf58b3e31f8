#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/app.h"
#include "hub/core/credential.h"
#include "hub/core/desired_scope.h"
#include "hub/core/free_name.h"
#include "hub/core/nexus_application.h"
#include "hub/domain/redirect_uri.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/organization.h"
#include "nexus_application_rules.h"
#include "nexus_rules.h"
#include "rules.h"

namespace hub::core {
namespace {

std::string no_audience() { return std::string(name(Audience::none)); }

Result<std::vector<std::string>> full_scope_names(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names) {
    const Result<ScopeName> scope = parse_scope_name_or_short(name);
    if (!scope) return Error{codes::unknown_scope, "One of the scopes is no scope.", "", "scopes"};
    out.push_back(scope->text());
  }
  return out;
}

Result<void> set_scopes(Work& work, const App& app, const std::vector<std::string>& names) {
  const Result<std::vector<std::string>> scopes = full_scope_names(names);
  if (!scopes) return scopes.error();
  AllowedWork allowed(work);
  const auto set = set_desired_scopes(allowed, {.app = app.id.text(), .scopes = *scopes});
  if (set) return {};
  Error error = set.error();
  error.field = "scopes";
  return error;
}

Result<App> insert_application(Work& work, const NexusActor& actor, const CreateApplication& request) {
  AllowedWork allowed(work);
  const auto made = create_app(allowed, {.name = free_app_name(work, request.name),
                                         .owner = actor.organization_id.text(),
                                         .title = request.name,
                                         .description = request.description,
                                         .redirects = {},
                                         .audience = no_audience(),
                                         .audience_organizations = {}});
  if (!made) return made.error();
  return *store::find_app(work.db(), *AppId::parse(made->object->id));
}

Result<App> find_to_change(Work& work, const Caller& caller, const std::string& reference) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  if (Result<void> may = need_role(*actor, Need::admin); !may) return may.error();
  Result<App> app = find_application(work, *actor, reference);
  if (app) work.concerns(actor->organization_id);
  return app;
}

Error bad_redirect() {
  return {codes::invalid_request,
          "A redirect is an absolute https URL, or http on localhost, without fragment or user information.", "",
          "oauth.redirects"};
}

Result<std::vector<std::string>> listed_organizations(View& view, const OauthSetup& setup) {
  std::vector<std::string> out;
  for (const std::string& reference : setup.organizations.value_or(std::vector<std::string>())) {
    // Partners are named by their id; a slug is no id here.
    const auto id = store::find_organization_id(view.db(), reference);
    if (!id) {
      return Error{codes::invalid_request, "One of the organizations is unknown.", "", "oauth.organizations"};
    }
    out.push_back(id->text());
  }
  return out;
}

// The sign-in setup in the terms of apps.
Result<UpdateApp> sign_in_update(View& view, const App& app, const std::optional<OauthSetup>& setup) {
  UpdateApp update{.app = app.id.text(), .title = {}, .redirects = {}, .audience_organizations = {}};
  if (!setup) {
    update.redirects = std::vector<std::string>();
    update.audience = no_audience();
    update.audience_organizations = std::vector<std::string>();
    return update;
  }
  const std::vector<std::string> redirects = setup->redirects.value_or(app.redirects);
  if (redirects.empty() || !std::ranges::all_of(redirects, is_web_target)) return bad_redirect();
  update.redirects = redirects;
  const Audience before = app.audience == Audience::none ? Audience::any : app.audience;
  update.audience = setup->audience.value_or(std::string(name(before)));
  if (*update.audience == no_audience() || !parse_audience(*update.audience)) {
    return Error{codes::invalid_request, "The audience is any, own or list.", "", "oauth.audience"};
  }
  if (*update.audience != name(Audience::list)) {
    update.audience_organizations = std::vector<std::string>();
  } else if (setup->organizations) {
    const Result<std::vector<std::string>> organizations = listed_organizations(view, *setup);
    if (!organizations) return organizations.error();
    update.audience_organizations = *organizations;
  }
  return update;
}

Result<void> check_owner_stays_same(const App& app, const std::optional<std::string>& organization) {
  if (!organization || *organization == app.owner_id->hash_id() ||
      comparison_form(*organization) == app.owner_id->text()) {
    return {};
  }
  return Error{codes::transfer_not_supported, "An application stays with its organization.", "", "organization"};
}

}  // namespace

Result<ApplicationAnswer> create_application(Work& work, const Caller& caller, const CreateApplication& request) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  if (Result<void> may = need_role(*actor, Need::admin); !may) return may.error();
  if (Result<void> valid = check_display_name(request.name, "name"); !valid) return valid.error();
  const Result<App> app = insert_application(work, *actor, request);
  if (!app) return app.error();
  if (Result<void> set = set_scopes(work, *app, request.scopes); !set) return set.error();
  AllowedWork allowed(work);
  const auto credential = create_credential(allowed, {.app = app->id.text(), .name = {}});
  if (!credential) return credential.error();
  work.concerns(actor->organization_id);
  work.audit("application create", "app:" + app->id.text(), "ok", "{}");
  ApplicationAnswer answer = application_answer(work, *store::find_app(work.db(), app->id));
  answer.client_secret = credential->object->client_secret;
  return answer;
}

Result<ApplicationAnswer> update_application(Work& work, const Caller& caller, const UpdateApplication& request) {
  const Result<App> app = find_to_change(work, caller, request.application);
  if (!app) return app.error();
  if (Result<void> same = check_owner_stays_same(*app, request.organization); !same) return same.error();
  if (request.name) {
    if (Result<void> valid = check_display_name(*request.name, "name"); !valid) return valid.error();
  }
  UpdateApp update{.app = app->id.text(), .title = {}, .redirects = {}, .audience_organizations = {}};
  if (request.oauth_touched) {
    Result<UpdateApp> sign_in = sign_in_update(work, *app, request.oauth);
    if (!sign_in) return sign_in.error();
    update = std::move(*sign_in);
  }
  update.title = request.name;
  update.description = request.description;
  AllowedWork allowed(work);
  if (const auto updated = update_app(allowed, update); !updated) {
    if (updated.error().code == codes::invalid_redirect) return bad_redirect();
    return updated.error();
  }
  if (request.scopes) {
    if (Result<void> set = set_scopes(work, *app, *request.scopes); !set) return set.error();
  }
  work.audit("application update", "app:" + app->id.text(), "ok", "{}");
  return application_answer(work, *store::find_app(work.db(), app->id));
}

Result<ApplicationAnswer> rotate_application_secret(Work& work, const Caller& caller, const std::string& application,
                                                    const std::optional<Seconds>& overlap) {
  const Result<App> app = find_to_change(work, caller, application);
  if (!app) return app.error();
  AllowedWork allowed(work);
  const auto own = store::find_own_credential(work.db(), app->client_id);
  const auto made = own ? rotate_credential(allowed, {.credential = own->id.text(), .overlap = overlap})
                        : create_credential(allowed, {.app = app->id.text(), .name = {}});
  if (!made) return made.error();
  work.audit("application rotate-secret", "app:" + app->id.text(), "ok", "{}");
  ApplicationAnswer answer = application_answer(work, *app);
  answer.client_secret = made->object->client_secret;
  return answer;
}

Result<void> delete_application(Work& work, const Caller& caller, const std::string& application) {
  const Result<App> app = find_to_change(work, caller, application);
  if (!app) return app.error();
  AllowedWork allowed(work);
  if (const auto deleted = delete_app(allowed, {.app = app->id.text(), .confirm = app->name}); !deleted) {
    return deleted.error();
  }
  work.audit("application delete", "app:" + app->id.text(), "ok", "{}");
  return {};
}

}  // namespace hub::core
