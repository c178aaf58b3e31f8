#include "hub/base/codes.h"

namespace hub {
namespace {

constexpr Code every_code[] = {
    codes::internal,
    codes::store_damaged,
    codes::store_foreign,
    codes::store_newer,
    codes::store_older,
    codes::master_key,
    codes::usage,
    codes::ambiguous_reference,
    codes::not_found,
    codes::store_missing,
    codes::unknown_application,
    codes::bearer_does_not_exist,
    codes::unauthenticated,
    codes::invalid_client,
    codes::invalid_token,
    codes::role_required,
    codes::insufficient_scope,
    codes::own_application,
    codes::principal_not_allowed,
    codes::access_denied,
    codes::unauthorized_client,
    codes::already_authorized,
    codes::email_taken,
    codes::exists,
    codes::last_owner,
    codes::stale,
    codes::in_use,
    codes::wrong_state,
    codes::invalid_request,
    codes::unknown_field,
    codes::malformed_json,
    codes::malformed_token,
    codes::invalid_query,
    codes::invalid_redirect,
    codes::invalid_grant,
    codes::insecure_file,
    codes::unreadable_file,
    codes::unwritable_file,
    codes::unknown_role,
    codes::unknown_scope,
    codes::malformed_scope,
    codes::different_bearer_types,
    codes::different_bearer_ids,
    codes::unpermitted_bearer_id,
    codes::scope_is_not_included_in_desired_scopes,
    codes::ungranted_scope,
    codes::authorization_pending,
    codes::rate_limited,
    codes::slow_down,
    codes::store_busy,
    codes::store_read_only,
    codes::disk_full,
    codes::overloaded,
    codes::server_unreachable,
};

}  // namespace

std::span<const Code> all_codes() { return every_code; }

}  // namespace hub
