#include "hub/domain/credential.h"

#include "text_rules.h"

namespace hub {

bool is_credential_name(std::string_view name) {
  return name.size() <= 4 &&
         domain::consists_of(name, 1, [](char c) { return domain::is_lower(c) || domain::is_digit(c); });
}

}  // namespace hub
