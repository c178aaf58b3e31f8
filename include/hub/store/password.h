#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/id.h"
#include "hub/store/session.h"

namespace hub::store {

// Whose password this is the hash of; none for a person without one.
struct StoredPassword {
  PersonId person_id;
  std::optional<std::string> hash;
};
std::optional<StoredPassword> find_password(Session& session, std::string_view email_key);
std::optional<StoredPassword> find_password(Session& session, const PersonId& person);
// The same password under other parameters: no change of the person.
void replace_password_hash(WriteSession& session, const PersonId& person, std::string_view hash);
void note_sign_in(WriteSession& session, const PersonId& person, Instant now);

}  // namespace hub::store
