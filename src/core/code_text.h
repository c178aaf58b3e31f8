#pragma once
#include "hub/base/bytes.h"
#include "hub/base/secret.h"
#include "hub/core/work.h"
#include "hub/domain/authorization_code.h"

namespace hub::core {

// What a code is found by: its keyed hash, of 43 base64url characters that are kept nowhere.
Result<Bytes> hash_code(View& view, const Secret& text);
// Gives the code its id and times and keeps it; the text is given once.
Result<Secret> insert_code(Work& work, AuthorizationCode& code);

}  // namespace hub::core
