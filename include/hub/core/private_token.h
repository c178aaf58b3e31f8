#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/domain/token.h"

// Private access tokens: made by hand for an organization or person itself, of no app, with a name and chosen scopes
// (zaikio-hub.md sections 1.1 and 4.1). `aud` is the subject. They are shown, listed and revoked like other tokens too.
namespace hub::core {

struct PrivateTokenAnswer {
  std::string jti, name, subject;  // "org:acme", "person:jane@acme.test"
  std::vector<std::string> scopes;
  Instant issued_at, expires_at;
  std::optional<Secret> access_token;  // shown this once; none after a dry run
};

struct CreatePrivateToken {
  std::string subject;
  std::string name;
  std::vector<std::string> scopes;
  std::optional<Seconds> lifetime;  // can only shorten a year
};
// By the person themself, an admin of the organization, or an operator: role_required otherwise. unknown_scope;
// invalid_request for a scope that does not apply to the subject, or of an app it is not connected to.
Result<Changed<PrivateTokenAnswer>> create_private_token(Work& work, const CreatePrivateToken& request);

struct ListPrivateTokens {
  std::string subject;
};
// Those that can still be used, newest first; for whoever may make them.
Result<void> list_private_tokens(View& view, const ListPrivateTokens& request,
                                 const std::function<bool(const PrivateTokenAnswer&)>& each);

}  // namespace hub::core
