#include "hub/core/reference.h"

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"

namespace hub::core {
namespace {

std::string shown(std::string_view reference) {
  constexpr std::size_t most = 80;
  return "\"" + std::string(reference.substr(0, most)) + "\"";
}

// `reference` without `prefix` in front; false when another prefix stands there.
std::string_view without(std::string_view reference, std::string_view prefix) {
  return reference.starts_with(prefix) ? reference.substr(prefix.size()) : reference;
}

Error nothing(const Code& code, std::string_view kind, std::string_view reference) {
  return {code, "There is no " + std::string(kind) + " " + shown(reference) + "."};
}

// One id out of those that matched.
template <class IdType>
Result<IdType> only(const std::vector<IdType>& ids, const Code& code, std::string_view kind,
                    std::string_view reference) {
  if (ids.empty()) return nothing(code, kind, reference);
  if (ids.size() == 1) return ids.front();
  Error error{codes::ambiguous_reference, shown(reference) + " names more than one " + std::string(kind) + "."};
  error.hint = "use one of the ids";
  for (const IdType& id : ids) error.hint += (&id == &ids.front() ? " " : " or ") + id.text();
  return error;
}

// With whose roles the caller acts there; an app has none.
std::optional<Membership> membership_of_caller(View& view, const OrganizationId& organization) {
  const Principal& caller = view.principal();
  if (caller.organization_id && *caller.organization_id != organization) return std::nullopt;
  if (caller.membership_id) return store::find_membership(view.db(), *caller.membership_id);
  if (!caller.person_id) return std::nullopt;
  return store::find_membership_of(view.db(), organization, *caller.person_id);
}

}  // namespace

Result<Organization> find_organization(View& view, std::string_view reference) {
  const std::string_view text = without(reference, "org:");
  const Result<OrganizationId> id =
      only(store::organizations_named(view.db(), view.tenant(), text), codes::not_found, "organization", text);
  if (!id) return id.error();
  return *store::find_organization(view.db(), *id);
}

Result<Person> find_person(View& view, std::string_view reference) {
  const std::string_view text = without(reference, "person:");
  const Result<PersonId> id = only(store::people_named(view.db(), text), codes::not_found, "person", text);
  if (!id) return id.error();
  if (!view.principal().is_operator() && view.principal().person_id != *id) {
    return nothing(codes::not_found, "person", text);
  }
  return *store::find_person(view.db(), *id);
}

Result<App> find_app(View& view, std::string_view reference) {
  const std::string_view text = without(reference, "app:");
  const Result<AppId> id = only(store::apps_named(view.db(), text), codes::unknown_application, "app", text);
  if (!id) return id.error();
  return *store::find_app(view.db(), *id);
}

Result<App> find_own_app(View& view, std::string_view reference) {
  const std::string_view text = without(reference, "app:");
  const Result<AppId> id =
      only(store::own_apps_named(view.db(), view.tenant(), text), codes::unknown_application, "app", text);
  if (!id) return id.error();
  App app = *store::find_app(view.db(), *id);
  if (!app.built_in()) return app;
  if (!view.principal().is_operator()) return nothing(codes::unknown_application, "app", reference);
  return Error{codes::principal_not_allowed, app.name + " is built in: nothing but its scopes can be looked at."};
}

Result<Credential> find_credential(View& view, std::string_view reference) {
  const std::size_t slash = reference.find('/');
  if (slash != std::string_view::npos) {
    const Result<App> app = find_own_app(view, reference.substr(0, slash));
    if (!app) return app.error();
    const auto credential = store::find_credential_by_name(view.db(), app->id, reference.substr(slash + 1));
    if (!credential) return nothing(codes::not_found, "credential", reference);
    return *credential;
  }
  const Result<CredentialId> id =
      only(store::credentials_named(view.db(), view.tenant(), reference), codes::not_found, "credential", reference);
  if (!id) return id.error();
  return *store::find_credential(view.db(), *id);
}

Result<Membership> find_membership(View& view, std::string_view reference,
                                   const std::optional<std::string>& organization) {
  if (organization) {
    const Result<Organization> in = find_organization(view, *organization);
    if (!in) return in.error();
    const std::string_view text = without(reference, "person:");
    if (auto found = store::find_membership_of_named(view.db(), in->id, text)) return *found;
    if (auto found = store::find_membership_by_email(view.db(), in->id, comparison_form(text))) return *found;
    for (const MembershipId& id : store::memberships_named(view.db(), view.tenant(), text)) {
      auto found = store::find_membership(view.db(), id);
      if (found && found->organization_id == in->id) return *found;
    }
    return nothing(codes::not_found, "member of " + in->slug, text);
  }
  const Result<MembershipId> id =
      only(store::memberships_named(view.db(), view.tenant(), reference), codes::not_found, "membership", reference);
  if (!id) {
    Error error = id.error();
    if (error.hint.empty()) error.hint = "name a person together with --org";
    return error;
  }
  return *store::find_membership(view.db(), *id);
}

Result<Connection> find_connection(View& view, std::string_view reference) {
  const std::size_t slash = reference.find('/');
  if (slash != std::string_view::npos) {
    const Result<App> app = find_app(view, reference.substr(0, slash));
    if (!app) return app.error();
    const Result<Subject> subject = find_subject(view, reference.substr(slash + 1));
    if (!subject) return subject.error();
    auto found = subject->organization ? store::find_active_connection(view.db(), app->id, subject->organization->id)
                                       : store::find_active_connection(view.db(), app->id, subject->person->id);
    if (!found) return nothing(codes::not_found, "active connection", reference);
    return *found;
  }
  const Result<ConnectionId> id =
      only(store::connections_named(view.db(), view.tenant(), reference), codes::not_found, "connection", reference);
  if (!id) return id.error();
  return *store::find_connection(view.db(), *id);
}

std::string Subject::name() const { return organization ? organization->slug : person->email; }
std::string Subject::reference() const { return (organization ? "org:" : "person:") + name(); }
std::string Subject::event_subject() const {
  return organization ? "Org/" + organization->id.text() : "Per/" + person->id.text();
}

Result<Subject> find_subject(View& view, std::string_view reference) {
  const bool person_only = reference.starts_with("person:") || reference.find('@') != std::string_view::npos;
  if (!person_only) {
    Result<Organization> organization = find_organization(view, reference);
    if (organization) return Subject{*organization, std::nullopt};
    if (reference.starts_with("org:") || !(organization.error().code == codes::not_found)) return organization.error();
  }
  Result<Person> person = find_person(view, reference);
  if (person) return Subject{std::nullopt, *person};
  if (person_only || !(person.error().code == codes::not_found)) return person.error();
  return nothing(codes::not_found, "organization or person", reference);
}

Result<Principal> find_actor(View& view, std::string_view reference) {
  const Result<Person> person = find_person(view, reference);
  if (!person) return person.error();
  return Principal::person(person->id);
}

Result<void> require_role(View& view, const OrganizationId& organization, Need need) {
  if (view.principal().is_operator()) return {};
  const auto membership = membership_of_caller(view, organization);
  const RoleSet roles = membership && membership->joined_at ? membership->roles : RoleSet();
  switch (need) {
    case Need::member:
      if (roles.at_least_member()) return {};
      return Error{codes::role_required, "This needs a member of the organization.", "ask one of its members"};
    case Need::admin:
      if (roles.at_least_admin()) return {};
      return Error{codes::role_required, "This needs the role admin or owner in the organization.",
                   "ask one of its admins"};
    case Need::owner:
      if (roles.has(Role::owner)) return {};
      return Error{codes::role_required, "This needs the role owner in the organization.", "ask its owner"};
  }
  return Error{codes::internal, "This need of a role is unknown."};
}

std::optional<MembershipId> acting_membership(View& view, const OrganizationId& organization) {
  if (view.principal().is_operator()) return std::nullopt;
  const auto membership = membership_of_caller(view, organization);
  if (!membership) return std::nullopt;
  return membership->id;
}

std::string organization_name(View& view, const OrganizationId& id) {
  const auto organization = store::find_organization(view.db(), id);
  return organization ? organization->slug : id.text();
}

std::string person_name(View& view, const PersonId& id) {
  const auto person = store::find_person(view.db(), id);
  return person ? person->email : id.text();
}

std::string app_name(View& view, const AppId& id) {
  const auto app = store::find_app(view.db(), id);
  return app ? app->name : id.text();
}

}  // namespace hub::core
