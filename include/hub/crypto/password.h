#pragma once
#include <string>
#include <string_view>

#include "hub/base/random.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"

namespace hub::crypto {

// scrypt (RFC 7914) with N=2^15, r=8, p=3: 32 MiB and about a quarter second. The result names its parameters:
// "$scrypt$ln=15,r=8,p=3$<salt>$<hash>", base64url, 16 and 32 octets. One is computed at a time and a few wait, so that
// passwords take neither all processors nor all threads from those who need none; more are `overloaded` (claim AC-03).
Result<std::string> hash_password(const Secret& password, Random& random);
bool verify_password(const Secret& password, std::string_view hash);  // false too when `hash` is none
bool needs_rehash(std::string_view hash);                             // made with other parameters than today's

}  // namespace hub::crypto
