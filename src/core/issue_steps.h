#pragma once
#include <memory>
#include <optional>
#include <string>

#include "hub/core/issue.h"
#include "hub/crypto/signing_key.h"
#include "hub/domain/app.h"
#include "hub/domain/credential.h"
#include "id_token.h"

// The steps of the token path that issuing and refreshing share.
namespace hub::core {

// A token that is in the store, with what signing it needs.
struct Decided {
  Token token;
  std::vector<DroppedScope> dropped;
  std::optional<Secret> refresh_token;
  TokenStyle style = TokenStyle::hub;
  std::string client_id;  // standard style only
  std::string issuer;
  std::shared_ptr<const crypto::SigningKey> key;
  std::optional<IdTokenSubject> id_token;
};

// The app's credential of that name, client id or id; without one its first. not_found unless active.
Result<Credential> choose_credential(View& view, const App& app, const std::optional<std::string>& reference);

// bearer_does_not_exist, in the same words whether an id is unknown or not connected: nobody learns which ids there
// are.
Error no_bearer(const App& app);

// The claim `sub`: "Organization/<uuid>", "Person/<uuid>", "Person/<uuid>>Organization/<uuid>".
std::string subject_claim(const Token& token);

// The public base URL of the hub, as the process serves it.
Result<std::string> issuer_of(View& view);

// The key that signs now, parsed. Asked on the snapshot too, so that no key is parsed while others wait for the writer.
Result<std::shared_ptr<const crypto::SigningKey>> active_key(View& view);

// Gives the granted token its id, times and key and inserts it; the family is the one given or a new one.
Result<Decided> insert_decided(Work& work, Grant grant, const TokenRequest& request, std::optional<FamilyId> family);

// Signs what was decided: CPU only. After a dry run there is nothing to sign.
Issued sign(const Call& call, const Decided& decided);

// A refresh token carries the id of its row and 256 random bits.
Secret make_refresh_token(const TokenId& id, Random& random);
std::optional<TokenId> refresh_token_id(const Secret& token);
Result<Bytes> hash_refresh_token(View& view, const Secret& token);

}  // namespace hub::core
