#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "hub/base/result.h"
#include "hub/store/session.h"

// The layer `store` turns rows into structs and back. SQL lives here and nowhere else, written once in a subset that
// SQLite and PostgreSQL both speak; only Session and Store are written per engine.
namespace hub::store {

// What a write job wants done with its changes when it returns a value.
enum class Outcome { commit, roll_back };  // roll_back: a dry run; nothing of it stays

// Thrown by engines for broken machinery and caught at the transaction boundary below, which turns it into an Error
// (store_busy, store_read_only, disk_full, store_damaged, internal). Code between must not catch it.
class StoreFault;

// What the writer has done since the store was opened, for metrics.
struct WriterStats {
  std::int64_t queued = 0;             // jobs that wait or are at work now
  std::int64_t commits = 0, jobs = 0;  // transactions, and the jobs that shared them
  std::int64_t commit_us = 0;          // spent in COMMIT, all together
};

// One database. Safe to use from several threads and, with others, from several processes.
class Store {
 public:
  virtual ~Store() = default;

  // Runs `job` on one snapshot. What it sees does not change while it runs.
  virtual Result<void> read(const std::function<Result<void>(Session&)>& job) = 0;

  // Runs `job` in one transaction that is durable before this returns a value (synchronous=FULL). A job that returns an
  // error changes nothing. Jobs of several callers share a commit, each undone alone; a job may run more than once
  // (after another process's transaction, or a failed group), so it touches nothing but its session. Queue full:
  // overloaded.
  virtual Result<void> write(const std::function<Result<Outcome>(WriteSession&)>& job) = 0;

  // Moves the write-ahead log into the database if it has grown beyond limits::checkpoint_bytes and nobody else is
  // writing (rule L-12). Waits for no other process. True if it did.
  virtual bool checkpoint_if_due() = 0;

  virtual WriterStats writer_stats() const { return {}; }
};

struct OpenOptions {
  bool create = false;     // true: the file must not exist yet (`exists`); false: it must (`store_missing`)
  bool read_only = false;  // writes fail with store_read_only
  Instant now = {};        // noted with each migration when creating
  // When creating: fills the new store in one transaction before it gets its name, so that no process sees it
  // unfinished.
  std::function<Result<void>(WriteSession&)> fill = nullptr;
};

// Opens the SQLite file and checks that it is a hub's store of exactly this schema: store_foreign, store_newer,
// store_older, store_damaged, store_read_only, unreadable_file. Creating applies all migrations and makes the file 0600
// in a directory made 0700.
Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, const OpenOptions& options);

std::int64_t newest_schema();                      // number of the last migration this binary knows
Result<std::int64_t> schema_of(Session& session);  // number of the last migration applied
std::string engine_version();                      // "3.40.1", of the library that is linked

}  // namespace hub::store
