#pragma once
#include <string_view>

namespace hub {

// 43 to 128 unreserved characters, of a verifier and of a challenge alike (RFC 7636 sections 4.1 and 4.2, claim CO-05).
bool is_pkce_text(std::string_view text);

}  // namespace hub
