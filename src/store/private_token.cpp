#include "hub/store/private_token.h"

#include "rows.h"

namespace hub::store {
namespace {

// By id, so that the columns of a token are read in one place.
void visit_all(Session& session, const std::vector<TokenId>& ids, const std::function<bool(const Token&)>& visit) {
  for (const TokenId& id : ids) {
    const std::optional<Token> token = find_token(session, id);
    if (token && !visit(*token)) return;
  }
}

std::vector<TokenId> ids_of(Session& session, const OrganizationId& organization) {
  return all_ids<TokenId>(
      session, "SELECT id FROM token WHERE organization_id = $1 AND name IS NOT NULL ORDER BY id DESC", {organization});
}

std::vector<TokenId> ids_of(Session& session, const PersonId& person) {
  return all_ids<TokenId>(
      session,
      "SELECT id FROM token WHERE person_id = $1 AND organization_id IS NULL AND name IS NOT NULL ORDER BY id DESC",
      {person});
}

void revoke_all(WriteSession& session, const std::vector<TokenId>& ids, Instant now, const Revoked& revoked) {
  for (const TokenId& id : ids) {
    const std::optional<Token> token = find_token(session, id);
    if (token && !token->revoked_at && token->expires_at > now) revoke_token(session, id, now, revoked);
  }
}

}  // namespace

void each_private_token(Session& session, const OrganizationId& organization,
                        const std::function<bool(const Token&)>& visit) {
  visit_all(session, ids_of(session, organization), visit);
}

void each_private_token(Session& session, const PersonId& person, const std::function<bool(const Token&)>& visit) {
  visit_all(session, ids_of(session, person), visit);
}

void revoke_private_tokens(WriteSession& session, const OrganizationId& organization, Instant now,
                           const Revoked& revoked) {
  revoke_all(session, ids_of(session, organization), now, revoked);
}

void revoke_private_tokens(WriteSession& session, const PersonId& person, Instant now, const Revoked& revoked) {
  revoke_all(session, ids_of(session, person), now, revoked);
}

}  // namespace hub::store
