#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/domain/person.h"

// People: humans with a login (zaikio-hub.md section 5.4, nexus211.md "User"). A person reaches only themselves.
namespace hub::core {

struct PersonAnswer {
  std::string email, name;
  bool verified = false;
  std::optional<Instant> last_sign_in;
  std::string id, hash_id;
  std::optional<std::string> first_name, last_name;
  std::optional<Instant> email_verified_at;
  std::optional<std::string> pronoun, locale, country_code, unit_system, time_zone;  // none: nothing said
  bool has_password = false;
  Instant created_at, updated_at;
  std::int64_t version = 1;
};

struct ListPeople {};
Result<void> list_people(View& view, const ListPeople& request, const std::function<bool(const PersonAnswer&)>& each);

struct ShowPerson {
  std::string person;
};
Result<PersonAnswer> show_person(View& view, const ShowPerson& request);

struct CreatePerson {
  std::string email;
  std::optional<std::string> first_name, last_name;
  bool verified = false;
  std::optional<Secret> password;
};
// A checked request with the password hashed, so that no hashing happens inside a transaction.
struct NewPerson {
  CreatePerson request;
  std::optional<std::string> password_hash;
};
Result<NewPerson> prepare_person(const CreatePerson& request, Random& random);
Result<NewPerson> prepare_create_person(Hub& hub, const CreatePerson& request);
// email_taken when the address is. A verified address takes over the memberships that wait for it.
Result<PersonId> insert_new_person(Work& work, const NewPerson& person);
// The same for the caller; with ensure a taken address is fine if nothing differs. A password counts only for a person
// who has none.
Result<Changed<PersonAnswer>> create_person(Work& work, const CreatePerson& request, const NewPerson& prepared);

struct UpdatePerson {
  std::string person;
  std::optional<std::string> email;
  Patch<std::string> first_name, last_name;
  Patch<std::string> pronoun, locale, country_code, unit_system, time_zone;
};
// Another address is not verified; one that differs in case only is the same (claim AC-05). email_taken;
// invalid_request at the field for a value that zaikio-hub.md section 5.4 does not know, or an unknown time zone.
Result<Changed<PersonAnswer>> update_person(Work& work, const UpdatePerson& request);

struct DeletePerson {
  std::string person;
  std::string confirm;  // their address
};
// Ends their connections, memberships and every token that speaks for them; last_owner while an organization has no
// other owner.
Result<Changed<PersonAnswer>> delete_person(Work& work, const DeletePerson& request);

struct SetPassword {
  std::string person;
  Secret password;
};
// The hash of a new password.
struct PreparedPassword {
  std::string hash;
};
Result<PreparedPassword> prepare_password(Hub& hub, const SetPassword& request);
// Another password ends every token that speaks for the person (claim AC-04); a first one ends nothing.
Result<Changed<PersonAnswer>> set_password(Work& work, const SetPassword& request, const PreparedPassword& prepared);

struct VerifyEmail {
  std::string person;
};
// wrong_state if it is verified already, which is fine with ensure. Memberships that wait for the address become
// theirs.
Result<Changed<PersonAnswer>> verify_email(Work& work, const VerifyEmail& request);

}  // namespace hub::core
