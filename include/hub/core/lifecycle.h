#pragma once
#include <string_view>

#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/domain/token.h"
#include "hub/store/token.h"

// The effects that the end of one thing has on others, in one transaction (nexus211.md section 6, zaikio-hub.md
// section 4.3). Every operation that ends something goes through these.
namespace hub::core {

// Ends the connection with its key, its tokens and their refresh tokens; that of a person ends the tokens with which
// they act for organizations through the app too. Emits revoked_connection to the app, and authorization.revoked if
// there was a key.
void end_connection(Work& work, Connection connection, EndedReason reason);
// Codes and devices that were agreed to for the connection's subject and not used: what is taken away must not come
// back by them.
void forget_agreements(Work& work, const Connection& connection);
// Forgets the secret and revokes every token made with it.
void end_credential(Work& work, const Credential& credential);
// Service accounts' tokens that the replaced secret made end with it (nexus211.md section 6).
void secret_replaced(Work& work, const CredentialId& credential);
// Tokens and codes of profiles that the app no longer admits end; those of service accounts stay. Codes and devices of
// the other dialects end unless everybody is admitted: who still is signs in again.
void audience_changed(Work& work, const App& app);
// The app's credentials, connections and tokens end; its row goes and its client id is never given out again.
void end_app(Work& work, const App& app);
// Tokens with which the person acted for the organization are revoked, and the row goes.
void end_membership(Work& work, const Membership& membership);
// Every token that speaks for the person, with the refresh tokens of its grant (claim AC-04).
void end_tokens_of_person(Work& work, const PersonId& person);
// The same; `revoked` learns which access tokens those were, and the value is how many usable refresh tokens ended.
std::int64_t end_tokens_of_person(Work& work, const PersonId& person, const store::Revoked& revoked);

// Emits an event about a member who joined and is a person (zaikio-hub.md section 6.6); nothing for all others.
void member_changed(Work& work, std::string_view name, const Membership& membership);

// Emits revoked_access_token (zaikio-hub.md section 6.6) for a token that has just been revoked.
void token_revoked(Work& work, const Token& token);

}  // namespace hub::core
