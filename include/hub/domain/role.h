#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "hub/base/result.h"

namespace hub {

// The nine roles of the hub contract in the order that defines their bits (zaikio-hub.md section 1.2), and `contact` of
// the Nexus contract, which has no bit and stands alone (decisions-week-one.md 11). New roles are only ever appended.
enum class Role {
  owner,
  admin,
  member,
  purchaser,
  production_planner,
  customer_service_representative,
  sales_representative,
  designer,
  developer,
  contact,
};

std::string_view name(Role role);          // technical name, as in requests and answers
std::string_view english_name(Role role);  // "Customer service representative"
std::string_view german_name(Role role);
std::optional<Role> parse_role(std::string_view name);
std::span<const Role> all_roles();      // with contact, in the order above
std::span<const Role> all_hub_roles();  // the nine that have a bit

// A set of roles of one membership.
class RoleSet {
 public:
  RoleSet() = default;
  RoleSet(std::initializer_list<Role> roles);
  // Bit 62 is contact. Unknown bits are dropped, and contact where it does not stand alone.
  static RoleSet from_stored(std::int64_t stored);
  // Names to a set: unknown_role with the nearest name as hint; invalid_request for `contact` beside another role.
  static Result<RoleSet> parse(const std::vector<std::string>& names);

  bool has(Role role) const;
  void add(Role role);  // contact gives way to any other role, and is not added beside one
  void remove(Role role);
  bool empty() const { return stored_ == 0; }
  std::vector<Role> roles() const;         // in order
  std::vector<std::string> names() const;  // in order
  std::int64_t bits() const;               // the `roles` claim: sum of the values; contact counts nothing
  std::int64_t stored() const { return stored_; }

  // Owner > admin > member (and the roles from purchaser on) > contact (nexus211.md section 1.2).
  bool at_least_admin() const;
  bool at_least_member() const;

  friend bool operator==(const RoleSet&, const RoleSet&) = default;

 private:
  std::int64_t stored_ = 0;
};

}  // namespace hub
