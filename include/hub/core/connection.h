#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/reference.h"
#include "hub/core/work.h"

// Connections: the lasting relation between an app and an organization or person (zaikio-hub.md section 1.1,
// nexus211.md section 9). One row serves both dialects; that of a foreign organization carries a key (decisions.md 3).
namespace hub::core {

struct ConnectionAnswer {
  std::string app, subject;
  std::vector<std::string> scopes;
  std::string state;  // active, ended
  std::optional<std::string> granted_by;
  Instant granted_at;
  std::string id, hash_id;
  std::optional<Instant> ended_at;
  std::optional<std::string> ended_reason;
  Instant updated_at;
  std::int64_t version = 1;
};

struct ListConnections {
  std::optional<std::string> app, organization, person;
  bool ended = false;  // the history instead of the active ones
};
Result<void> list_connections(View& view, const ListConnections& request,
                              const std::function<bool(const ConnectionAnswer&)>& each);

struct ShowConnection {
  std::string connection;
};
Result<ConnectionAnswer> show_connection(View& view, const ShowConnection& request);

struct InstallConnection {
  std::string app, subject;
  std::vector<std::string> scopes;
  bool desired = false;  // every desired scope that applies to the subject
};
// already_authorized when there is an active one; with ensure that is fine if it grants what was asked.
Result<Changed<ConnectionAnswer>> install_connection(Work& work, const InstallConnection& request);

struct UpdateConnection {
  std::string connection;
  std::optional<std::vector<std::string>> scopes;  // replaces
  std::vector<std::string> add_scopes, remove_scopes;
  bool desired = false;
};
Result<Changed<ConnectionAnswer>> update_connection(Work& work, const UpdateConnection& request);

struct UninstallConnection {
  std::string connection;
};
Result<Changed<ConnectionAnswer>> uninstall_connection(Work& work, const UninstallConnection& request);

// The shared steps, for other nouns. connect() asks for an app that may be used by the subject and for no active
// connection; a foreign organization gets its key in the same transaction. granted_by: none is the acting person's
// membership.
Result<Connection> connect(Work& work, const App& app, const Subject& subject, const std::vector<ScopeName>& scopes,
                           const std::optional<MembershipId>& granted_by = std::nullopt);
// Adds what an active connection does not cover yet, or connects.
Result<Connection> grant_more(Work& work, const App& app, const Subject& subject, const std::vector<ScopeName>& scopes,
                              const std::optional<MembershipId>& granted_by = std::nullopt);
// Replaces what a connection grants; emits connection_changed. False when nothing differs but the order.
bool regrant(Work& work, Connection& connection, std::vector<ScopeName> scopes);
// The desired scopes that exist and apply to this kind of subject.
std::vector<ScopeName> desired_for(View& view, const App& app, BearerKind kind);
// May the caller look at the connection? Members of its organization and of the app's owner, and the person it is for.
Result<void> check_may_see(View& view, const App* app, const Connection& connection);
// access_denied unless the subject may use the app: an active one, before that its owner's side and sandboxes, never an
// inactive one; a private one only its owner's side and the organizations it invited, with their members (zaikio-hub.md
// section 1.3). With both, the organization decides.
Result<void> check_usable(View& view, const App& app, const std::optional<OrganizationId>& organization,
                          const std::optional<PersonId>& person);

}  // namespace hub::core
