#include "hub/core/app.h"

#include <algorithm>

#include "hub/core/free_name.h"
#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "hub/store/organization.h"
#include "hub/store/settings.h"
#include "list_edit.h"
#include "private_app.h"
#include "rules.h"
#include "scope_list.h"

namespace hub::core {
namespace {

AppAnswer answer_of(View& view, const App& app, const store::AppCounts& counts) {
  AppAnswer answer{.name = app.name,
                   .owner = organization_name(view, *app.owner_id),
                   .client_id = app.client_id,
                   .audience = std::string(name(app.audience)),
                   .desired = texts(app.desired_scopes),
                   .status = std::string(name(app.state)),
                   .title = app.title,
                   .kind = std::string(name(app.kind)),
                   .redirects = app.redirects,
                   .description = app.description,
                   .audience_organizations = {},
                   .refresh_reuse = std::string(name(app.refresh_reuse)),
                   .pkce_plain = app.pkce_plain,
                   .credentials = counts.credentials,
                   .connections = counts.connections,
                   .id = app.id.text(),
                   .hash_id = app.id.hash_id(),
                   .created_at = app.created_at,
                   .updated_at = app.updated_at,
                   .version = app.version};
  for (const OrganizationId& id : app.audience_organizations) {
    answer.audience_organizations.push_back(organization_name(view, id));
  }
  return answer;
}

Changed<AppAnswer> done(View& view, bool changed, const App& app) {
  return {changed, app.name, answer_of(view, app, store::count_of_app(view.db(), app.id))};
}

Result<void> check_new_name(const std::string& name) {
  if (!is_app_name(name) || name.size() > limits::app_name_bytes) {
    return Error{codes::invalid_request, "The name must be a lower-case letter, then 2 to 62 of a-z, 0-9 and _.",
                 "--title takes the name that people see", "name"};
  }
  if (!is_reserved_app_name(name)) return {};
  return Error{codes::invalid_request, "The name " + name + " is reserved.", "choose another", "name"};
}

// Replaces `out` by the value that `text` names, if there is a text.
template <class E>
Result<void> choose(const std::optional<std::string>& text, std::optional<E> (*parse)(std::string_view), E& out,
                    std::string_view field) {
  if (!text) return {};
  const std::optional<E> value = parse(*text);
  if (!value) {
    return Error{codes::invalid_request, "The " + std::string(field) + " is none of those there are.", "",
                 std::string(field)};
  }
  out = *value;
  return {};
}

std::optional<bool> parse_switch(std::string_view text) {
  if (text != "on" && text != "off") return std::nullopt;
  return text == "on";
}

// What CreateApp and UpdateApp have in common.
template <class Request>
Result<void> choose_values(const Request& request, App& app) {
  if (Result<void> kind = choose(request.kind, parse_app_kind, app.kind, "kind"); !kind) return kind;
  if (Result<void> audience = choose(request.audience, parse_audience, app.audience, "audience"); !audience) {
    return audience;
  }
  if (Result<void> state = choose(request.state, parse_app_state, app.state, "state"); !state) return state;
  if (Result<void> plain = choose(request.pkce_plain, parse_switch, app.pkce_plain, "pkce_plain"); !plain) return plain;
  return choose(request.refresh_reuse, parse_refresh_reuse, app.refresh_reuse, "refresh_reuse");
}

Result<void> check_redirects(View& view, const std::vector<std::string>& redirects) {
  if (redirects.size() > limits::redirects_per_app) {
    return Error{codes::invalid_redirect,
                 "An app has at most " + std::to_string(limits::redirects_per_app) + " redirect targets.", "",
                 "redirect"};
  }
  const auto settings = store::find_settings(view.db());
  const HubMode mode = settings ? settings->mode : HubMode::production;
  for (const std::string& redirect : redirects) {
    if (Result<void> valid = check_redirect_uri(redirect, mode); !valid) {
      Error error = valid.error();
      error.field = "redirect";
      return error;
    }
  }
  return {};
}

Result<void> check_values(View& view, const App& app) {
  if (Result<void> title = check_display_name(app.title, "title"); !title) return title;
  if (app.description) {
    Result<void> description = check_display_name(*app.description, "description", limits::text_bytes);
    if (!description) return description;
  }
  if (app.audience != Audience::list && !app.audience_organizations.empty()) {
    return Error{codes::invalid_request, "Only the audience list names organizations.", "add --audience list",
                 "audience_organization"};
  }
  return check_redirects(view, app.redirects);
}

// Those the caller belongs to by any name; others by their id, which nobody guesses: sign-in is opened to partners.
Result<std::vector<OrganizationId>> find_organizations(View& view, const std::vector<std::string>& references) {
  std::vector<OrganizationId> out;
  for (const std::string& reference : references) {
    if (const auto id = store::find_organization_id(view.db(), reference)) {
      add_once(out, *id);
      continue;
    }
    const Result<Organization> organization = find_organization(view, reference);
    if (!organization) {
      Error error = organization.error();
      error.field = "audience_organization";
      return error;
    }
    add_once(out, organization->id);
  }
  return out;
}

// One that is gone or out of reach can still be taken off the list, by its id.
std::vector<OrganizationId> organizations_to_remove(View& view, const std::vector<std::string>& references) {
  std::vector<OrganizationId> out;
  for (const std::string& reference : references) {
    if (const Result<Organization> organization = find_organization(view, reference)) out.push_back(organization->id);
    if (const auto id = OrganizationId::parse(reference)) out.push_back(*id);
  }
  return out;
}

Result<App> make_app(Work& work, const CreateApp& request, const OrganizationId& owner) {
  if (Result<void> valid = check_new_name(request.name); !valid) return valid.error();
  App app{.id = AppId::make(work.now(), work.random()),
          .name = request.name,
          .title = request.title.value_or(request.name),
          .description = request.description,
          .owner_id = owner,
          .client_id = Uuid::make(work.now(), work.random()).text(),
          .redirects = without_duplicates(request.redirects),
          .desired_scopes = {},
          .created_at = work.now(),
          .updated_at = work.now()};
  if (Result<void> chosen = choose_values(request, app); !chosen) return chosen.error();
  if (!request.audience && app.kind == AppKind::private_) app.audience = Audience::list;
  const Result<std::vector<OrganizationId>> audience = find_organizations(work, request.audience_organizations);
  if (!audience) return audience.error();
  app.audience_organizations = *audience;
  if (Result<void> valid = check_values(work, app); !valid) return valid.error();
  return app;
}

bool as_requested(const CreateApp& request, const App& wanted, const App& there) {
  return wanted.owner_id == there.owner_id && (!request.title || wanted.title == there.title) &&
         (!request.description || wanted.description == there.description) &&
         (request.redirects.empty() || wanted.redirects == there.redirects) &&
         (!request.audience || wanted.audience == there.audience) &&
         (request.audience_organizations.empty() || wanted.audience_organizations == there.audience_organizations) &&
         (!request.kind || wanted.kind == there.kind) && (!request.state || wanted.state == there.state) &&
         (!request.refresh_reuse || wanted.refresh_reuse == there.refresh_reuse) &&
         (!request.pkce_plain || wanted.pkce_plain == there.pkce_plain);
}

Result<void> edit_audience(View& view, const UpdateApp& request, App& app) {
  if (app.audience != Audience::list) app.audience_organizations.clear();
  std::optional<std::vector<OrganizationId>> replacement;
  if (request.audience_organizations.touched()) {
    const Result<std::vector<OrganizationId>> all = find_organizations(view, *request.audience_organizations);
    if (!all) return all.error();
    replacement = *all;
  }
  const Result<std::vector<OrganizationId>> added = find_organizations(view, request.add_audience_organizations);
  if (!added) return added.error();
  edit_list(app.audience_organizations, replacement, *added,
            organizations_to_remove(view, request.remove_audience_organizations));
  return {};
}

Result<App> edited(View& view, const UpdateApp& request, const App& before) {
  App app = before;
  if (request.title) app.title = *request.title;
  request.description.apply_to(app.description);
  if (Result<void> chosen = choose_values(request, app); !chosen) return chosen.error();
  if (Result<void> audience = edit_audience(view, request, app); !audience) return audience.error();
  edit_list(app.redirects, request.redirects.touched() ? std::optional(*request.redirects) : std::nullopt,
            request.add_redirects, request.remove_redirects);
  if (Result<void> valid = check_values(view, app); !valid) return valid.error();
  return app;
}

bool same_values(const App& a, const App& b) {
  return a.title == b.title && a.description == b.description && a.kind == b.kind && a.audience == b.audience &&
         a.audience_organizations == b.audience_organizations && a.state == b.state &&
         a.refresh_reuse == b.refresh_reuse && a.pkce_plain == b.pkce_plain && a.redirects == b.redirects;
}

Result<App> find_changeable(View& view, const std::string& reference) {
  Result<App> app = find_own_app(view, reference);
  if (!app) return app;
  if (Result<void> may = require_role(view, *app->owner_id, Need::admin); !may) return may.error();
  return app;
}

}  // namespace

Result<void> list_apps(View& view, const ListApps&, const std::function<bool(const AppAnswer&)>& each) {
  store::each_app(view.db(), view.tenant(), [&](const App& app, const store::AppCounts& counts) {
    if (!require_role(view, *app.owner_id, Need::member)) return true;
    return each(answer_of(view, app, counts));
  });
  return {};
}

Result<AppAnswer> show_app(View& view, const ShowApp& request) {
  const Result<App> app = find_own_app(view, request.app);
  if (!app) return app.error();
  if (Result<void> may = require_role(view, *app->owner_id, Need::member); !may) return may.error();
  return *done(view, false, *app).object;
}

Result<Changed<AppAnswer>> create_app(Work& work, const CreateApp& request) {
  const Result<Organization> owner = find_organization(work, request.owner);
  if (!owner) return owner.error();
  if (Result<void> may = require_role(work, owner->id, Need::admin); !may) return may.error();
  const Result<App> app = make_app(work, request, owner->id);
  if (!app) return app.error();
  if (!store::insert_app(work.db(), *app)) {
    const Result<App> there = find_own_app(work, request.name);
    if (!there || there->name != request.name) {
      return Error{codes::exists, "The name " + request.name + " is taken.", "choose another"};
    }
    return exists_already(work, as_requested(request, *app, *there), "The app " + request.name,
                          done(work, false, *there));
  }
  if (Result<void> connected = connect_private_app(work, *app); !connected) return connected.error();
  work.concerns(owner->id);
  return done(work, true, *app);
}

Result<Changed<AppAnswer>> update_app(Work& work, const UpdateApp& request) {
  const Result<App> before = find_changeable(work, request.app);
  if (!before) return before.error();
  if (Result<void> current = work.check_version(before->version); !current) return current.error();
  Result<App> after = edited(work, request, *before);
  if (!after) return after.error();
  const bool changed = !same_values(*before, *after);
  if (changed) {
    ++after->version;
    after->updated_at = work.now();
    store::update_app(work.db(), *after);
    const bool admits_others =
        before->audience != after->audience || before->audience_organizations != after->audience_organizations;
    if (admits_others) audience_changed(work, *after);
    const bool began = before->kind != after->kind || before->state == AppState::inactive;
    if (began) {
      if (Result<void> connected = connect_private_app(work, *after); !connected) return connected.error();
    }
  }
  work.concerns(*after->owner_id);
  return done(work, changed, *after);
}

Result<Changed<AppAnswer>> delete_app(Work& work, const DeleteApp& request) {
  const Result<App> app = find_own_app(work, request.app);
  if (!app) return gone_already<AppAnswer>(work, app.error(), request.app);
  if (Result<void> may = require_role(work, *app->owner_id, Need::admin); !may) return may.error();
  if (Result<void> confirmed = check_confirmed(work, request.confirm, app->name); !confirmed) return confirmed.error();
  if (Result<void> current = work.check_version(app->version); !current) return current.error();
  const Changed<AppAnswer> answer = done(work, true, *app);
  end_app(work, *app);
  work.concerns(*app->owner_id);
  return answer;
}

}  // namespace hub::core
