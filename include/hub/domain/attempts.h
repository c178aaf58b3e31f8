#pragma once
#include <cstdint>

#include "hub/base/time.h"

// How many wrong passwords are borne in a window of time (security.md "Values", claim AC-02), and what else anybody can
// cause.
namespace hub::attempts {

inline constexpr std::int64_t sign_in_failures_per_account = 10;
inline constexpr std::int64_t sign_in_failures_per_address = 100;
inline constexpr Seconds sign_in_window{15 * 60};
// Accounts that one address may ask for: each costs a password's hash.
inline constexpr std::int64_t sign_ups_per_address = 20;
// Mails that anybody can cause, to one address.
inline constexpr std::int64_t mails_per_recipient = 10;
// Invitations that a person may send, and that one address gets by mail; they take nothing from the others.
inline constexpr std::int64_t invitations_per_person = 100;
inline constexpr std::int64_t invitations_per_recipient = 5;
inline constexpr Seconds mail_window{3600};
inline constexpr Seconds longest_window = mail_window;

}  // namespace hub::attempts
