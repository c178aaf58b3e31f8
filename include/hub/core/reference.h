#pragma once
#include <optional>
#include <string_view>

#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/domain/organization.h"
#include "hub/domain/person.h"

// References as people write them (UUID, HashID, slug, technical name, client id, address; "org:", "person:" and "app:"
// in front) become things here, so that every door agrees (decisions-week-one.md 12). What the caller may not reach is
// not_found; two matches are ambiguous_reference.
namespace hub::core {

Result<Organization> find_organization(View& view, std::string_view reference);
Result<Person> find_person(View& view, std::string_view reference);  // a person finds only themselves
Result<App> find_app(View& view, std::string_view reference);        // any app; unknown_application
Result<App> find_own_app(View& view,
                         std::string_view reference);  // not built-in, owned by an organization the caller belongs to
Result<Credential> find_credential(View& view, std::string_view reference);  // also "app/name"
Result<Membership> find_membership(
    View& view, std::string_view reference,
    const std::optional<std::string>& organization);                         // also a person with the organization
Result<Connection> find_connection(View& view, std::string_view reference);  // also "app/org" of an active one

// An organization or a person: what a connection or token is for.
struct Subject {
  std::optional<Organization> organization;
  std::optional<Person> person;

  BearerKind kind() const { return organization ? BearerKind::organization : BearerKind::person; }
  std::string name() const;           // slug or address
  std::string reference() const;      // "org:acme", "person:jane@acme.test"
  std::string event_subject() const;  // "Org/<uuid>", "Per/<uuid>" (zaikio-hub.md section 0.3)
};
Result<Subject> find_subject(View& view, std::string_view reference);

// The person named by --actor, as the one who acts.
Result<Principal> find_actor(View& view, std::string_view reference);

// What a role a caller needs in an organization; operators need none (decisions-week-one.md 7). role_required
// otherwise.
enum class Need { member, admin, owner };
Result<void> require_role(View& view, const OrganizationId& organization, Need need);
// The acting person's membership there; none for an operator and for an app.
std::optional<MembershipId> acting_membership(View& view, const OrganizationId& organization);

// Names for answers; what is gone is named by its id.
std::string organization_name(View& view, const OrganizationId& id);  // slug
std::string person_name(View& view, const PersonId& id);              // address
std::string app_name(View& view, const AppId& id);                    // technical name

}  // namespace hub::core
