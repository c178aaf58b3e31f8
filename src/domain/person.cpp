#include "hub/domain/person.h"

namespace hub {

std::string Person::full_name() const {
  std::string full = first_name.value_or("");
  if (last_name && !last_name->empty()) {
    if (!full.empty()) full += ' ';
    full += *last_name;
  }
  return full.empty() ? email : full;
}

}  // namespace hub
