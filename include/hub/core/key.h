#pragma once
#include <optional>
#include <string>

#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/crypto/signing_key.h"

// The keys that sign tokens (zaikio-hub.md section 4.2; claims TK-10 and TK-11).
namespace hub::core {

struct Keys;

// The key of a new hub, which signs at once.
void insert_first_key(Work& work, const crypto::SigningKey& key, Keys& keys);

}  // namespace hub::core
