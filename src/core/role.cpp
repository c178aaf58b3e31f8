#include "hub/core/role.h"

#include "hub/base/codes.h"
#include "hub/domain/role.h"

namespace hub::core {

Result<std::vector<RoleAnswer>> list_roles(const ListRoles&) {
  std::vector<RoleAnswer> rows;
  std::int64_t bit = 0;
  for (const Role role : all_roles()) {
    const std::int64_t value = RoleSet{role}.bits();
    rows.push_back({.bit = value == 0 ? std::nullopt : std::optional(bit++),
                    .value = value,
                    .name = std::string(name(role)),
                    .english_title = std::string(english_name(role)),
                    .german_title = std::string(german_name(role))});
  }
  return rows;
}

Result<RolesAnswer> decode_roles(const DecodeRoles& request) {
  const RoleSet roles = RoleSet::from_stored(request.value);
  if (request.value < 0 || roles.bits() != request.value) {
    return Error{codes::invalid_request, std::to_string(request.value) + " has bits that belong to no role.",
                 "hubctl role list", "value"};
  }
  return RolesAnswer{request.value, roles.names()};
}

Result<RolesAnswer> encode_roles(const EncodeRoles& request) {
  if (request.roles.empty()) return Error{codes::invalid_request, "Name at least one role.", "", "roles"};
  const Result<RoleSet> roles = RoleSet::parse(request.roles);
  if (!roles) return roles.error();
  return RolesAnswer{roles->bits(), roles->names()};
}

}  // namespace hub::core
