#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "hub/base/codes.h"
#include "store_conformance.h"
#include "support/child_process.h"

namespace hub::conformance {

using store::Outcome;
using store::WriteSession;
using testing::ChildProcess;
using testing::SignalPipe;

namespace {

// Rule G-01: the number of changed rows decides who has it.
Result<void> take_item(store::Store& store, std::int64_t id, std::int64_t taker) {
  return store.write([&](WriteSession& session) -> Result<Outcome> {
    if (session.execute("UPDATE item SET taken_by = $1 WHERE id = $2 AND taken_by IS NULL", {taker, id}) == 1) {
      return Outcome::commit;
    }
    return Error{codes::invalid_grant, "taken"};
  });
}

constexpr int broken = 255;

}  // namespace

void one_of_many_threads_wins(Backend& backend) {
  constexpr int threads = 16;
  constexpr int rounds = 20;
  const auto store = backend.open();
  for (int round = 0; round < rounds; ++round) REQUIRE(insert_item(*store, round));
  std::atomic<int> wins = 0;
  std::atomic<int> refusals = 0;
  std::vector<std::thread> takers;
  for (int taker = 0; taker < threads; ++taker) {
    takers.emplace_back([&, taker] {
      for (int round = 0; round < rounds; ++round) {
        const Result<void> outcome = take_item(*store, round, taker);
        if (outcome) ++wins;
        if (!outcome && outcome.error().code == codes::invalid_grant) ++refusals;
      }
    });
  }
  for (std::thread& taker : takers) taker.join();
  CHECK(wins == rounds);
  CHECK(refusals == rounds * (threads - 1));
}

void one_of_two_processes_wins(Backend& backend) {
  constexpr int rounds = 100;
  {
    const auto store = backend.open();
    for (int round = 0; round < rounds; ++round) REQUIRE(insert_item(*store, round));
  }
  const auto take_all = [&](std::int64_t taker) {
    const auto store = backend.open();
    int wins = 0;
    for (int round = 0; round < rounds; ++round) {
      const Result<void> outcome = take_item(*store, round, taker);
      if (outcome) ++wins;
      if (!outcome && !(outcome.error().code == codes::invalid_grant)) return broken;
    }
    return wins;
  };
  ChildProcess first([&] { return take_all(1); });
  ChildProcess second([&] { return take_all(2); });
  const int wins_of_first = first.wait();
  const int wins_of_second = second.wait();
  REQUIRE(wins_of_first != broken);
  REQUIRE(wins_of_second != broken);
  CHECK(wins_of_first + wins_of_second == rounds);
}

void two_processes_write_without_seeing_each_other(Backend& backend) {
  constexpr int rows = 500;
  const auto write_all = [&](std::int64_t first_id) {
    const auto store = backend.open();
    for (int row = 0; row < rows; ++row) {
      if (!insert_item(*store, first_id + row, "of a process")) return broken;
    }
    return 0;
  };
  ChildProcess first([&] { return write_all(0); });
  ChildProcess second([&] { return write_all(rows); });
  CHECK(first.wait() == 0);
  CHECK(second.wait() == 0);
  CHECK(count_items(*backend.open()) == 2 * rows);
}

// Rule L-13: a transaction that reads first and was begun without the right to write fails when another one came
// between.
void two_processes_count_without_losing_one(Backend& backend) {
  constexpr int rounds = 200;
  REQUIRE(insert_item(*backend.open(), 0));
  const auto count_up = [&] {
    const auto store = backend.open();
    for (int round = 0; round < rounds; ++round) {
      const Result<void> outcome = store->write([](WriteSession& session) -> Result<Outcome> {
        std::int64_t count = 0;
        session.query("SELECT COALESCE(taken_by, 0) FROM item WHERE id = 0", {}, [&](const store::Row& row) {
          count = row.integer(0);
          return true;
        });
        session.execute("UPDATE item SET taken_by = $1 WHERE id = 0", {count + 1});
        return Outcome::commit;
      });
      if (!outcome) return broken;
    }
    return 0;
  };
  ChildProcess first(count_up);
  ChildProcess second(count_up);
  CHECK(first.wait() == 0);
  CHECK(second.wait() == 0);
  std::int64_t count = 0;
  REQUIRE(backend.open()->read([&](store::Session& session) -> Result<void> {
    session.query("SELECT taken_by FROM item", {}, [&](const store::Row& row) {
      count = row.integer(0);
      return true;
    });
    return {};
  }));
  CHECK(count == 2 * rounds);
}

void acknowledged_rows_survive_a_kill(Backend& backend) {
  SignalPipe acknowledged;
  ChildProcess writer([&] {
    const auto store = backend.open();
    for (std::int64_t id = 0; insert_item(*store, id) && acknowledged.send(); ++id) {
    }
    return broken;
  });
  acknowledged.close_sender();
  std::int64_t rows = 0;
  while (rows < 200 && acknowledged.receive()) ++rows;
  CHECK(rows == 200);
  writer.kill();
  CHECK(writer.wait() == -SIGKILL);
  while (acknowledged.receive()) ++rows;
  const auto store = backend.open();
  const std::int64_t found = count_items(*store);
  CHECK(found >= rows);
  CHECK(found <= rows + 1);  // the one whose acknowledgement was on its way
  CHECK(insert_item(*store, 1'000'000));
}

}  // namespace hub::conformance
