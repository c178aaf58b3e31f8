#pragma once
#include <cstdint>

#include "hub/base/time.h"

// How many wrong passwords and codes are borne in a window of time: security.md "Values", claims AC-02 and DV-03.
namespace hub::attempts {

inline constexpr std::int64_t sign_in_failures_per_account = 10;
inline constexpr std::int64_t sign_in_failures_per_address = 100;
inline constexpr Seconds sign_in_window{15 * 60};
inline constexpr std::int64_t user_code_failures_per_session = 5;
inline constexpr std::int64_t user_code_failures_per_address = 50;
inline constexpr Seconds user_code_window{10 * 60};
// Mails that anybody can cause, to one address.
inline constexpr std::int64_t mails_per_recipient = 10;
inline constexpr Seconds mail_window{3600};
inline constexpr Seconds longest_window = mail_window;

}  // namespace hub::attempts
