#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"

namespace hub {

// Who acts. An operator can open the store and its master key, and is asked for no role; a person acts with the roles
// of their memberships (decisions-week-one.md 7 and 8).
struct Principal {
  std::string actor;                  // for the audit trail: "local:root", "person:<uuid>"
  std::optional<PersonId> person_id;  // none: an operator

  static Principal local_operator(const std::string& os_user) { return {"local:" + os_user, std::nullopt}; }
  static Principal person(const PersonId& id) { return {"person:" + id.text(), id}; }
  bool is_operator() const { return !person_id; }
};

}  // namespace hub
