#include "hub/core/role.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::DecodeRoles;
using core::EncodeRoles;
using core::ListRoles;
using core::RoleAnswer;
using core::RolesAnswer;

Fields<RoleAnswer> role_fields() {
  return {
      {"bit", &RoleAnswer::bit, "Its bit in a token; none for contact.", {.show = Show::column}},
      {"value", &RoleAnswer::value, "What it adds to the claim roles.", {.show = Show::column}},
      {"name", &RoleAnswer::name, "Name in requests and answers.", {.show = Show::column}},
      {"english_title", &RoleAnswer::english_title, "Title in English.", {.show = Show::column}},
      {"german_title", &RoleAnswer::german_title, "Title in German.", {.show = Show::column}},
  };
}

Fields<RolesAnswer> roles_fields() {
  return {
      {"value", &RolesAnswer::value, "The claim roles of a token.", {.show = Show::column}},
      {"roles", &RolesAnswer::roles, "Names of the roles.", {.show = Show::column}},
  };
}

Fields<ListRoles> list_fields() { return {}; }

Fields<DecodeRoles> decode_fields() { return {{"value", &DecodeRoles::value, "The claim roles of a token."}}; }

Fields<EncodeRoles> encode_fields() {
  return {{"roles", &EncodeRoles::roles, "Names of roles.", {.reference = "role"}}};
}

}  // namespace

std::vector<Operation> role_operations() {
  return {
      operation({.name = "role list",
                 .summary = "List the roles of members",
                 .access = Access::everybody,
                 .id = "name",
                 .examples = {"hubctl role list"}},
                list_fields(), role_fields(), &core::list_roles),
      operation({.name = "role decode",
                 .summary = "Say which roles a number in a token means",
                 .access = Access::everybody,
                 .id = "roles",
                 .arguments = {"value"},
                 .examples = {"hubctl role decode 3"},
                 .errors = {codes::invalid_request}},
                decode_fields(), roles_fields(), &core::decode_roles),
      operation({.name = "role encode",
                 .summary = "Say which number in a token means these roles",
                 .access = Access::everybody,
                 .id = "value",
                 .arguments = {"roles"},
                 .examples = {"hubctl role encode owner admin", "hubctl role encode owner,admin -q"},
                 .errors = {codes::unknown_role, codes::invalid_request}},
                encode_fields(), roles_fields(), &core::encode_roles),
  };
}

}  // namespace hub::operations
