#include "hub/domain/membership.h"

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<3> kind_names{"human", "contact", "service"};
}

std::string_view name(MembershipKind kind) { return domain::name_in(kind_names, kind); }
std::optional<MembershipKind> parse_membership_kind(std::string_view name) {
  return domain::parse_in<MembershipKind>(kind_names, name);
}

}  // namespace hub
