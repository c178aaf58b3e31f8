#pragma once
#include <string>

#include "hub/core/issue.h"
#include "hub/domain/app.h"
#include "hub/domain/authorization_code.h"

// What codes and devices share once they are redeemed.
namespace hub::core {

// invalid_grant: one answer for every reason, so that nobody learns which it was.
Error refused_grant(std::string cause);

// What a token of this consent may hold, once everybody's grants are as they consented: the connections come into being
// here. invalid_grant when a rule says no by now.
Result<Grant> consummate(Work& work, const App& app, const AuthorizationCode& code);

}  // namespace hub::core
