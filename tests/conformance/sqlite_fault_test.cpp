#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>
#include <vector>

#include "hub/base/codes.h"
#include "sqlite/fault_of.h"
#include "sqlite_backend.h"
#include "support/child_process.h"

namespace hub::conformance {

using store::Outcome;
using store::StoreFault;
using store::WriteSession;
using store::sqlite::fault_of;
using testing::ChildProcess;
using testing::SignalPipe;

namespace {

// Three rows or none.
Result<void> insert_three(store::Store& store) {
  return store.write([](WriteSession& session) -> Result<Outcome> {
    for (const int id : {1, 2, 3}) session.execute("INSERT INTO item (id) VALUES ($1)", {id});
    return Outcome::commit;
  });
}

std::string code_of(const Result<void>& outcome) { return outcome ? "none" : std::string(outcome.error().code.name); }

// Another process in the middle of a transaction that inserts item 1 and ends when it is let.
class HeldWriter {
 public:
  explicit HeldWriter(SqliteBackend& backend)
      : process_([&] {
          const auto store = backend.open();
          return store->write([&](WriteSession& session) -> Result<Outcome> {
            session.execute("INSERT INTO item (id) VALUES (1)", {});
            has_begun_.send();
            may_end_.receive();
            return Outcome::commit;
          })
                     ? 0
                     : 1;
        }) {}

  bool has_begun() { return has_begun_.receive(); }
  void let_end() { may_end_.send(); }
  int wait() { return process_.wait(); }

 private:
  SignalPipe has_begun_, may_end_;
  ChildProcess process_;
};

}  // namespace

TEST_CASE("whichever statement fails nothing of the write stays") {
  SqliteBackend backend;
  int countdown = -1;
  backend.engine.before_statement = [&](std::string_view) {
    if (countdown-- == 0) throw StoreFault(Error{codes::disk_full, "no space"});
  };
  const auto store = backend.open();
  for (int failing = 0; failing < 5; ++failing) {
    countdown = failing;
    CHECK(code_of(insert_three(*store)) == "disk_full");
    countdown = -1;
    CHECK(count_items(*store) == 0);
  }
  countdown = 5;
  CHECK(code_of(insert_three(*store)) == "none");
  countdown = -1;
  CHECK(count_items(*store) == 3);
}

TEST_CASE("after a failed sync nothing is acknowledged any more") {
  SqliteBackend backend;
  bool fails = false;
  backend.engine.before_statement = [&](std::string_view sql) {
    if (fails && sql == "COMMIT") throw fault_of(SQLITE_IOERR_FSYNC, EIO, "test");
  };
  const auto store = backend.open();
  REQUIRE(insert_item(*store, 1));
  fails = true;
  CHECK(code_of(insert_item(*store, 2)) == "internal");
  fails = false;
  CHECK(code_of(insert_item(*store, 3)) == "internal");
  CHECK(count_items(*store) == 1);
  CHECK(insert_item(*backend.open(), 4));  // a new start may try again
}

TEST_CASE("what SQLite reports becomes one of our codes") {
  const auto name_of = [](int code, int system_errno = 0) {
    const StoreFault fault = fault_of(code, system_errno, "test");
    return std::string(fault.error().code.name) + (fault.is_lasting() ? " for good" : "");
  };
  CHECK(name_of(SQLITE_BUSY) == "store_busy");
  CHECK(name_of(SQLITE_BUSY_SNAPSHOT) == "store_busy");
  CHECK(name_of(SQLITE_LOCKED) == "store_busy");
  CHECK(name_of(SQLITE_READONLY_DIRECTORY) == "store_read_only");
  CHECK(name_of(SQLITE_FULL) == "disk_full");
  CHECK(name_of(SQLITE_IOERR_WRITE, EFBIG) == "disk_full");
  CHECK(name_of(SQLITE_IOERR_WRITE, EDQUOT) == "disk_full");
  CHECK(name_of(SQLITE_IOERR_SHMSIZE, ENOSPC) == "disk_full");
  CHECK(name_of(SQLITE_IOERR_FSYNC, ENOSPC) == "internal for good");
  CHECK(name_of(SQLITE_IOERR_WRITE, EIO) == "internal for good");
  CHECK(name_of(SQLITE_IOERR_READ, EIO) == "internal");
  CHECK(name_of(SQLITE_CORRUPT_INDEX) == "store_damaged");
  CHECK(name_of(SQLITE_NOTADB) == "store_foreign");
  CHECK(name_of(SQLITE_CANTOPEN, EACCES) == "store_read_only");
  CHECK(name_of(SQLITE_CANTOPEN, EMFILE) == "overloaded");
  CHECK(name_of(SQLITE_CANTOPEN, ENOENT) == "unreadable_file");
  CHECK(name_of(SQLITE_CONSTRAINT_UNIQUE) == "internal");
}

// In a process of its own: the limit holds for all of it.
TEST_CASE("a limit on the size of files is a full disk and passes with it") {
  SqliteBackend backend;
  ChildProcess child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const auto store = backend.open();
    if (!insert_item(*store, 1)) return 1;
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit tight{200 * 1024, limit.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
    const std::string large(1024 * 1024, 'x');
    for (int attempt = 0; attempt < 3; ++attempt) {
      if (code_of(insert_item(*store, 2, large)) != "disk_full") return 2;
    }
    if (!insert_item(*store, 3, "small")) return 3;
    setrlimit(RLIMIT_FSIZE, &limit);
    if (!insert_item(*store, 2, large)) return 4;
    return static_cast<int>(count_items(*store)) == 3 ? 0 : 5;
  });
  CHECK(child.wait() == 0);
  CHECK(count_items(*backend.open()) == 3);
}

TEST_CASE("only a few callers wait behind a writer that another process holds up") {
  SqliteBackend backend;
  HeldWriter other(backend);
  REQUIRE(other.has_begun());
  const auto store = backend.open();
  constexpr int callers = 64, may_wait = 17;  // the leader and those behind it
  std::atomic<int> refused = 0, written = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i) {
    threads.emplace_back([&, i] {
      const Result<void> done = insert_item(*store, 2 + i);
      ++(done ? written : refused);
    });
  }
  while (refused < callers - may_wait) std::this_thread::yield();  // the transaction they wait for has not ended yet
  CHECK(count_items(*store) == 0);
  other.let_end();
  for (std::thread& thread : threads) thread.join();
  CHECK(other.wait() == 0);
  CHECK(refused + written == callers);
  CHECK(written > 0);
  CHECK(count_items(*store) == 1 + written);
}

TEST_CASE("a write waits for the transaction of another process") {
  SqliteBackend backend;
  HeldWriter other(backend);
  REQUIRE(other.has_begun());
  const auto store = backend.open();
  CHECK(count_items(*store) == 0);
  std::thread ending([&] { other.let_end(); });
  CHECK(insert_item(*store, 2));
  ending.join();
  CHECK(other.wait() == 0);
  CHECK(count_items(*store) == 2);
}

}  // namespace hub::conformance
