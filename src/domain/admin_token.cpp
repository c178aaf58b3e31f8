#include "hub/domain/admin_token.h"

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<2> role_names{"read-only", "full"};
}

std::string_view name(AdminRole role) { return domain::name_in(role_names, role); }
std::optional<AdminRole> parse_admin_role(std::string_view name) {
  return domain::parse_in<AdminRole>(role_names, name);
}

}  // namespace hub
