#include "hub/domain/token.h"

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<7> grant_names{
    "by_hand", "client_credentials", "authorization_code", "device_code", "refresh", "delegation", "private"};
}

std::string_view name(GrantKind kind) { return domain::name_in(grant_names, kind); }
std::optional<GrantKind> parse_grant_kind(std::string_view name) {
  return domain::parse_in<GrantKind>(grant_names, name);
}

}  // namespace hub
