#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/consent.h"
#include "hub/core/work.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/domain/organization.h"

// What members see of their organization in the portal (nexus211.md section 8), asked in the name of the person who
// calls. What they change there are operations of the table.
namespace hub::core {

// An organization that the caller has joined.
struct Area {
  Organization organization;
  Membership membership;                                                 // the caller's
  bool is_member() const { return membership.roles.at_least_member(); }  // more than a contact
  bool is_admin() const { return membership.roles.at_least_admin(); }
  bool is_owner() const { return membership.roles.has(Role::owner); }
};
// By UUID, HashID or slug; not_found for what the caller has not joined.
Result<Area> enter_area(View& view, std::string_view organization);
std::vector<std::string> owners_of(View& view, const OrganizationId& organization);  // names

struct Member {
  Membership membership;
  std::string name, email;  // "" where there is none
};
// One page of a list, by the word somebody searches for.
struct Part {
  std::string word;  // somewhere in the name or address; "" for all
  std::size_t skip = 0, most = 50;
};
template <class T>
struct Rows {
  std::vector<T> rows;
  bool more = false;  // there are further ones behind these
};
// In the order in which they came; a contact sees only themself.
Rows<Member> members_of(View& view, const Area& area, const Part& part);

struct OwnApplication {
  App app;
  std::optional<Credential> credential;  // the one with the app's client id
};
// role_required for a contact. By title.
Result<std::vector<OwnApplication>> applications_of(View& view, const Area& area);
// By UUID, HashID or client id; unknown_application for what the organization does not own. Whether the caller may see
// it is asked by whoever shows it.
Result<OwnApplication> application_of(View& view, const Area& area, std::string_view application);

struct AuthorizedBy {
  std::string organization;  // name
  std::string key;           // HashID; "" where there is none
  std::int64_t key_version = 0;
  Instant granted_at;
  std::optional<Instant> last_used_at;
};
// Organizations that authorized an app of the area, newest last.
Rows<AuthorizedBy> authorized_by(View& view, const App& app, const Part& part);

struct Authorized {
  Connection connection;
  std::string title, name, owner;  // of the app; its client id where it is gone
  std::vector<ScopeInWords> granted, pending;
  std::vector<std::string> pending_names;  // all of them
  std::string granted_by;                  // name; "" for an operator
  std::optional<Instant> last_used_at;
};
// Third-party authorizations that the organization gave, the active or the ended ones; role_required for a contact.
Result<Rows<Authorized>> authorized_of(View& view, const Area& area, bool ended, const Part& part);
// One that is active, by UUID or HashID; not_found. The same.
Result<Authorized> find_authorized(View& view, const Area& area, std::string_view authorization);

// An app asks an organization for third-party authorization.
struct AskAuthorized {
  std::string application;  // client id
  std::string redirect;     // "" or a registered target
};
struct AuthorizedAsk {
  App app;
  std::string owner;
  std::string redirect_host;  // "" without a redirect
  std::vector<ScopeInWords> scopes;
  std::vector<std::string> scope_names;     // all of them
  std::vector<Organization> organizations;  // where the caller is admin, by name
  bool is_own = false, is_active = false;   // of the area's organization
};
// unknown_application, also for an app that is closed to the organization; invalid_redirect.
Result<AuthorizedAsk> ask_authorized(View& view, const Area& area, const AskAuthorized& request);
// Where the caller is admin, by name.
std::vector<Organization> administered_by(View& view, const PersonId& person);

}  // namespace hub::core
