#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "hub/base/codes.h"
#include "sqlite_backend.h"

namespace hub::conformance {

using store::Outcome;
using store::WriteSession;

namespace {

using Job = std::function<Result<Outcome>(WriteSession&)>;

// Runs the jobs in one group: a first write keeps the store busy until they wait behind it. Whether they do cannot be
// seen from outside, so it is tried until the engine has made enough savepoints.
class Grouped {
 public:
  explicit Grouped(SqliteBackend& backend) {
    backend.engine.before_statement = [this](std::string_view sql) {
      if (sql.starts_with("SAVEPOINT")) ++savepoints_;
      if (also) also(sql);
    };
    store_ = backend.open();
  }

  std::vector<Result<void>> run(const std::vector<Job>& jobs, int savepoints_least) {
    for (int attempt = 0; attempt < 200; ++attempt) {
      REQUIRE(store_->write([](WriteSession& session) -> Result<Outcome> {
        session.execute("DELETE FROM item", {});
        return Outcome::commit;
      }));
      savepoints_ = 0;
      std::vector<Result<void>> outcomes = run_once(jobs);
      if (savepoints_ >= savepoints_least) return outcomes;
    }
    FAIL("the jobs never formed a group");
    return {};
  }

  store::Store& store() { return *store_; }

  std::function<void(std::string_view)> also;

 private:
  std::vector<Result<void>> run_once(const std::vector<Job>& jobs) {
    std::vector<Result<void>> outcomes(jobs.size());
    std::atomic<std::size_t> arrived = 0;
    std::vector<std::thread> callers;
    const Result<void> first = store_->write([&](WriteSession&) -> Result<Outcome> {
      for (std::size_t index = 0; index < jobs.size(); ++index) {
        callers.emplace_back([&, index] {
          ++arrived;
          outcomes[index] = store_->write(jobs[index]);
        });
      }
      while (arrived < jobs.size()) std::this_thread::yield();
      for (int turn = 0; turn < 1000; ++turn) std::this_thread::yield();
      return Outcome::commit;
    });
    CHECK(first);
    for (std::thread& caller : callers) caller.join();
    return outcomes;
  }

  std::unique_ptr<store::Store> store_;
  std::atomic<int> savepoints_ = 0;
};

Job insert(std::int64_t id) {
  return [id](WriteSession& session) -> Result<Outcome> {
    session.execute("INSERT INTO item (id) VALUES ($1)", {id});
    return Outcome::commit;
  };
}

// Inserts first and then ends in another way.
Job insert_then(std::int64_t id, std::function<Result<Outcome>(WriteSession&)> end) {
  return [id, end = std::move(end)](WriteSession& session) -> Result<Outcome> {
    session.execute("INSERT INTO item (id) VALUES ($1)", {id});
    return end(session);
  };
}

std::string ids_in(store::Store& store) {
  std::string ids;
  CHECK(store.read([&](store::Session& session) -> Result<void> {
    session.query("SELECT id FROM item ORDER BY id", {}, [&](const store::Row& row) {
      ids += std::to_string(row.integer(0)) + ' ';
      return true;
    });
    return {};
  }));
  return ids;
}

}  // namespace

TEST_CASE("in a group each job is undone alone") {
  SqliteBackend backend;
  Grouped grouped(backend);
  const auto outcomes = grouped.run(
      {
          insert(1),
          insert_then(2,
                      [](WriteSession&) -> Result<Outcome> {
                        return Error{codes::not_found, "no"};
                      }),
          insert_then(3, [](WriteSession&) -> Result<Outcome> { return Outcome::roll_back; }),
          insert_then(4, [](WriteSession&) -> Result<Outcome> { throw std::runtime_error("four"); }),
          insert(5),
      },
      5);
  CHECK(outcomes[0]);
  CHECK((!outcomes[1] && outcomes[1].error().code == codes::not_found));
  CHECK(outcomes[2]);
  CHECK((!outcomes[3] && outcomes[3].error().cause == "four"));
  CHECK(outcomes[4]);
  CHECK(ids_in(grouped.store()) == "1 5 ");
}

TEST_CASE("a fault of one job does not harm the others of its group") {
  SqliteBackend backend;
  Grouped grouped(backend);
  const auto outcomes = grouped.run(
      {
          insert(1),
          insert_then(2,
                      [](WriteSession&) -> Result<Outcome> {
                        throw store::StoreFault(Error{codes::disk_full, "no space"});
                      }),
          insert(3),
          insert_then(4,
                      [](WriteSession&) -> Result<Outcome> {
                        return Error{codes::not_found, "no"};
                      }),
          insert_then(5,
                      [](WriteSession& session) -> Result<Outcome> {
                        session.execute("ROLLBACK", {});  // as SQLite does by itself when the disk is full
                        throw store::StoreFault(Error{codes::disk_full, "no space"});
                      }),
          insert_then(6,
                      [](WriteSession& session) -> Result<Outcome> {
                        session.execute("INSERT INTO item (id) VALUES (6)", {});  // the key is taken
                        return Outcome::commit;
                      }),
      },
      2);  // the first fault ends the group
  CHECK(outcomes[0]);
  CHECK((!outcomes[1] && outcomes[1].error().code == codes::disk_full));
  CHECK(outcomes[2]);
  CHECK((!outcomes[3] && outcomes[3].error().code == codes::not_found));
  CHECK((!outcomes[4] && outcomes[4].error().code == codes::disk_full));
  CHECK((!outcomes[5] && outcomes[5].error().code == codes::internal));
  CHECK(ids_in(grouped.store()) == "1 3 ");
}

TEST_CASE("a commit that fails fails for the whole group") {
  SqliteBackend backend;
  Grouped grouped(backend);
  std::atomic<bool> in_group = false;
  grouped.also = [&](std::string_view sql) {
    if (sql.starts_with("SAVEPOINT")) in_group = true;
    if (sql == "COMMIT" && in_group.exchange(false)) throw store::StoreFault(Error{codes::disk_full, "no space"});
  };
  const auto outcomes = grouped.run(
      {
          insert(1),
          insert_then(2,
                      [](WriteSession&) -> Result<Outcome> {
                        return Error{codes::not_found, "no"};
                      }),
          insert(3),
      },
      3);
  for (const Result<void>& outcome : outcomes) CHECK((!outcome && outcome.error().code == codes::disk_full));
  CHECK(ids_in(grouped.store()) == "");
  CHECK(insert_item(grouped.store(), 1));
}

TEST_CASE("a job alone needs no savepoint") {
  SqliteBackend backend;
  std::vector<std::string> statements;
  backend.engine.before_statement = [&](std::string_view sql) { statements.emplace_back(sql); };
  const auto store = backend.open();
  statements.clear();
  REQUIRE(insert_item(*store, 1));
  CHECK(statements ==
        std::vector<std::string>{"BEGIN IMMEDIATE", "INSERT INTO item (id, label) VALUES ($1, $2)", "COMMIT"});
}

TEST_CASE("a full queue refuses at once") {
  SqliteBackend backend;
  backend.engine.write_queue = 1;
  const auto store = backend.open();
  REQUIRE(store->write([&](WriteSession&) -> Result<Outcome> {
    const Result<void> second = std::async(std::launch::async, [&] { return insert_item(*store, 2); }).get();
    REQUIRE_FALSE(second);
    CHECK(second.error().code == codes::overloaded);
    return Outcome::commit;
  }));
  CHECK(insert_item(*store, 3));
  CHECK(count_items(*store) == 1);
}

}  // namespace hub::conformance
