#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/random.h"
#include "hub/domain/login_request.h"
#include "hub/domain/scope.h"

namespace hub::limits {

// Wrong user codes within the window before the right one is as good as a wrong one (claim DV-03).
inline constexpr std::int64_t user_code_failures_session = 5, user_code_failures_address = 50,
                              user_code_failures_hub = 5000;

}  // namespace hub::limits

namespace hub::lifetimes {

inline constexpr Seconds user_code_window{600};
inline constexpr Seconds device_interval{5}, device_slow_down{5};  // between polls; more after each that came too soon

}  // namespace hub::lifetimes

namespace hub {

// A device that waits until somebody lets its app in, or refuses (RFC 8628, zaikio-hub.md section 3.6). Both of its
// codes are kept as keyed hashes only.
struct DeviceAuthorization {
  DeviceId id;
  AppId app_id;
  CredentialId credential_id;
  std::string scope;  // as requested, and all that decides later about the token's scopes (claim DV-05)
  LoginHints hints;
  std::string address;               // where it was asked
  bool proven = false;               // the client proved itself at the start, and has to at each poll
  Seconds interval{0};               // the least time between two polls
  std::optional<Instant> polled_at;  // the last time that the interval was kept
  Instant created_at, expires_at;

  std::optional<bool> allowed;  // none: nobody has decided
  std::optional<Instant> decided_at;
  std::optional<PersonId> decided_by;             // none: an operator
  std::optional<OrganizationId> organization_id;  // the bearer, or the one acted for
  std::optional<PersonId> person_id;              // the bearer, or the one who acts
  std::vector<ScopeName> scopes;                  // as requested
  std::vector<std::string> openid;                // scopes of OpenID Connect beside them
  std::optional<Instant> authenticated_at;        // when the person gave their password

  std::optional<Instant> used_at;

  bool waits(Instant now) const { return !decided_at && expires_at > now; }
};

// "BCDF-GHJK": 8 of 20 consonants, which spell nothing and look like no digit (RFC 8628 section 6.1; claim DV-04).
std::string make_user_code(Random& random);
// What somebody typed, in that form: any case, with or without dashes and spaces. None: it can be no user code.
std::optional<std::string> parse_user_code(std::string_view text);

}  // namespace hub
