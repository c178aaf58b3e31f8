#pragma once
#include "hub/base/time.h"

// How long things live: zaikio-hub.md section 3.4, security.md "Values", decisions.md 8.
namespace hub::lifetimes {

inline constexpr Seconds access_token{3600};
inline constexpr Seconds authorization_code{60};
inline constexpr Seconds nexus_authorization_code{600};
inline constexpr Seconds admin_token{90 * 24 * 3600};
inline constexpr Seconds admin_token_most{366 * 24 * 3600};
inline constexpr Seconds refresh_token{7 * 24 * 3600};
inline constexpr Seconds device_code{600};
inline constexpr Seconds login_request{15 * 60};
inline constexpr Seconds session_idle{8 * 3600};
inline constexpr Seconds session_most{24 * 3600};
inline constexpr Seconds verification_link{24 * 3600};
inline constexpr Seconds reset_link{3600};
inline constexpr Seconds mail{24 * 3600};  // no attempts after that: its links are over
inline constexpr Seconds mail_kept{7 * 24 * 3600};
inline constexpr Seconds ended_device_kept{24 * 3600};  // it is told that its code expired
inline constexpr Seconds ended_code_kept{24 * 3600};
inline constexpr Seconds invitation{7 * 24 * 3600};
inline constexpr Seconds key_publish_ahead{24 * 3600};         // verifiers may cache a key set for a day
inline constexpr Seconds secret_overlap_most{30 * 24 * 3600};  // a rotated secret beside its successor
inline constexpr Seconds private_access_token{365 * 24 * 3600};
inline constexpr Seconds spent_refresh_token_kept{7 * 24 * 3600};  // after its family ended (claim RF-08)

}  // namespace hub::lifetimes
