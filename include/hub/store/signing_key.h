#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/base/bytes.h"
#include "hub/domain/signing_key.h"
#include "hub/store/session.h"

namespace hub::store {

bool insert_signing_key(WriteSession& session, const SigningKeyRecord& key,
                        std::string_view private_sealed);                     // false: it exists
void update_signing_key(WriteSession& session, const SigningKeyRecord& key);  // the times
void forget_private_key(WriteSession& session, std::string_view kid);
std::optional<SigningKeyRecord> find_signing_key(Session& session, std::string_view kid);
std::vector<SigningKeyRecord> all_signing_keys(Session& session);  // oldest first

std::optional<std::string> find_active_kid(Session& session, Instant now);  // of the key that signs now
std::optional<Bytes> find_private_sealed(Session& session, std::string_view kid);

}  // namespace hub::store
