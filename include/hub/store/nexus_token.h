#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "hub/domain/nexus_token.h"
#include "hub/store/session.h"

namespace hub::store {

void insert_nexus_token(WriteSession& session, const NexusToken& token, std::string_view hash);
std::optional<NexusToken> find_nexus_token(Session& session, std::string_view hash);  // revoked ones too
// Each answers how many ended that had not before.
std::int64_t revoke_nexus_token(WriteSession& session, const NexusTokenId& id, Instant now);
std::int64_t revoke_nexus_tokens_of_app(WriteSession& session, const AppId& app, Instant now);
std::int64_t revoke_nexus_tokens_of_membership(WriteSession& session, const MembershipId& membership, Instant now);
std::int64_t revoke_nexus_tokens_of_credential(WriteSession& session, const CredentialId& credential, Instant now);
void each_nexus_token_of_app(Session& session, const AppId& app,
                             const std::function<bool(const NexusToken&)>& visit);  // not revoked

}  // namespace hub::store
