#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"

// Roles as words and as the bits of a token's `roles` claim (zaikio-hub.md section 1.2). Needs no hub.
namespace hub::core {

struct RoleAnswer {
  std::optional<std::int64_t> bit;  // none: contact, which a token does not carry
  std::int64_t value = 0;           // 2^bit
  std::string name, english_title, german_title;
};
struct ListRoles {};
Result<std::vector<RoleAnswer>> list_roles(const ListRoles& request);

struct RolesAnswer {
  std::int64_t value = 0;
  std::vector<std::string> roles;
};
struct DecodeRoles {
  std::int64_t value = 0;
};
Result<RolesAnswer> decode_roles(const DecodeRoles& request);  // invalid_request for a bit that no role has

struct EncodeRoles {
  std::vector<std::string> roles;
};
Result<RolesAnswer> encode_roles(const EncodeRoles& request);  // unknown_role

}  // namespace hub::core
