#include "hub/core/migrate.h"

#include <algorithm>

#include "hub/core/open.h"
#include "hub/store/upgrade.h"

namespace hub::core {
namespace {

std::int64_t applied_of(const std::vector<store::MigrationState>& states) {
  return std::ranges::count_if(states, [](const store::MigrationState& one) { return one.applied_at.has_value(); });
}

// In the trail of the store as it is now; its schema is the one this hubctl knows.
Result<void> note(const HubLocation& location, const Call& call, const MigrateAnswer& answer, Clock& clock,
                  Random& random) {
  const Result<std::unique_ptr<Hub>> hub = open_hub(location, false, clock, random);
  if (!hub) return hub.error();
  return (*hub)->write(call, [&](Work& work) -> Result<void> {
    work.audit("migrate up", "hub:schema", "ok",
               R"({"from":)" + std::to_string(answer.from) + R"(,"to":)" + std::to_string(answer.to) + "}");
    return {};
  });
}

}  // namespace

Result<void> list_migrations(const HubLocation& location, const std::function<bool(const MigrationAnswer&)>& each) {
  const auto states = store::migrations_of(location.store_path);
  if (!states) return states.error();
  for (const store::MigrationState& state : *states) {
    if (!each({state.number, state.name, state.applied_at ? "applied" : "due", state.applied_at})) break;
  }
  return {};
}

Result<MigrateAnswer> migrate_up(const HubLocation& location, const Call& call, const MigrateRequest& request,
                                 Clock& clock, Random& random) {
  const auto states = store::migrations_of(location.store_path);
  if (!states) return states.error();
  MigrateAnswer answer{.changed = false,
                       .store = location.store_path,
                       .from = applied_of(*states),
                       .to = static_cast<std::int64_t>(states->size()),
                       .backup = {}};
  if (answer.from == answer.to) return answer;
  const std::string backup =
      request.backup.value_or(location.store_path + ".schema-" + std::to_string(answer.from) + ".backup");
  if (!call.dry_run) {
    const Result<std::int64_t> applied =
        store::upgrade_sqlite(location.store_path, {.backup = backup, .now = clock.now()});
    if (!applied) return applied.error();
    if (*applied == 0) return answer;  // another process was faster
  }
  answer.changed = true;
  answer.backup = backup;
  if (call.dry_run) return answer;
  if (Result<void> noted = note(location, call, answer, clock, random); !noted) return noted.error();
  return answer;
}

}  // namespace hub::core
