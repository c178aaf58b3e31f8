#pragma once
#include <string>

#include "hub/base/random.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"

namespace hub::core {

// The 32 octets in a master key file: `master_key` when it is missing, readable by others, or no key.
Result<Secret> read_master_key(const std::string& path);
// The same; makes the file when there is none.
Result<Secret> read_or_make_master_key(const std::string& path, Random& random);

}  // namespace hub::core
