#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/scope.h"

namespace hub {

// A member of an organization who may not install an app asks those who may. At most one open per app, organization and
// person.
struct ConnectionRequest {
  ConnectionRequestId id;
  AppId app_id;
  OrganizationId organization_id;
  PersonId person_id;
  std::vector<ScopeName> scopes;       // canonical
  std::optional<bool> approved;        // none: open
  std::optional<PersonId> decided_by;  // none: an operator
  std::optional<Instant> decided_at;
  std::int64_t version = 1;
  Instant created_at, updated_at;

  bool is_open() const { return !decided_at; }
};

}  // namespace hub
