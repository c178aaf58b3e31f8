#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "hub/domain/authorization_code.h"
#include "hub/store/session.h"

namespace hub::store {

// A code with what came of its redemption.
struct StoredCode {
  AuthorizationCode code;
  std::optional<TokenId> token_id;
  std::optional<NexusTokenId> nexus_token_id;
};

void insert_authorization_code(WriteSession& session, const AuthorizationCode& code, std::string_view hash);
std::optional<StoredCode> find_authorization_code(Session& session, std::string_view hash);  // used ones too
// Uses it up for one of the two; false: it was used before (claim G-01).
bool use_authorization_code(WriteSession& session, const CodeId& id, Instant now, const std::optional<TokenId>& token,
                            const std::optional<NexusTokenId>& nexus_token);

// Each forgets codes that were not used.
void end_codes(WriteSession& session, const AppId& app, const OrganizationId& organization);  // also on behalf of it
void end_codes(WriteSession& session, const AppId& app, const PersonId& person);
void end_codes_of_app(WriteSession& session, const AppId& app);
void end_codes_of_person(WriteSession& session, const PersonId& person);  // of all dialects
void end_other_codes(WriteSession& session, const AppId& app);            // of all dialects but that of Nexus
void end_nexus_codes(WriteSession& session, const AppId& app, const MembershipId& membership);
void end_nexus_codes(WriteSession& session, const AppId& app, const OrganizationId& organization);
// Whose profiles have one that was not used.
void each_organization_with_nexus_codes(Session& session, const AppId& app,
                                        const std::function<bool(const OrganizationId&)>& visit);

}  // namespace hub::store
