#pragma once
#include <functional>

#include "hub/domain/token.h"
#include "hub/store/token.h"

// Tokens with a name, of no app: newest first.
namespace hub::store {

void each_private_token(Session& session, const OrganizationId& organization,
                        const std::function<bool(const Token&)>& visit);
void each_private_token(Session& session, const PersonId& person, const std::function<bool(const Token&)>& visit);
// Ends all that have not ended yet; `revoked` learns which.
void revoke_private_tokens(WriteSession& session, const OrganizationId& organization, Instant now,
                           const Revoked& revoked);
void revoke_private_tokens(WriteSession& session, const PersonId& person, Instant now, const Revoked& revoked);

}  // namespace hub::store
