#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "hub/domain/admin_token.h"
#include "hub/store/session.h"

namespace hub::store {

bool insert_admin_token(WriteSession& session, const AdminToken& token,
                        std::string_view hash);                                       // false: the name is taken
std::optional<AdminToken> find_admin_token(Session& session, std::string_view hash);  // ended ones too
// By id, or by name among those not revoked.
std::optional<AdminToken> find_admin_token_named(Session& session, std::string_view reference);
void revoke_admin_token(WriteSession& session, const AdminTokenId& id, Instant now);
void note_admin_token_use(WriteSession& session, const AdminTokenId& id, Instant now);
void each_admin_token(Session& session, const std::function<bool(const AdminToken&)>& visit);  // by age

}  // namespace hub::store
