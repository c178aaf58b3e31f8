#pragma once
#include <string>
#include <string_view>

#include "hub/base/random.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"

namespace hub::crypto {

// A place in the line of those whose password is computed. The line is bounded, and all but one of the processors work
// on it, so that passwords take neither all processors nor all threads from those who need none (claim AC-03).
class PasswordPlace {
 public:
  PasswordPlace();
  PasswordPlace(const PasswordPlace&) = delete;
  PasswordPlace& operator=(const PasswordPlace&) = delete;
  ~PasswordPlace();
  explicit operator bool() const { return has_; }  // false: the line is full
  static Error refusal();                          // overloaded

 private:
  bool has_;
};
inline constexpr int password_places_most = 64;
// How long the line may become, for the whole process: a server keeps threads for others.
void set_password_places(int places);

// scrypt (RFC 7914) with N=2^15, r=8, p=3: 32 MiB and about a quarter second. The result names its parameters:
// "$scrypt$ln=15,r=8,p=3$<salt>$<hash>", base64url, 16 and 32 octets. Takes a place of its own; overloaded.
Result<std::string> hash_password(const Secret& password, Random& random);
// False too when `hash` is none. Who has none is compared with the second, so that nobody learns of it by the clock.
bool verify_password(const PasswordPlace& place, const Secret& password, std::string_view hash);
std::string absent_hash();                 // no password has it, and it takes as long
bool needs_rehash(std::string_view hash);  // made with other parameters than today's

}  // namespace hub::crypto
