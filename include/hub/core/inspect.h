#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/base/result.h"
#include "hub/base/time.h"
#include "hub/core/hub.h"
#include "hub/crypto/jwt.h"

// Tokens looked at: without a store, or against the keys and revocations of one.
namespace hub::core {

// {"header","claims","signature":"not_checked","times","roles"}: what a token says, nothing checked. malformed_token.
Result<void> inspect_token(std::string_view token, Json& answer);

struct VerifyOptions {
  // "" takes any. Default: ZAI, the issuer claim of the hub contract, or `own_issuer`; without that any URL in a token
  // that calls itself at+jwt (RFC 9068).
  std::optional<std::string> issuer;
  std::optional<std::string> audience;  // "app" accepts app and app/<name>; "app/name" only itself
  std::vector<std::string> scopes;      // all of them must be in the token; rw covers r and w
  std::optional<std::string> subject;   // the `sub` claim, or "Org/<id>", "Per/<id>", "Organization/<id>", ...
  Seconds leeway{0};
  std::string own_issuer = {};  // of the hub that is asked
};

// What is known of revocations: the moment a jti was revoked, if it was.
using RevokedAt = std::function<std::optional<Instant>(std::string_view jti)>;

// Exit statuses of `token verify`: 0 valid, 11 expired, 12 revoked, 13 no token, bad signature or unknown key, 14
// claims wrong. The order of the checks is signature, revocation, time, claims; the first failure decides
// (decisions-week-one.md 28).
int verify_token(std::string_view token, const crypto::KeySet& keys, const VerifyOptions& options, Instant now,
                 const RevokedAt& revoked_at, Json& answer);

// The same against a hub: its published keys, read once for many tokens, and its revocations, read for each.
Result<crypto::KeySet> keys_of(Hub& hub, const Call& call);
Result<int> verify_against_store(Hub& hub, const Call& call, const crypto::KeySet& keys, std::string_view token,
                                 const VerifyOptions& options, Json& answer);
// "org:acme" and "person:jane@acme.test" as VerifyOptions::subject wants them; other spellings as they are.
Result<std::string> subject_claim_of(Hub& hub, const Call& call, std::string_view reference);

// A key set from the text of a JWKS file.
Result<crypto::KeySet> parse_key_set(std::string_view jwks);

}  // namespace hub::core
