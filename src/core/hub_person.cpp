#include "hub/core/hub_person.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/free_name.h"
#include "hub/core/organization.h"
#include "hub/core/reference.h"
#include "hub/domain/preferences.h"
#include "hub/store/app.h"
#include "hub/store/app_configuration.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"
#include "hub/store/test_account.h"
#include "nexus_rules.h"

namespace hub::core {
namespace {

bool is_shown(const Membership& membership) { return membership.joined_at && membership.roles.at_least_member(); }

// Apps connected to the person or to one of their organizations, each once.
std::vector<HubApp> accessible_apps(View& view, const PersonId& person, const std::vector<OwnMembership>& memberships) {
  std::vector<AppId> ids;
  const auto add = [&](const Connection& connection) {
    if (connection.active() && std::ranges::find(ids, connection.app_id) == ids.end()) ids.push_back(connection.app_id);
    return true;
  };
  store::each_connection_of_person(view.db(), person, add);
  for (const OwnMembership& membership : memberships) {
    store::each_connection_of_organization(view.db(), membership.membership.organization_id, add);
  }
  std::vector<HubApp> out;
  for (const AppId& id : ids) {
    auto app = store::find_app(view.db(), id);
    if (!app || app->built_in() || app->state == AppState::inactive) continue;
    std::string further = store::find_app_configuration(view.db(), *app->owner_id, id);
    out.push_back({.app = std::move(*app), .further = std::move(further), .provided = {}});
  }
  std::ranges::sort(out, {}, [](const HubApp& one) -> const std::string& { return one.app.name; });
  return out;
}

Error at_field(Error error, std::string_view field) {
  error.field = field;
  return error;
}

}  // namespace

std::string time_zone_of(View& view, const Caller& caller) {
  if (caller.kind != Caller::Kind::person) return "";
  const auto person = store::find_person(view.db(), *caller.person_id);
  return person && person->time_zone ? *person->time_zone : "";
}

std::vector<OwnMembership> own_memberships(View& view, const Caller& caller) {
  std::vector<OwnMembership> out;
  store::each_membership_of(view.db(), *caller.person_id, [&](const Membership& membership) {
    if (!is_shown(membership)) return true;
    const auto organization = store::find_organization(view.db(), membership.organization_id);
    if (organization) out.push_back({membership, hub_organization(view, caller.app, *organization)});
    return true;
  });
  std::ranges::sort(out, {}, [](const OwnMembership& one) { return one.membership.id.text(); });
  return out;
}

Result<OwnHubPerson> own_hub_person(View& view, const Caller& caller) {
  const auto person = store::find_person(view.db(), *caller.person_id);
  if (!person) return Error{codes::not_found, "The person is gone."};
  const auto connection =
      caller.app ? store::find_active_connection(view.db(), caller.app->id, person->id) : std::nullopt;
  OwnHubPerson out{.person = {.person = *person,
                              .test_account_owner = store::find_test_account_owner(view.db(), person->id),
                              .scopes = connection ? granted_scopes(view, *caller.app, *connection) : GrantedScopes{}},
                   .memberships = own_memberships(view, caller),
                   .apps = {}};
  out.apps = accessible_apps(view, person->id, out.memberships);
  return out;
}

Result<OwnHubPerson> update_own_hub_person(Work& work, const Caller& caller, UpdatePerson request) {
  request.person = caller.person_id->text();
  AllowedWork allowed(work);
  const auto updated = update_person(allowed, request);
  if (!updated) {
    return updated.error().field == "last_name" ? at_field(updated.error(), "name") : updated.error();
  }
  if (updated->changed) work.audit("person update", "person:" + request.person, "ok", "{}");
  return own_hub_person(work, caller);
}

Result<HubOrganization> found_organization(Work& work, const Caller& caller, const FoundOrganization& request) {
  const auto made = create_organization(work, {.name = request.name,
                                               .slug = free_slug(work, request.name),
                                               .kinds = request.kinds,
                                               .country_code = request.country_code,
                                               .metadata = {}});
  if (!made) return made.error();
  const Organization organization = *store::find_organization(work.db(), *OrganizationId::parse(made->object->id));
  if (caller.app && check_usable(work, *caller.app, organization.id, std::nullopt)) {
    const auto by = store::find_membership_of(work.db(), organization.id, *caller.person_id);
    const Result<Connection> connected =
        connect(work, *caller.app, {organization, std::nullopt},
                desired_for(work, *caller.app, BearerKind::organization), by ? std::optional(by->id) : std::nullopt);
    if (!connected) return connected.error();
  }
  work.concerns(organization.id);
  work.audit("org create", "organization:" + organization.id.text(), "ok", "{}");
  return hub_organization(work, caller.app, organization);
}

Result<Caller> for_own_organization(View& view, const Caller& caller, const std::string& organization, bool as_admin) {
  const auto own = store::find_membership_at_named(view.db(), organization, *caller.person_id);
  if (!own || !is_shown(*own)) return Error{codes::not_found, "There is no such organization."};
  if (as_admin && !own->roles.at_least_admin()) {
    return Error{codes::role_required, "This needs the role admin or owner in the organization."};
  }
  Caller there = caller;
  there.kind = Caller::Kind::organization;
  there.organization_id = own->organization_id;
  return there;
}

}  // namespace hub::core
