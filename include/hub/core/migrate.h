#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/core/hub.h"

// The schema of a store, brought up to that of this hubctl by the operator and never by itself (decisions-week-one.md
// 5).
namespace hub::core {

struct MigrationAnswer {
  std::int64_t number = 0;
  std::string name, state;  // state: applied, due
  std::optional<Instant> applied_at;
};
Result<void> list_migrations(const HubLocation& location, const std::function<bool(const MigrationAnswer&)>& each);

struct MigrateRequest {
  std::optional<std::string> backup;  // file; default <store>.schema-N.backup, N the schema it has
};
struct MigrateAnswer {
  bool changed = true;
  std::string store;
  std::int64_t from = 0, to = 0;      // schemas
  std::optional<std::string> backup;  // none when nothing was due
};
// Backs the store up, looks whether the backup is whole, and applies what is due. Errors: those of opening a store;
// exists when there is something in place of the backup. call.dry_run tells what would be done.
Result<MigrateAnswer> migrate_up(const HubLocation& location, const Call& call, const MigrateRequest& request,
                                 Clock& clock, Random& random);

}  // namespace hub::core
