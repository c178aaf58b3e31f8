#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"

namespace hub {

enum class HubMode { production, sandbox };
std::string_view name(HubMode mode);

// May this be registered as a redirect target (claim AZ-03, decisions-week-one.md 18)? invalid_redirect with the
// reason: relative, fragment, user info, wildcard, control character, backslash, space, non-ASCII, http off loopback
// (allowed in sandbox mode), a scheme that runs code or reads files, no host or none that is one, more than 2000 bytes.
// Private-use schemes with or without a dot are fine when a slash follows. Text with an @ is not repeated in the error:
// it may hold a password.
Result<void> check_redirect_uri(std::string_view uri, HubMode mode);

// https, or http on this machine: all that the Nexus surface and the portal take (nexus211.md section 1.3).
bool is_web_target(std::string_view url);

// Is `requested` the registered target? Byte equality, nothing normalized (claim AZ-02).
bool same_redirect_uri(std::string_view registered, std::string_view requested);

// An issuer: http or https, a host, an optional port and path; no trailing slash, query, fragment or user info.
// invalid_request with the reason.
Result<void> check_issuer(std::string_view issuer);

}  // namespace hub
