#pragma once
#include <span>

#include "hub/base/error.h"

// Every stable error code of the product, once. Adding one here documents it: help, man pages and the API description
// list all_codes(). Names come from the contracts where a contract names the case.
namespace hub::codes {

// broken machinery or data
inline constexpr Code internal{Failure::internal, "internal"};
inline constexpr Code store_damaged{Failure::internal, "store_damaged"};
inline constexpr Code store_foreign{Failure::internal, "store_foreign"};
inline constexpr Code store_newer{Failure::internal, "store_newer"};
inline constexpr Code store_older{Failure::internal, "store_older"};
inline constexpr Code master_key{Failure::internal, "master_key"};
// the command itself
inline constexpr Code usage{Failure::usage, "usage"};
inline constexpr Code ambiguous_reference{Failure::usage, "ambiguous_reference"};
// nothing there
inline constexpr Code not_found{Failure::not_found, "not_found"};
inline constexpr Code store_missing{Failure::not_found, "store_missing"};
inline constexpr Code unknown_application{Failure::not_found, "unknown_application"};
inline constexpr Code bearer_does_not_exist{Failure::not_found, "bearer_does_not_exist"};
// who are you
inline constexpr Code unauthenticated{Failure::unauthenticated, "unauthenticated"};
inline constexpr Code invalid_client{Failure::unauthenticated, "invalid_client"};
inline constexpr Code invalid_token{Failure::unauthenticated, "invalid_token"};
inline constexpr Code token_expired{Failure::unauthenticated, "token_expired"};
inline constexpr Code invalid_credentials{Failure::unauthenticated, "invalid_credentials"};
// not allowed
inline constexpr Code role_required{Failure::forbidden, "role_required"};
inline constexpr Code insufficient_scope{Failure::forbidden, "insufficient_scope"};
inline constexpr Code own_application{Failure::forbidden, "own_application"};
inline constexpr Code principal_not_allowed{Failure::forbidden, "principal_not_allowed"};
inline constexpr Code access_denied{Failure::forbidden, "access_denied"};
inline constexpr Code unauthorized_client{Failure::forbidden, "unauthorized_client"};
inline constexpr Code login_required{Failure::forbidden, "login_required"};
inline constexpr Code consent_required{Failure::forbidden, "consent_required"};
inline constexpr Code interaction_required{Failure::forbidden, "interaction_required"};
inline constexpr Code account_selection_required{Failure::forbidden, "account_selection_required"};
inline constexpr Code form_expired{Failure::forbidden, "form_expired"};
// contradicts what is there
inline constexpr Code already_authorized{Failure::conflict, "already_authorized"};
inline constexpr Code email_taken{Failure::conflict, "email_taken"};
inline constexpr Code exists{Failure::conflict, "exists"};
inline constexpr Code last_owner{Failure::conflict, "last_owner"};
inline constexpr Code stale{Failure::conflict, "stale"};
inline constexpr Code in_use{Failure::conflict, "in_use"};
inline constexpr Code wrong_state{Failure::conflict, "wrong_state"};
inline constexpr Code transfer_not_supported{Failure::conflict, "transfer_not_supported"};
inline constexpr Code address_in_use{Failure::conflict, "address_in_use"};
// rejected input
inline constexpr Code invalid_request{Failure::invalid, "invalid_request"};
inline constexpr Code unknown_field{Failure::invalid, "unknown_field"};
inline constexpr Code malformed_json{Failure::invalid, "malformed_json"};
inline constexpr Code malformed_token{Failure::invalid, "malformed_token"};
inline constexpr Code invalid_query{Failure::invalid, "invalid_query"};
inline constexpr Code invalid_redirect{Failure::invalid, "invalid_redirect"};
inline constexpr Code invalid_grant{Failure::invalid, "invalid_grant"};
inline constexpr Code insecure_file{Failure::invalid, "insecure_file"};
inline constexpr Code unreadable_file{Failure::invalid, "unreadable_file"};
inline constexpr Code unwritable_file{Failure::invalid, "unwritable_file"};
inline constexpr Code unsupported_grant_type{Failure::invalid, "unsupported_grant_type"};
inline constexpr Code method_not_allowed{Failure::invalid, "method_not_allowed"};
inline constexpr Code too_large{Failure::invalid, "too_large"};
inline constexpr Code unsupported_media_type{Failure::invalid, "unsupported_media_type"};
inline constexpr Code oauth_not_enabled{Failure::invalid, "oauth_not_enabled"};
inline constexpr Code ambiguous_dialect{Failure::invalid, "ambiguous_dialect"};
inline constexpr Code unknown_role{Failure::invalid, "unknown_role"};
inline constexpr Code unknown_scope{Failure::invalid, "unknown_scope"};
// scope errors of the hub contract, section 2.8
inline constexpr Code malformed_scope{Failure::invalid, "malformed_scope"};
inline constexpr Code different_bearer_types{Failure::invalid, "different_bearer_types"};
inline constexpr Code different_bearer_ids{Failure::invalid, "different_bearer_ids"};
inline constexpr Code unpermitted_bearer_id{Failure::invalid, "unpermitted_bearer_id"};
inline constexpr Code scope_is_not_included_in_desired_scopes{Failure::invalid,
                                                              "scope_is_not_included_in_desired_scopes"};
inline constexpr Code ungranted_scope{Failure::invalid, "ungranted_scope"};
inline constexpr Code scope_was_not_granted_in_parent{Failure::invalid, "scope_was_not_granted_in_parent"};
inline constexpr Code delegation_access_token_cannot_delegate{Failure::invalid,
                                                              "delegation_access_token_cannot_delegate"};
inline constexpr Code parent_has_no_delegation_permission{Failure::invalid, "parent_has_no_delegation_permission"};
inline constexpr Code unsupported_response_type{Failure::invalid, "unsupported_response_type"};
inline constexpr Code invalid_link{Failure::invalid, "invalid_link"};
inline constexpr Code expired_token{Failure::invalid, "expired_token"};
// not yet, not now
inline constexpr Code authorization_pending{Failure::pending, "authorization_pending"};
inline constexpr Code rate_limited{Failure::limited, "rate_limited"};
inline constexpr Code slow_down{Failure::limited, "slow_down"};
inline constexpr Code too_many_attempts{Failure::limited, "too_many_attempts"};
inline constexpr Code store_busy{Failure::unavailable, "store_busy"};
inline constexpr Code store_read_only{Failure::unavailable, "store_read_only"};
inline constexpr Code disk_full{Failure::unavailable, "disk_full"};
inline constexpr Code overloaded{Failure::unavailable, "overloaded"};
inline constexpr Code server_unreachable{Failure::unavailable, "server_unreachable"};

}  // namespace hub::codes

namespace hub {

// All of the above in that order, for documentation and tests.
std::span<const Code> all_codes();

}  // namespace hub
