#pragma once
#include <optional>
#include <string>

#include "hub/base/id.h"

namespace hub {

// A human with a login (zaikio-hub.md section 5.4, nexus211.md "User"). The password hash never leaves the store's row.
struct Person {
  PersonId id;
  std::string email;      // as typed
  std::string email_key;  // comparison_form(email), unique
  std::optional<Instant> email_verified_at;
  std::optional<std::string> first_name, last_name;
  std::optional<std::string> pronoun;       // "She/Her", "He/Him"
  std::optional<std::string> locale;        // "en", "en-US", "de"
  std::optional<std::string> country_code;  // ISO 3166 alpha-2
  std::optional<std::string> unit_system;   // "metric", "imperial"
  std::optional<std::string> time_zone;     // IANA; none: Etc/UTC
  bool has_password = false;
  std::optional<Instant> last_sign_in_at;
  std::int64_t version = 1;
  Instant created_at, updated_at;

  std::string full_name() const;  // "first last", one of them, or the address
};

}  // namespace hub
