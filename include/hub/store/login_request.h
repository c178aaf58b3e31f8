#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/bytes.h"
#include "hub/domain/login_request.h"
#include "hub/store/session.h"

namespace hub::store {

// Hints in one column, for requests and devices.
std::string hints_text(const LoginHints& hints);
LoginHints parse_hints(std::string_view text);

// A request with the keyed hash of the browser it began in.
struct StoredLoginRequest {
  LoginRequest request;
  Bytes browser_hash;
};
void insert_login_request(WriteSession& session, const LoginRequest& request, std::string_view handle_hash,
                          std::string_view browser_hash);
// Notes that an organization was made on the way; false: there was one before, or the request is used up.
bool note_made_organization(WriteSession& session, const LoginRequestId& id);
std::optional<StoredLoginRequest> find_login_request(Session& session, std::string_view handle_hash);  // used ones too
bool use_login_request(WriteSession& session, const LoginRequestId& id, Instant now);  // false: used before (G-01)

}  // namespace hub::store
