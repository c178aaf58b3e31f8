#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/secret.h"
#include "hub/core/hub.h"

// A password as proof of who somebody is: counted before it is compared, compared outside of transactions, and believed
// only if it is the person's still in the one that acts on it (claims AC-01 to AC-03).
namespace hub::core {

struct PasswordProof {
  std::string email_key;
  const Secret& password;
  std::string address;  // it came from; "" is not counted
  bool counted = true;
};
struct Proven {
  PersonId person_id;
  std::string hash;                     // that the password has
  std::optional<std::string> new_hash;  // the same password under today's parameters
};
// invalid_credentials, too_many_attempts, overloaded.
Result<Proven> prove_password(Hub& hub, const Call& call, const PasswordProof& proof);
// In the transaction that believes it: forgives the account's failures, keeps the new hash. invalid_credentials when
// the password was changed meanwhile.
Result<void> accept_proof(Work& work, const PasswordProof& proof, const Proven& proven);
// An account locked by wrong passwords is open again.
Result<void> forgive_failures(Work& work, std::string_view email_key);

}  // namespace hub::core
