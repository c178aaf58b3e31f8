#pragma once
#include <initializer_list>
#include <string_view>

#include "hub/base/bytes.h"
#include "hub/base/secret.h"

namespace hub::crypto {

// HMAC-SHA-256 over the parts one after the other, without a copy of them that would have to be wiped.
Bytes hmac_sha256_of(std::string_view key, std::initializer_list<std::string_view> parts);

// 32 octets of HKDF-SHA-256 (RFC 5869) without salt; `purpose` is its info.
Secret derive_key(const Secret& from, std::string_view purpose);

}  // namespace hub::crypto
