#include "hub/store/password.h"

#include "rows.h"

namespace hub::store {
namespace {

StoredPassword read_password(const Row& row) { return {row.id<PersonId>(0), row.optional_string(1)}; }

}  // namespace

std::optional<StoredPassword> find_password(Session& session, std::string_view email_key) {
  return first_row<StoredPassword>(session, "SELECT id, password_hash FROM person WHERE email_key = $1", {email_key},
                                   read_password);
}

std::optional<StoredPassword> find_password(Session& session, const PersonId& person) {
  return first_row<StoredPassword>(session, "SELECT id, password_hash FROM person WHERE id = $1", {person},
                                   read_password);
}

void replace_password_hash(WriteSession& session, const PersonId& person, std::string_view hash) {
  session.execute("UPDATE person SET password_hash = $2 WHERE id = $1", {person, hash});
}

void note_sign_in(WriteSession& session, const PersonId& person, Instant now) {
  session.execute("UPDATE person SET last_sign_in_at = $2 WHERE id = $1", {person, now});
}

}  // namespace hub::store
