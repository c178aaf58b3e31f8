#include "hub/domain/connection.h"

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<4> reason_names{"revoked", "application_deleted", "organization_deleted", "person_deleted"};
}

std::string_view name(EndedReason reason) { return domain::name_in(reason_names, reason); }
std::optional<EndedReason> parse_ended_reason(std::string_view name) {
  return domain::parse_in<EndedReason>(reason_names, name);
}

}  // namespace hub
