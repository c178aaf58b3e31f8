#include "connection.h"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include "fault_of.h"
#include "hub/base/codes.h"
#include "list_statement.h"

namespace hub::store::sqlite {

namespace {

// Statements a connection keeps. All literals of the product fit; texts put together at run time are not among them.
constexpr std::size_t most_prepared = 512;

StoreFault fault_of_library(const SQLite::Exception& problem, sqlite3* database) {
  const int system_errno = database ? sqlite3_system_errno(database) : 0;
  return fault_of(problem.getExtendedErrorCode(), system_errno, problem.what());
}

SQLite::Database open_database(const std::string& path, Use use) {
  // Counting memory takes a lock that all connections share, at each allocation. Says no once SQLite runs, which is
  // fine.
  [[maybe_unused]] static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  const int access = use == Use::read_only_file ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  try {
    return SQLite::Database(path, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE);
  } catch (const SQLite::Exception& problem) {
    throw fault_of_library(problem, nullptr);
  }
}

int wait_or_give_up(void* patience, int) {
  if (static_cast<Patience*>(patience)->is_over()) return 0;
  Patience::nap();
  return 1;
}

}  // namespace

// A statement out of the cache, or a fresh one while the cached one is in the middle of its rows.
class Connection::Lease {
 public:
  Lease(Connection& connection, std::string_view sql) {
    if (connection.engine_.before_statement) connection.engine_.before_statement(sql);
    const auto found = connection.prepared_.find(sql);
    if (found != connection.prepared_.end() && !found->second->in_use) {
      prepared_ = found->second.get();
    } else {
      auto fresh = std::make_unique<Prepared>(connection.handle(), sql);
      prepared_ = fresh.get();
      const bool keeps = !sql.ends_with(list_mark) && connection.prepared_.size() < most_prepared;
      if (found == connection.prepared_.end() && keeps) {
        connection.prepared_.emplace(fresh->statement.sql(), std::move(fresh));
      } else {
        own_ = std::move(fresh);
      }
    }
    prepared_->in_use = true;
  }
  ~Lease() {
    prepared_->statement.reset();
    prepared_->in_use = false;
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Statement& statement() const { return prepared_->statement; }

 private:
  Prepared* prepared_;
  std::unique_ptr<Prepared> own_;
};

Connection::Connection(const std::string& path, Use use, const Engine& engine)
    : engine_(engine), database_(open_database(path, use)) {
  patience_.start();
  configure(use);
}

void Connection::configure(Use use) {
  // First of all, so that not even a connection that is refused below moves the log of a file (rule L-12).
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // PostgreSQL takes "text" for a name, so SQLite shall not take it for a value.
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  sqlite3_busy_handler(handle(), wait_or_give_up, &patience_);
  if (use == Use::create) {
    require_setting("journal_mode", "DELETE", "delete");
    run_script("PRAGMA application_id = " + std::to_string(application_id));
  }
  require_ours();
  require_setting("wal_autocheckpoint", "0", "0");
  if (use != Use::create) require_write_ahead_log(use);
  require_setting("synchronous", "FULL", "2");
  require_setting("foreign_keys", "ON", "1");
  require_setting("secure_delete", "ON", "1");
  require_setting("trusted_schema", "OFF", "0");
  require_setting("mmap_size", "0", "0");
  require_setting("temp_store", "MEMORY", "2");  // rows do not go to files that nobody guards
  // A log that a long read made grow is cut when it starts over.
  require_setting("journal_size_limit", std::to_string(4 * limits::checkpoint_bytes),
                  std::to_string(4 * limits::checkpoint_bytes));
  // Each request at work has a reader of its own, and what all of them read is in the system's cache already. The upper
  // pages of the large indexes of a million rows are worth keeping by those that work most.
  if (use == Use::read) require_setting("cache_size", "-128", "-128");
  if (use == Use::read_much) require_setting("cache_size", "-512", "-512");
  if (use != Use::write && use != Use::create) require_setting("query_only", "ON", "1");
}

void Connection::require_ours() {
  if (setting("application_id") == std::to_string(application_id)) return;
  throw StoreFault(Error{codes::store_foreign, "The file is not a store of hubctl.", "check the path"});
}

void Connection::require_setting(const std::string& name, const std::string& value, const std::string& expected) {
  run_script("PRAGMA " + name + " = " + value);
  const std::string found = setting(name);
  if (found != expected) throw misuse("PRAGMA " + name + " is " + found + " instead of " + expected);
}

void Connection::require_write_ahead_log(Use use) {
  if (setting("journal_mode") == "wal") return;
  if (use != Use::read_only_file) return start_write_ahead_log();
  throw StoreFault(Error{codes::store_read_only, "The store has to be opened for writing once before it can be read.",
                         "run a command that may write it"});
}

void Connection::start_write_ahead_log() { require_setting("journal_mode", "WAL", "wal"); }

std::string Connection::setting(const std::string& name) {
  try {
    return database_.execAndGet("PRAGMA " + name).getString();
  } catch (const SQLite::Exception& problem) {
    throw fault_of_library(problem, handle());
  }
}

void Connection::query(std::string_view sql, Values values, const Visitor& visit) {
  const Lease lease(*this, sql);
  Statement& statement = lease.statement();
  statement.bind(values);
  bool wants_more = true;
  while (statement.step()) {
    if (wants_more) wants_more = visit(statement.row());
    // INSERT ... RETURNING has to run to its end to have taken place.
    if (!wants_more && statement.only_reads()) return;
  }
}

std::int64_t Connection::execute(std::string_view sql, Values values) {
  const Lease lease(*this, sql);
  Statement& statement = lease.statement();
  statement.bind(values);
  // sqlite3_changes keeps the count of an earlier statement if this one is no INSERT, UPDATE or DELETE.
  const sqlite3_int64 before = sqlite3_total_changes64(handle());
  while (statement.step()) {
  }
  return sqlite3_total_changes64(handle()) == before ? 0 : sqlite3_changes64(handle());
}

void Connection::control(std::string_view sql) { execute(sql, {}); }

void Connection::roll_back() noexcept {
  // The engine's hook is not asked: undoing must not fail. SQLite may have undone everything by itself already.
  if (in_transaction()) sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::run_script(std::string_view sql) {
  const std::string text(sql);
  if (sqlite3_exec(handle(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) throw last_fault(handle());
}

}  // namespace hub::store::sqlite
