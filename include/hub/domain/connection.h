#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/scope.h"

namespace hub {

enum class EndedReason { revoked, application_deleted, organization_deleted, person_deleted };
std::string_view name(EndedReason reason);
std::optional<EndedReason> parse_ended_reason(std::string_view name);

// The lasting relation between an app and an organization or person: a connection of the hub dialect, a third-party
// authorization of the Nexus one when a foreign organization is its subject. At most one active per app and subject.
struct Connection {
  ConnectionId id;
  AppId app_id;
  std::optional<OrganizationId> organization_id;  // exactly one of these two
  std::optional<PersonId> person_id;
  std::vector<ScopeName> granted_scopes;
  std::optional<MembershipId> granted_by;  // none when an operator granted
  Instant granted_at;
  std::optional<Instant> ended_at;
  std::optional<EndedReason> ended_reason;
  std::int64_t version = 1;
  Instant created_at, updated_at;

  bool active() const { return !ended_at; }
};

}  // namespace hub
