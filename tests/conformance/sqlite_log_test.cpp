#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "hub/base/limits.h"
#include "sqlite_backend.h"
#include "support/child_process.h"

namespace hub::conformance {

using testing::ChildProcess;
using testing::SignalPipe;

namespace {

// Writes until the log has grown by `bytes` or more.
void write_much(store::Store& store, std::int64_t first_id, std::int64_t bytes) {
  const std::string label(256 * 1024, 'x');
  std::int64_t id = first_id;
  for (std::int64_t written = 0; written <= bytes; written += 256 * 1024) REQUIRE(insert_item(store, id++, label));
}

std::int64_t size_of(const std::string& path) { return static_cast<std::int64_t>(std::filesystem::file_size(path)); }

}  // namespace

TEST_CASE("the log is moved when it has grown and not before") {
  SqliteBackend backend;
  const auto store = backend.open();
  CHECK_FALSE(store->checkpoint_if_due());
  REQUIRE(insert_item(*store, 0));
  CHECK_FALSE(store->checkpoint_if_due());
  write_much(*store, 1, limits::checkpoint_bytes);
  CHECK(size_of(backend.path()) < 100 * 1024);
  CHECK(store->checkpoint_if_due());
  CHECK(size_of(backend.path()) > limits::checkpoint_bytes);
  CHECK_FALSE(store->checkpoint_if_due());
  // From its start again instead of growing further.
  const std::int64_t log_bytes = size_of(backend.path() + "-wal");
  REQUIRE(insert_item(*store, 1000));
  CHECK_FALSE(store->checkpoint_if_due());
  CHECK(size_of(backend.path() + "-wal") == log_bytes);
}

TEST_CASE("the log stays while another process is writing") {
  SqliteBackend backend;
  SignalPipe is_held;
  SignalPipe may_end;
  ChildProcess other([&] {
    const int descriptor = ::open((backend.path() + ".lock").c_str(), O_RDWR);
    if (flock(descriptor, LOCK_SH) != 0) return 1;
    is_held.send();
    may_end.receive();
    return 0;
  });
  REQUIRE(is_held.receive());
  const auto store = backend.open();
  write_much(*store, 1, limits::checkpoint_bytes);  // writers do not keep each other out
  CHECK_FALSE(store->checkpoint_if_due());
  CHECK(size_of(backend.path()) < 100 * 1024);
  may_end.send();
  CHECK(other.wait() == 0);
  CHECK(store->checkpoint_if_due());
  CHECK(size_of(backend.path()) > limits::checkpoint_bytes);
}

TEST_CASE("every write of the store takes the shared lock") {
  SqliteBackend backend;
  const auto store = backend.open();
  const auto can_checkpoint = [&] {
    const int descriptor = ::open((backend.path() + ".lock").c_str(), O_RDWR);
    const bool is_free = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    ::close(descriptor);
    return is_free;
  };
  REQUIRE(store->write([&](store::WriteSession&) -> Result<store::Outcome> {
    CHECK_FALSE(can_checkpoint());
    return store::Outcome::commit;
  }));
  CHECK(can_checkpoint());
}

TEST_CASE("closing does not move the log") {
  SqliteBackend backend;
  write_much(*backend.open(), 1, 1024 * 1024);
  CHECK(size_of(backend.path()) < 100 * 1024);
  CHECK(size_of(backend.path() + "-wal") > 1024 * 1024);
  CHECK(count_items(*backend.open()) > 0);
}

TEST_CASE("a reader keeps its snapshot while the log is moved") {
  SqliteBackend backend;
  const auto store = backend.open();
  write_much(*store, 1, limits::checkpoint_bytes);
  const std::int64_t before = count_items(*store);
  REQUIRE(store->read([&](store::Session& session) -> Result<void> {
    const auto count = [&] {
      std::int64_t rows = 0;
      session.query("SELECT COUNT(*) FROM item", {}, [&](const store::Row& row) {
        rows = row.integer(0);
        return true;
      });
      return rows;
    };
    CHECK(count() == before);
    write_much(*store, 1000, limits::checkpoint_bytes);
    CHECK(store->checkpoint_if_due());  // up to what this reader sees
    write_much(*store, 2000, 1024 * 1024);
    CHECK(count() == before);
    return {};
  }));
  CHECK(store->checkpoint_if_due());  // the rest
}

TEST_CASE("checkpoints do not disturb several writers") {
  SqliteBackend backend;
  const auto store = backend.open();
  const std::string label(64 * 1024, 'x');
  std::atomic<int> failures = 0;
  std::atomic<bool> is_over = false;
  std::atomic<int> checkpoints = 0;
  std::thread maintenance([&] {
    while (!is_over) {
      if (store->checkpoint_if_due()) ++checkpoints;
    }
  });
  std::vector<std::thread> writers;
  for (std::int64_t writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&, writer] {
      for (std::int64_t row = 0; row < 100; ++row) {
        if (!insert_item(*store, writer * 1000 + row, label)) ++failures;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  is_over = true;
  maintenance.join();
  CHECK(failures == 0);
  CHECK(checkpoints > 1);
  CHECK(count_items(*store) == 400);
}

}  // namespace hub::conformance
