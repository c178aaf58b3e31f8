#include <algorithm>
#include <iterator>

#include "nouns.h"

namespace hub::operations {
namespace {

using NounOperations = std::vector<Operation> (*)();

// One line per noun; help, completion, man pages and the sweeps follow this order.
const std::vector<NounOperations>& nouns_in_order() {
  static const std::vector<NounOperations> nouns{
      &status_operations,
      &organization_operations,
      &person_operations,
      &session_operations,
      &membership_operations,
      &role_operations,
      &app_operations,
      &credential_operations,
      &scope_operations,
      &desired_scope_operations,
      &scope_check_operations,
      &connection_operations,
      &connection_request_operations,
      &authorization_operations,
      &code_operations,
      &device_operations,
      &token_operations,
      &private_token_operations,
      &token_check_operations,
      &admin_token_operations,
      &key_operations,
      &audit_operations,
  };
  return nouns;
}

std::vector<Operation> concatenated() {
  std::vector<Operation> all;
  for (const NounOperations operations_of : nouns_in_order()) {
    std::vector<Operation> some = operations_of();
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace

const std::vector<Operation>& all_operations() {
  static const std::vector<Operation> all = concatenated();
  return all;
}

const Operation* find_operation(std::string_view name) {
  const std::vector<Operation>& all = all_operations();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Operation& one) { return one.info.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace hub::operations
