#pragma once
#include <string_view>

#include "hub/base/bytes.h"

namespace hub::crypto {

Bytes sha256(std::string_view data);                               // 32 octets
Bytes sha512(std::string_view data);                               // 64 octets
Bytes hmac_sha256(std::string_view key, std::string_view data);    // 32 octets, RFC 2104
bool equal_constant_time(std::string_view a, std::string_view b);  // lengths are not hidden

}  // namespace hub::crypto
