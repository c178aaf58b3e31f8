#include "upgrade.h"

#include <sys/stat.h>

#include <filesystem>

#include "connection.h"
#include "draft.h"
#include "fault_of.h"
#include "hub/base/codes.h"
#include "lock_file.h"
#include "open.h"

namespace hub::store {
namespace sqlite {
namespace {

// What check_schema says, with an older schema as a matter of course.
Result<std::vector<MigrationState>> states_of(Session& session, const std::vector<Migration>& migrations) {
  const Result<void> checked = check_tables(session, migrations);
  if (!checked && !(checked.error().code == codes::store_older)) return checked.error();
  std::vector<MigrationState> out;
  for (const Migration& migration : migrations) {
    out.push_back({.number = migration.number, .name = std::string(migration.name), .applied_at = {}});
  }
  session.query("SELECT number, applied_at FROM schema ORDER BY number", {}, [&](const Row& row) {
    out[static_cast<std::size_t>(row.integer(0)) - 1].applied_at = row.instant(1);
    return true;
  });
  return out;
}

std::size_t count_applied(const std::vector<MigrationState>& states) {
  std::size_t applied = 0;
  for (const MigrationState& state : states) applied += state.applied_at ? 1U : 0U;
  return applied;
}

class Database {
 public:
  Database(const std::string& path, int flags) {
    const int code = sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code == SQLITE_OK) return;
    StoreFault fault = last_fault(handle_);
    sqlite3_close(handle_);
    throw fault;
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

void copy_pages(sqlite3* from, const std::string& to) {
  const Database copy(to, SQLITE_OPEN_READWRITE);
  sqlite3_backup* const backup = sqlite3_backup_init(copy.handle(), "main", from, "main");
  if (backup == nullptr) throw last_fault(copy.handle());
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE || finished != SQLITE_OK) throw last_fault(copy.handle());
}

std::string first_text(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) != SQLITE_OK) throw last_fault(database);
  std::string text;
  if (sqlite3_step(statement) == SQLITE_ROW) text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
  return text;
}

// Read as it lies on the disk, without the log and the locks of a store that is in use.
Result<void> check_copy(const std::string& path, const std::string& applied) {
  const Database copy("file:" + path + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  const bool whole = first_text(copy.handle(), "PRAGMA integrity_check") == "ok" &&
                     first_text(copy.handle(), "SELECT CAST(count(*) AS TEXT) FROM schema") == applied;
  if (whole) return {};
  return Error{codes::store_damaged, "The backup is not whole, so nothing was migrated.", "check the disk"};
}

Result<void> back_up(Connection& connection, const std::string& path, std::size_t applied) {
  struct stat found {};
  if (lstat(path.c_str(), &found) == 0) {
    return Error{codes::exists, "There is something at " + path + " already.", "give --backup another name"};
  }
  Draft draft(path + ".new");
  copy_pages(connection.handle(), draft.path());
  if (Result<void> whole = check_copy(draft.path(), std::to_string(applied)); !whole) return whole;
  draft.publish(path);
  return {};
}

Result<std::int64_t> upgrade_locked(const std::string& path, const UpgradeOptions& options,
                                    const std::vector<Migration>& migrations, const Engine& engine) {
  Connection connection(path, Use::write, engine);
  const Result<std::vector<MigrationState>> states = states_of(connection, migrations);
  if (!states) return states.error();
  const std::size_t applied = count_applied(*states);
  if (applied == migrations.size()) return 0;
  if (Result<void> saved = back_up(connection, options.backup, applied); !saved) return saved.error();
  for (std::size_t i = applied; i < migrations.size(); ++i) {
    connection.control("BEGIN IMMEDIATE");
    connection.run_script(migrations[i].sql);
    record_migration(connection, migrations[i], options.now);
    connection.control("COMMIT");
  }
  return static_cast<std::int64_t>(migrations.size() - applied);
}

}  // namespace

Result<std::vector<MigrationState>> migrations_of(const std::string& path, const Engine& engine) {
  const Result<std::vector<Migration>> migrations = number_migrations(engine.migrations);
  if (!migrations) return migrations.error();
  if (Result<void> there = check_file(path, true); !there) return there.error();
  try {
    Connection connection(path, Use::read_only_file, engine);
    return states_of(connection, *migrations);
  } catch (const StoreFault& fault) {
    return fault.error();
  }
}

Result<std::int64_t> upgrade(const std::string& path, const UpgradeOptions& options, const Engine& engine) {
  const Result<std::vector<Migration>> migrations = number_migrations(engine.migrations);
  if (!migrations) return migrations.error();
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(path, problem);
  const std::string name = problem ? path : real.string();
  if (Result<void> there = check_file(name, false); !there) return there.error();
  try {
    LockFile lock_file(name + ".lock", name);
    Patience patience;
    patience.start();
    const LockFile::Hold hold = lock_file.hold(LockFile::Mode::exclusive, patience);
    return upgrade_locked(name, options, *migrations, engine);
  } catch (const StoreFault& fault) {
    return fault.error();
  }
}

}  // namespace sqlite

Result<std::vector<MigrationState>> migrations_of(const std::string& path) {
  return sqlite::migrations_of(path, sqlite::Engine());
}

Result<std::int64_t> upgrade_sqlite(const std::string& path, const UpgradeOptions& options) {
  return sqlite::upgrade(path, options, sqlite::Engine());
}

}  // namespace hub::store
