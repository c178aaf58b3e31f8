#include "hub/domain/authorization_code.h"

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<3> dialect_names{"hub", "standard", "nexus"};
}

std::string_view name(CodeDialect dialect) { return domain::name_in(dialect_names, dialect); }
std::optional<CodeDialect> parse_code_dialect(std::string_view name) {
  return domain::parse_in<CodeDialect>(dialect_names, name);
}

}  // namespace hub
