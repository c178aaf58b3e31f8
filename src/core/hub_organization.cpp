#include "hub/core/hub_organization.h"

#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/page.h"
#include "hub/store/person.h"
#include "hub/store/test_account.h"

namespace hub::core {
namespace {

bool is_shown(const Membership& membership) {
  return membership.joined_at && membership.person_id && membership.roles.at_least_member();
}

template <class SubjectId>
GrantedScopes scopes_for(View& view, const std::optional<App>& app, const SubjectId& subject) {
  const auto connection = app ? store::find_active_connection(view.db(), app->id, subject) : std::nullopt;
  return connection ? granted_scopes(view, *app, *connection) : GrantedScopes{};
}

Error no_membership() { return {codes::not_found, "There is no such membership."}; }

Result<Membership> find_shown(View& view, const Caller& caller, const std::string& reference) {
  const auto id = store::membership_in(view.db(), *caller.organization_id, reference);
  const auto found = id ? store::find_membership(view.db(), *id) : std::nullopt;
  if (!found || !is_shown(*found)) return no_membership();
  return *found;
}

// An organization's own token may do what its scope says; a person who acts for it needs the role as well.
Result<void> check_may_change(View& view, const Caller& caller) {
  if (caller.kind != Caller::Kind::on_behalf) return {};
  const auto acting = store::find_membership_of(view.db(), *caller.organization_id, *caller.person_id);
  if (acting && acting->joined_at && acting->roles.at_least_admin()) return {};
  return Error{codes::role_required, "This needs the role admin or owner in the organization."};
}

std::string target_of(const Membership& membership) { return "membership:" + membership.id.text(); }

Error wrong_roles(std::string message) { return {codes::invalid_request, std::move(message), "", "roles"}; }

Result<RoleSet> roles_after(const Membership& before, const std::vector<std::string>& names) {
  if (names.empty()) return wrong_roles("A member has at least one role.");
  const Result<RoleSet> roles = RoleSet::parse(names);
  if (!roles || roles->has(Role::contact)) return wrong_roles("One of the roles is unknown.");
  if (roles->has(Role::owner) != before.roles.has(Role::owner)) {
    return wrong_roles("The role owner is neither given nor taken here.");
  }
  return roles;
}

}  // namespace

GrantedScopes granted_scopes(View& view, const App& app, const Connection& connection) {
  GrantedScopes out{.connected = true, .granted = {}, .requested = {}};
  for (const ScopeName& scope : connection.granted_scopes) {
    if (covers(app.desired_scopes, scope)) out.granted.push_back(scope);
  }
  const BearerKind kind = connection.organization_id ? BearerKind::organization : BearerKind::person;
  for (const ScopeName& scope : desired_for(view, app, kind)) {
    if (!covers(connection.granted_scopes, scope)) out.requested.push_back(scope);
  }
  return out;
}

HubOrganization hub_organization(View& view, const std::optional<App>& app, const Organization& organization) {
  return {.organization = organization,
          .test_account_owner = store::find_test_account_owner(view.db(), organization.id),
          .scopes = scopes_for(view, app, organization.id)};
}

HubMembership hub_membership(View& view, const std::optional<App>& app, const Membership& membership) {
  const PersonId id = *membership.person_id;
  return {.membership = membership,
          .person = {.person = *store::find_person(view.db(), id),
                     .test_account_owner = store::find_test_account_owner(view.db(), id),
                     .scopes = scopes_for(view, app, id)}};
}

Result<HubOrganization> own_hub_organization(View& view, const Caller& caller) {
  const auto organization = store::find_organization(view.db(), *caller.organization_id);
  if (!organization) return Error{codes::not_found, "The organization is gone."};
  return hub_organization(view, caller.app, *organization);
}

Result<void> list_hub_memberships(View& view, const Caller& caller,
                                  const std::function<bool(const HubMembership&)>& each) {
  store::each_membership_in(view.db(), *caller.organization_id, [&](const Membership& membership) {
    return !is_shown(membership) || each(hub_membership(view, caller.app, membership));
  });
  return {};
}

Result<HubMembership> show_hub_membership(View& view, const Caller& caller, const std::string& membership) {
  const Result<Membership> found = find_shown(view, caller, membership);
  if (!found) return found.error();
  return hub_membership(view, caller.app, *found);
}

Result<HubMembership> update_hub_membership(Work& work, const Caller& caller, const UpdateHubMembership& request) {
  if (Result<void> may = check_may_change(work, caller); !may) return may.error();
  const Result<Membership> before = find_shown(work, caller, request.membership);
  if (!before) return before.error();
  Membership after = *before;
  if (request.roles) {
    const Result<RoleSet> roles = roles_after(*before, *request.roles);
    if (!roles) return roles.error();
    after.roles = *roles;
  }
  if (after.roles == before->roles) return hub_membership(work, caller.app, *before);
  ++after.version;
  after.updated_at = work.now();
  store::update_membership(work.db(), after);
  member_changed(work, "zaikio.member_roles_updated", after);
  work.concerns(after.organization_id);
  work.audit("member update", target_of(after), "ok", "{}");
  return hub_membership(work, caller.app, after);
}

Result<void> delete_hub_membership(Work& work, const Caller& caller, const std::string& membership) {
  if (Result<void> may = check_may_change(work, caller); !may) return may;
  const Result<Membership> found = find_shown(work, caller, membership);
  if (!found) return found.error();
  if (found->roles.has(Role::owner)) {
    return Error{codes::role_required, "The membership of the owner stays."};
  }
  end_membership(work, *found);
  work.concerns(found->organization_id);
  work.audit("member remove", target_of(*found), "ok", "{}");
  return {};
}

}  // namespace hub::core
