#include "hub/base/error.h"

#include <algorithm>
#include <array>

#include "hub/base/codes.h"

namespace hub {
namespace {

// Codes that are OAuth error names themselves (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5).
constexpr std::array<std::string_view, 13> oauth_names{"access_denied",
                                                       "authorization_pending",
                                                       "expired_token",
                                                       "invalid_client",
                                                       "invalid_grant",
                                                       "invalid_request",
                                                       "invalid_scope",
                                                       "server_error",
                                                       "slow_down",
                                                       "temporarily_unavailable",
                                                       "unauthorized_client",
                                                       "unsupported_grant_type",
                                                       "unsupported_response_type"};

// The contract's scope errors, which OAuth knows under one name only.
constexpr std::array scope_codes{codes::malformed_scope,
                                 codes::different_bearer_types,
                                 codes::different_bearer_ids,
                                 codes::unpermitted_bearer_id,
                                 codes::scope_is_not_included_in_desired_scopes,
                                 codes::ungranted_scope,
                                 codes::bearer_does_not_exist,
                                 codes::scope_was_not_granted_in_parent,
                                 codes::delegation_access_token_cannot_delegate,
                                 codes::parent_has_no_delegation_permission,
                                 codes::unknown_scope};

std::string_view oauth_error_of(Failure failure) {
  switch (failure) {
    case Failure::internal:
      return "server_error";
    case Failure::usage:
      return "invalid_request";
    case Failure::not_found:
      return "invalid_grant";
    case Failure::unauthenticated:
      return "invalid_client";
    case Failure::forbidden:
      return "access_denied";
    case Failure::conflict:
      return "invalid_grant";
    case Failure::invalid:
      return "invalid_request";
    case Failure::pending:
      return "authorization_pending";
    case Failure::limited:
      return "slow_down";
    case Failure::unavailable:
      return "temporarily_unavailable";
  }
  __builtin_unreachable();
}

}  // namespace

int exit_status(Failure failure) {
  switch (failure) {
    case Failure::internal:
      return 1;
    case Failure::usage:
      return 2;
    case Failure::not_found:
      return 3;
    case Failure::unauthenticated:
      return 4;
    case Failure::forbidden:
      return 5;
    case Failure::conflict:
      return 6;
    case Failure::invalid:
      return 7;
    case Failure::pending:
      return 8;
    case Failure::limited:
      return 9;
    case Failure::unavailable:
      return 9;
  }
  __builtin_unreachable();
}

int http_status(Failure failure) {
  switch (failure) {
    case Failure::internal:
      return 500;
    case Failure::usage:
      return 400;
    case Failure::not_found:
      return 404;
    case Failure::unauthenticated:
      return 401;
    case Failure::forbidden:
      return 403;
    case Failure::conflict:
      return 409;
    case Failure::invalid:
      return 400;
    case Failure::pending:
      return 400;
    case Failure::limited:
      return 429;
    case Failure::unavailable:
      return 503;
  }
  __builtin_unreachable();
}

std::string_view oauth_error(const Code& code) {
  if (std::find(oauth_names.begin(), oauth_names.end(), code.name) != oauth_names.end()) return code.name;
  if (std::find(scope_codes.begin(), scope_codes.end(), code) != scope_codes.end()) return "invalid_scope";
  return oauth_error_of(code.failure);
}

}  // namespace hub
