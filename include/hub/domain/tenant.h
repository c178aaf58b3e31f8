#pragma once
#include "hub/domain/principal.h"

namespace hub {

// Which organizations' rows a caller may reach; only a Principal makes one. Store functions on tenant tables take it
// and apply it in the query itself, so that a foreign row is exactly like a missing one (claim G-07, nexus211.md
// section 3.3).
class Tenant {
 public:
  explicit Tenant(const Principal& principal)
      : person_id_(principal.person_id), organization_id_(principal.organization_id) {}

  // A person: the organizations with a joined membership of theirs. An app or profile: the one it acts in. Both: that
  // one, if it is among those. Neither: every organization.
  const std::optional<PersonId>& person_id() const { return person_id_; }
  const std::optional<OrganizationId>& organization_id() const { return organization_id_; }

 private:
  std::optional<PersonId> person_id_;
  std::optional<OrganizationId> organization_id_;
};

}  // namespace hub
