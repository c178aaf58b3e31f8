#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/reference.h"
#include "hub/core/work.h"
#include "hub/domain/token.h"

namespace hub::core {

// A private token without further questions, in the store from now on.
Result<Token> insert_private_token(Work& work, const Subject& subject, const std::string& token_name,
                                   std::vector<ScopeName> scopes, Seconds lifetime);

// The token of the row in text. It can be written again while its key is there; wrong_state when that is gone.
Result<Secret> private_token_text(View& view, const Token& token);

// Every scope of the hub itself that an organization can hold.
std::vector<ScopeName> hub_scopes_of_organizations(View& view);

// What of a private token's scopes is in force: those that exist, apply to its subject, and are of the hub or of an app
// the subject is connected to.
std::vector<ScopeName> private_scopes(View& view, const Token& token);

}  // namespace hub::core
