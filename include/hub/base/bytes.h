#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hub {

// Raw octets. A std::string, because every library in use takes and gives those; never assumed to be text.
using Bytes = std::string;

std::string base64url(std::string_view octets);  // RFC 4648 section 5, no padding
std::string hex(std::string_view octets);        // lower case

// Decodes canonical base64url only: no padding, no white space, no spare bits (RFC 7515 section 2; claim TK-03).
// False leaves `out` unspecified.
bool decode_base64url(std::string_view text, Bytes& out);

}  // namespace hub
