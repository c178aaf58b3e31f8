#include "hub/core/person.h"

#include <algorithm>

#include "hub/base/time_zone.h"
#include "hub/core/hub.h"
#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/crypto/password.h"
#include "hub/domain/organization.h"
#include "hub/domain/preferences.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/person.h"
#include "hub/store/private_token.h"
#include "person_rules.h"
#include "rules.h"

namespace hub::core {
namespace {

PersonAnswer answer_of(const Person& person) {
  return {.email = person.email,
          .name = person.full_name(),
          .verified = person.email_verified_at.has_value(),
          .last_sign_in = person.last_sign_in_at,
          .id = person.id.text(),
          .hash_id = person.id.hash_id(),
          .first_name = person.first_name,
          .last_name = person.last_name,
          .email_verified_at = person.email_verified_at,
          .pronoun = person.pronoun,
          .locale = person.locale,
          .country_code = person.country_code,
          .unit_system = person.unit_system,
          .time_zone = person.time_zone,
          .has_password = person.has_password,
          .created_at = person.created_at,
          .updated_at = person.updated_at,
          .version = person.version};
}

Changed<PersonAnswer> done(bool changed, const Person& person) { return {changed, person.email, answer_of(person)}; }

Error taken(const std::string& email) {
  return {codes::email_taken, "There is a person with the address " + email + " already.", "", "email"};
}

Result<void> check_address(const std::string& email) {
  if (is_email(email)) return {};
  return Error{codes::invalid_request, "That is not an address mail could be sent to.", "jane@acme.test", "email"};
}

Result<void> check_names(const std::optional<std::string>& first_name, const std::optional<std::string>& last_name) {
  if (first_name) {
    if (Result<void> valid = check_display_name(*first_name, "first_name"); !valid) return valid;
  }
  if (last_name) return check_display_name(*last_name, "last_name");
  return {};
}

template <std::size_t count>
Result<void> check_one_of(const std::array<std::string_view, count>& known, const std::optional<std::string>& value,
                          std::string_view field) {
  if (!value || std::ranges::find(known, *value) != known.end()) return {};
  std::string hint;
  for (const std::string_view one : known) hint += (hint.empty() ? "" : ", ") + std::string(one);
  return Error{codes::invalid_request, "The " + std::string(field) + " is not one the hub knows.", hint,
               std::string(field)};
}

Result<void> check_preferences(const Person& person) {
  if (Result<void> known = check_one_of(pronouns, person.pronoun, "pronoun"); !known) return known;
  if (Result<void> known = check_one_of(locales, person.locale, "locale"); !known) return known;
  if (Result<void> known = check_one_of(unit_systems, person.unit_system, "unit_system"); !known) return known;
  if (person.country_code && !is_country_code(*person.country_code)) {
    return Error{codes::invalid_request, "The country code is two capital letters.", "", "country_code"};
  }
  if (person.time_zone && !is_time_zone(*person.time_zone)) {
    return Error{codes::invalid_request, "There is no such time zone.", "Europe/Berlin", "time_zone"};
  }
  return {};
}

// True if that changed anything.
bool apply(const UpdatePerson& request, Person& person) {
  bool changed = request.first_name.apply_to(person.first_name);
  changed |= request.last_name.apply_to(person.last_name);
  changed |= request.pronoun.apply_to(person.pronoun);
  changed |= request.locale.apply_to(person.locale);
  changed |= request.country_code.apply_to(person.country_code);
  changed |= request.unit_system.apply_to(person.unit_system);
  changed |= request.time_zone.apply_to(person.time_zone);
  return changed;
}

Result<void> check_password(const Secret& password) {
  const std::size_t size = password.reveal().size();
  if (size < limits::password_bytes_least || size > limits::password_bytes_most) {
    return Error{codes::invalid_request,
                 "A password has " + std::to_string(limits::password_bytes_least) + " to " +
                     std::to_string(limits::password_bytes_most) + " bytes.",
                 "", "password"};
  }
  if (!is_clean_utf8(password.reveal())) {
    return Error{codes::invalid_request, "The password is not clean UTF-8.", "", "password"};
  }
  return {};
}

void person_changed(Work& work, const Person& person) { work.emit("zaikio.person_updated", "Per/" + person.id.text()); }

// A password cannot be compared with a hash inside a transaction, so it differs only from none.
bool says_nothing_else(const CreatePerson& request, const Person& there) {
  return (!request.first_name || request.first_name == there.first_name) &&
         (!request.last_name || request.last_name == there.last_name) &&
         (!request.verified || there.email_verified_at) && (!request.password || there.has_password);
}

}  // namespace

Result<void> list_people(View& view, const ListPeople&, const std::function<bool(const PersonAnswer&)>& each) {
  if (!view.principal().is_operator()) {
    const auto& id = view.principal().person_id;
    const auto self = id ? store::find_person(view.db(), *id) : std::nullopt;
    if (self) each(answer_of(*self));
    return {};
  }
  store::each_person(view.db(), [&](const Person& person) { return each(answer_of(person)); });
  return {};
}

Result<PersonAnswer> show_person(View& view, const ShowPerson& request) {
  const Result<Person> person = find_person(view, request.person);
  if (!person) return person.error();
  return answer_of(*person);
}

Result<NewPerson> prepare_person(const CreatePerson& request, Random& random) {
  if (Result<void> valid = check_address(request.email); !valid) return valid.error();
  if (Result<void> valid = check_names(request.first_name, request.last_name); !valid) return valid.error();
  NewPerson person{.request = request, .password_hash = std::nullopt};
  if (request.password) {
    if (Result<void> valid = check_password(*request.password); !valid) return valid.error();
    Result<std::string> hash = crypto::hash_password(*request.password, random);
    if (!hash) return hash.error();
    person.password_hash = std::move(*hash);
  }
  return person;
}

Result<NewPerson> prepare_create_person(Hub& hub, const CreatePerson& request) {
  return prepare_person(request, hub.random());
}

Result<PersonId> insert_new_person(Work& work, const NewPerson& person) {
  const CreatePerson& request = person.request;
  Person row;
  row.id = PersonId::make(work.now(), work.random());
  row.email = request.email;
  row.email_key = comparison_form(request.email);
  if (request.verified) row.email_verified_at = work.now();
  row.first_name = request.first_name;
  row.last_name = request.last_name;
  row.created_at = row.updated_at = work.now();
  if (!store::insert_person(work.db(), row, person.password_hash)) return taken(request.email);
  if (request.verified) store::link_memberships(work.db(), row.email_key, row.id, work.now());
  return row.id;
}

Result<Changed<PersonAnswer>> create_person(Work& work, const CreatePerson& request, const NewPerson& prepared) {
  const Result<PersonId> id = insert_new_person(work, prepared);
  if (id) return done(true, *store::find_person(work.db(), *id));
  const auto there_id = store::find_person_by_email(work.db(), comparison_form(request.email));
  if (!there_id) return id.error();
  const Person there = *store::find_person(work.db(), *there_id);
  const auto accepted =
      exists_already(work, says_nothing_else(request, there), "The person " + there.email, done(false, there));
  if (accepted) return accepted;
  Error error = accepted.error();
  error.code = codes::email_taken;
  return error;
}

Result<Changed<PersonAnswer>> update_person(Work& work, const UpdatePerson& request) {
  const Result<Person> before = find_person(work, request.person);
  if (!before) return before.error();
  if (Result<void> current = work.check_version(before->version); !current) return current.error();
  Person after = *before;
  if (request.email) {
    if (Result<void> valid = check_address(*request.email); !valid) return valid.error();
    after.email = *request.email;
    after.email_key = comparison_form(*request.email);
    if (after.email_key != before->email_key) after.email_verified_at = std::nullopt;
  }
  const bool changed = apply(request, after) || after.email != before->email;
  if (Result<void> valid = check_names(after.first_name, after.last_name); !valid) return valid.error();
  if (Result<void> valid = check_preferences(after); !valid) return valid.error();
  if (changed) {
    ++after.version;
    after.updated_at = work.now();
    if (!store::update_person(work.db(), after)) return taken(after.email);
    person_changed(work, after);
  }
  return done(changed, after);
}

Result<Changed<PersonAnswer>> delete_person(Work& work, const DeletePerson& request) {
  const Result<Person> person = find_person(work, request.person);
  if (!person) return gone_already<PersonAnswer>(work, person.error(), request.person);
  if (Result<void> confirmed = check_confirmed(work, request.confirm, person->email); !confirmed)
    return confirmed.error();
  if (Result<void> current = work.check_version(person->version); !current) return current.error();
  std::vector<Membership> memberships;
  store::each_membership_of(work.db(), person->id, [&](const Membership& membership) {
    memberships.push_back(membership);
    return true;
  });
  for (const Membership& membership : memberships) {
    Result<void> stays = check_owner_stays(work, membership);
    if (!stays) {
      Error error = stays.error();
      error.message =
          person->email + " is the last owner of " + organization_name(work, membership.organization_id) + ".";
      return error;
    }
  }
  std::vector<Connection> connections;
  store::each_connection_of_person(work.db(), person->id, [&](const Connection& connection) {
    connections.push_back(connection);
    return true;
  });
  for (const Connection& connection : connections) end_connection(work, connection, EndedReason::person_deleted);
  for (const Membership& membership : memberships) end_membership(work, membership);
  forget_traces(work, person->id);
  store::revoke_private_tokens(work.db(), person->id, work.now(),
                               [&](const Token& token) { token_revoked(work, token); });
  store::delete_person(work.db(), person->id);
  return done(true, *person);
}

Result<PreparedPassword> prepare_password(Hub& hub, const SetPassword& request) {
  if (Result<void> valid = check_password(request.password); !valid) return valid.error();
  Result<std::string> hash = crypto::hash_password(request.password, hub.random());
  if (!hash) return hash.error();
  return PreparedPassword{std::move(*hash)};
}

Result<Changed<PersonAnswer>> set_password(Work& work, const SetPassword& request, const PreparedPassword& prepared) {
  const Result<Person> before = find_person(work, request.person);
  if (!before) return before.error();
  if (Result<void> current = work.check_version(before->version); !current) return current.error();
  if (before->has_password) password_replaced(work, before->id);
  store::set_password_hash(work.db(), before->id, prepared.hash, work.now());
  return done(true, *store::find_person(work.db(), before->id));
}

Result<Changed<PersonAnswer>> verify_email(Work& work, const VerifyEmail& request) {
  const Result<Person> before = find_person(work, request.person);
  if (!before) return before.error();
  if (before->email_verified_at) {
    if (work.call().ensure) return done(false, *before);
    return Error{codes::wrong_state, "The address " + before->email + " is verified already.",
                 "--ensure accepts it as it is"};
  }
  return done(true, mark_verified(work, *before));
}

}  // namespace hub::core
