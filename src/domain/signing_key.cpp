#include "hub/domain/signing_key.h"

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<4> state_names{"staged", "active", "retired", "revoked"};
}

std::string_view name(KeyState state) { return domain::name_in(state_names, state); }

}  // namespace hub
