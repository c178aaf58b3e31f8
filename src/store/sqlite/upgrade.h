#pragma once
#include <string>
#include <vector>

#include "engine.h"
#include "hub/store/upgrade.h"

namespace hub::store::sqlite {

// The functions of hub/store/upgrade.h with another engine.
Result<std::vector<MigrationState>> migrations_of(const std::string& path, const Engine& engine);
Result<std::int64_t> upgrade(const std::string& path, const UpgradeOptions& options, const Engine& engine);

}  // namespace hub::store::sqlite
