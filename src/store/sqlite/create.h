#pragma once
#include <string>
#include <vector>

#include "engine.h"
#include "hub/base/result.h"
#include "hub/store/store.h"

namespace hub::store::sqlite {

// Makes a database with all migrations at `path`: wholly or not at all, even if the process dies. `exists` if there is
// something already, or whatever options.fill says.
Result<void> create_database(const std::string& path, const std::vector<Migration>& migrations,
                             const OpenOptions& options, const Engine& engine);

}  // namespace hub::store::sqlite
