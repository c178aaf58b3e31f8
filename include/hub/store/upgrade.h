#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/base/time.h"

// Stores of an older schema brought up to date (decisions-week-one.md 5). No command does it by itself.
namespace hub::store {

// One migration this binary knows; none of the two: it is still due.
struct MigrationState {
  std::int64_t number = 0;
  std::string name;  // "0002_codes_and_bearers.sql"
  std::optional<Instant> applied_at;
};
// All of them in order. Errors: those of open_sqlite but store_older.
Result<std::vector<MigrationState>> migrations_of(const std::string& path);

struct UpgradeOptions {
  std::string backup;  // file that must not exist yet
  Instant now;
};
// Writes a backup and looks whether it is whole, then applies what is due, each migration wholly or not at all. Holds
// off every writer of every process meanwhile; of two processes the second finds nothing left to do. The value is how
// many were applied; with none there is no backup either. Errors: those of migrations_of; exists for the backup.
Result<std::int64_t> upgrade_sqlite(const std::string& path, const UpgradeOptions& options);

}  // namespace hub::store
