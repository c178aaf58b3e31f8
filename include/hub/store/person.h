#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/person.h"
#include "hub/store/session.h"

namespace hub::store {

std::vector<PersonId> people_named(Session& session, std::string_view reference);  // UUID, HashID or address
std::optional<Person> find_person(Session& session, const PersonId& id);
std::optional<PersonId> find_person_by_email(Session& session, std::string_view email_key);
bool insert_person(WriteSession& session, const Person& person,
                   std::optional<std::string_view> password_hash);  // false: the address is taken
bool update_person(WriteSession& session,
                   const Person& person);  // address, verification, names, preferences; false: the address is taken
void set_password_hash(WriteSession& session, const PersonId& id, std::string_view hash, Instant now);
void delete_person(WriteSession& session, const PersonId& id);
void each_person(Session& session, const std::function<bool(const Person&)>& visit);  // by age

}  // namespace hub::store
