#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/hub.h"
#include "hub/domain/app.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/domain/nexus_token.h"
#include "hub/domain/token.h"

// Who is behind a client id and secret, or behind a token: one resolver for all dialects (nexus211.md section 9.2).
namespace hub::core {

// An app that proved itself by a secret, or one that has none to do so.
struct Client {
  App app;
  Credential credential;  // its organization_id is where the client acts
  bool previous = false;  // by the secret before the last rotation

  bool third_party() const { return credential.connection_id.has_value(); }
};

// invalid_client in the same words and after the same work for an unknown id, a wrong, revoked or missing secret and a
// disabled app (claims CA-03, CA-07, G-06). No secret finds public clients only; a public one that sends any is
// refused.
Result<Client> authenticate_client(View& view, std::string_view client_id, const std::optional<Secret>& secret);
// The same in a snapshot of its own. Notes the use of the secret, at most once a minute; that a store which takes no
// writes cannot note it is no reason to refuse.
Result<Client> authenticate_client(Hub& hub, const Call& call, std::string_view client_id,
                                   const std::optional<Secret>& secret);

// The note by itself, for those who authenticate in a snapshot of their own.
void note_secret_use(Hub& hub, const Call& call, const Client& client);

// What the client may do in its organization now (nexus211.md section 3.1).
std::vector<ScopeName> effective_scopes(View& view, const Client& client);

// The one who asks.
struct Caller {
  enum class Kind { client, organization, person, on_behalf, profile, admin };
  Kind kind = Kind::client;
  Principal principal;
  std::optional<App> app;                         // none: admin tokens
  std::optional<Credential> credential;           // client: the one used; hub tokens: the one that made it
  std::optional<OrganizationId> organization_id;  // where it acts: client, organization, on_behalf, profile
  std::optional<PersonId> person_id;              // person, on_behalf
  std::optional<Membership> membership;           // profile
  std::optional<Token> token;                     // organization, person, on_behalf
  std::optional<NexusToken> nexus_token;          // profile
  std::vector<ScopeName> scopes;                  // in force at this moment
  bool read_only = false;                         // admin tokens of that role
  bool previous = false;                          // client: by the secret before the last rotation

  bool third_party() const { return credential && credential->connection_id.has_value(); }
  bool has_scope(const ScopeName& wanted) const { return covers(scopes, wanted); }
};
Result<Caller> caller_of(View& view, const Client& client);

// The caller behind a bearer token: a hub token (JWT of either route), a Nexus token or an admin token, told apart by
// their form (claim TK-04). token_expired for an expired hub token; invalid_token for everything else: unparsable, bad
// signature, unknown, revoked, its grant gone.
Result<Caller> authenticate_bearer(Hub& hub, const Call& call, const Secret& token);

}  // namespace hub::core
