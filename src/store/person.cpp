#include "hub/store/person.h"

#include "rows.h"

namespace hub::store {
namespace {

Person read_person(const Row& row) {
  return {.id = row.id<PersonId>(0),
          .email = row.string(1),
          .email_key = row.string(2),
          .email_verified_at = row.optional_instant(3),
          .first_name = row.optional_string(4),
          .last_name = row.optional_string(5),
          .pronoun = row.optional_string(11),
          .locale = row.optional_string(12),
          .country_code = row.optional_string(13),
          .unit_system = row.optional_string(14),
          .time_zone = row.optional_string(15),
          .has_password = row.boolean(6),
          .last_sign_in_at = row.optional_instant(7),
          .version = row.integer(8),
          .created_at = row.instant(9),
          .updated_at = row.instant(10)};
}

}  // namespace

std::vector<PersonId> people_named(Session& session, std::string_view reference) {
  return all_ids<PersonId>(session, "SELECT id FROM person WHERE id = $1 OR hash_id = $2 OR email_key = $1 ORDER BY id",
                           {comparison_form(reference), reference});
}

std::optional<Person> find_person(Session& session, const PersonId& id) {
  return first_row<Person>(
      session,
      "SELECT id, email, email_key, email_verified_at, first_name, last_name, password_hash IS NOT "
      "NULL, last_sign_in_at, version, created_at, updated_at, pronoun, locale, country_code, unit_system, time_zone "
      "FROM person WHERE id = $1",
      {id}, read_person);
}

std::optional<PersonId> find_person_by_email(Session& session, std::string_view email_key) {
  return first_row<PersonId>(session, "SELECT id FROM person WHERE email_key = $1", {email_key},
                             [](const Row& row) { return row.id<PersonId>(0); });
}

bool insert_person(WriteSession& session, const Person& person, std::optional<std::string_view> password_hash) {
  return session.execute(
             "INSERT INTO person (id, hash_id, email, email_key, email_verified_at, first_name, last_name, "
             "password_hash, version, created_at, updated_at, pronoun, locale, country_code, unit_system, time_zone) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
             "ON CONFLICT DO NOTHING",
             {person.id, person.id.hash_id(), person.email, person.email_key, person.email_verified_at,
              person.first_name, person.last_name, password_hash, person.version, person.created_at, person.updated_at,
              person.pronoun, person.locale, person.country_code, person.unit_system, person.time_zone}) == 1;
}

bool update_person(WriteSession& session, const Person& person) {
  const std::optional<PersonId> holder = find_person_by_email(session, person.email_key);
  if (holder && !(*holder == person.id)) return false;
  session.execute(
      "UPDATE person SET email = $2, email_key = $3, email_verified_at = $4, first_name = $5, last_name = $6, "
      "version = $7, updated_at = $8, pronoun = $9, locale = $10, country_code = $11, unit_system = $12, time_zone = "
      "$13 WHERE id = $1",
      {person.id, person.email, person.email_key, person.email_verified_at, person.first_name, person.last_name,
       person.version, person.updated_at, person.pronoun, person.locale, person.country_code, person.unit_system,
       person.time_zone});
  return true;
}

void set_password_hash(WriteSession& session, const PersonId& id, std::string_view hash, Instant now) {
  session.execute("UPDATE person SET password_hash = $2, version = version + 1, updated_at = $3 WHERE id = $1",
                  {id, hash, now});
}

void delete_person(WriteSession& session, const PersonId& id) {
  session.execute("DELETE FROM person WHERE id = $1", {id});
}

void each_person(Session& session, const std::function<bool(const Person&)>& visit) {
  session.query(
      "SELECT id, email, email_key, email_verified_at, first_name, last_name, password_hash IS NOT NULL, "
      "last_sign_in_at, version, created_at, updated_at, pronoun, locale, country_code, unit_system, time_zone FROM "
      "person ORDER BY id",
      {}, [&](const Row& row) { return visit(read_person(row)); });
}

}  // namespace hub::store
