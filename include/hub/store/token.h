#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/base/bytes.h"
#include "hub/domain/tenant.h"
#include "hub/domain/token.h"
#include "hub/store/session.h"

namespace hub::store {

void insert_token(WriteSession& session, const Token& token, std::optional<std::string_view> refresh_hash);
std::optional<Token> find_token(Session& session, const TokenId& id);
// The newest token of the same grant that is neither revoked nor expired.
std::optional<Token> find_living_in_family(Session& session, const Token& member, Instant now);
std::optional<Bytes> find_refresh_hash(Session& session, const TokenId& id);  // none: no refresh token, or ended
bool use_refresh_token(WriteSession& session, const TokenId& id,
                       Instant now);  // false: it was used before (claim G-01)

// Each ends access tokens that are neither revoked nor expired, with the refresh tokens of their grants; `revoked`
// learns which access tokens those were; the value is how many refresh tokens ended that could still have been used.
using Revoked = std::function<void(const Token&)>;
std::int64_t revoke_token(WriteSession& session, const TokenId& id, Instant now, const Revoked& revoked);
std::int64_t revoke_family(WriteSession& session, const Token& member, Instant now, const Revoked& revoked);
std::int64_t revoke_tokens_of_credential(WriteSession& session, const CredentialId& credential, Instant now,
                                         const Revoked& revoked);
std::int64_t revoke_tokens_of_connection(WriteSession& session, const ConnectionId& connection, Instant now,
                                         const Revoked& revoked);
std::int64_t revoke_tokens_on_behalf(WriteSession& session, const OrganizationId& organization, const PersonId& person,
                                     Instant now, const Revoked& revoked);
// Those with which a person acts through one app for the organizations they belong to.
std::int64_t revoke_tokens_on_behalf(WriteSession& session, const AppId& app, const PersonId& person, Instant now,
                                     const Revoked& revoked);
std::int64_t revoke_all_tokens(WriteSession& session, Instant now, const Revoked& revoked);
// Access tokens only: a leaked signing key tells nothing of refresh tokens.
void revoke_tokens_of_key(WriteSession& session, std::string_view kid, Instant now, const Revoked& revoked);

void each_revoked_token(Session& session, Instant now,
                        const std::function<bool(const Token&)>& visit);  // not yet expired
void each_token(Session& session, const Tenant& tenant,
                const std::function<bool(const Token&)>& visit);  // newest first
void each_token_of_app(Session& session, const AppId& app, const std::function<bool(const Token&)>& visit);
void each_token_of_credential(Session& session, const CredentialId& credential,
                              const std::function<bool(const Token&)>& visit);
void each_token_of_organization(Session& session, const OrganizationId& organization,
                                const std::function<bool(const Token&)>& visit);
void each_token_of_person(Session& session, const PersonId& person, const std::function<bool(const Token&)>& visit);

}  // namespace hub::store
