#pragma once
#include <string>
#include <string_view>

#include "hub/domain/person.h"
#include "hub/domain/role.h"
#include "hub/http/message.h"

namespace hub::http {

// "en" or "de" of a language tag ("de-AT"), "" for another one.
std::string ui_language(std::string_view tag);
// What the person set, else what the browser prefers (RFC 9110 section 12.5.4), else English.
std::string language_of(const Request& request, const Person* person);

// "Owner"; "Owner, Admin".
std::string role_in_words(Role role, std::string_view language);
std::string roles_in_words(const RoleSet& roles, std::string_view language);

}  // namespace hub::http
