#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/domain/person.h"

// People: humans with a login (zaikio-hub.md section 5.4, nexus211.md "User").
namespace hub::core {

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
// email_taken when the address is. A verified address takes over the memberships that wait for it.
Result<PersonId> insert_new_person(Work& work, const NewPerson& person);

}  // namespace hub::core
