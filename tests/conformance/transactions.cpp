#include <doctest/doctest.h>

#include <stdexcept>

#include "hub/base/codes.h"
#include "store_conformance.h"
#include "support/replaying_store.h"

namespace hub::conformance {

using store::Outcome;
using store::Row;
using store::Session;
using store::WriteSession;

namespace {

std::int64_t count_in(Session& session) {
  std::int64_t count = -1;
  session.query("SELECT COUNT(*) FROM item", {}, [&](const Row& row) {
    count = row.integer(0);
    return true;
  });
  return count;
}

void insert_in(WriteSession& session, std::int64_t id) { session.execute("INSERT INTO item (id) VALUES ($1)", {id}); }

}  // namespace

void an_error_undoes_its_job(Backend& backend) {
  const auto store = backend.open();
  const Result<void> outcome = store->write([](WriteSession& session) -> Result<Outcome> {
    insert_in(session, 1);
    return Error{codes::last_owner, "no"};
  });
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == codes::last_owner);
  CHECK(outcome.error().message == "no");
  CHECK(count_items(*store) == 0);
  CHECK(insert_item(*store, 1));
}

void roll_back_undoes_its_job(Backend& backend) {
  const auto store = backend.open();
  const Result<void> outcome = store->write([](WriteSession& session) -> Result<Outcome> {
    insert_in(session, 1);
    return Outcome::roll_back;
  });
  CHECK(outcome);
  CHECK(count_items(*store) == 0);
  CHECK(insert_item(*store, 1));
}

void an_exception_undoes_its_job(Backend& backend) {
  const auto store = backend.open();
  const Result<void> outcome = store->write([](WriteSession& session) -> Result<Outcome> {
    insert_in(session, 1);
    throw std::runtime_error("out of the job");
  });
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == codes::internal);
  CHECK(outcome.error().cause == "out of the job");
  CHECK(count_items(*store) == 0);
  const Result<void> reading =
      store->read([](Session&) -> Result<void> { throw std::runtime_error("out of the read"); });
  REQUIRE_FALSE(reading);
  CHECK(reading.error().code == codes::internal);
  CHECK(insert_item(*store, 1));
}

void a_job_reads_what_it_wrote(Backend& backend) {
  const auto store = backend.open();
  REQUIRE(store->write([](WriteSession& session) -> Result<Outcome> {
    insert_in(session, 1);
    CHECK(count_in(session) == 1);
    insert_in(session, 2);
    CHECK(count_in(session) == 2);
    return Outcome::commit;
  }));
  CHECK(count_items(*store) == 2);
}

void a_read_sees_one_snapshot(Backend& backend) {
  const auto store = backend.open();
  REQUIRE(store->read([&](Session& session) -> Result<void> {
    CHECK(count_in(session) == 0);
    CHECK(insert_item(*store, 1));
    CHECK(count_in(session) == 0);
    CHECK(count_items(*store) == 1);  // by another snapshot
    CHECK(count_in(session) == 0);
    return {};
  }));
  CHECK(count_items(*store) == 1);
}

void a_read_session_cannot_write(Backend& backend) {
  const auto store = backend.open();
  const Result<void> outcome = store->read([](Session& session) -> Result<void> {
    session.query("INSERT INTO item (id) VALUES (1)", {}, [](const Row&) { return true; });
    return {};
  });
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == codes::store_read_only);
  CHECK(count_items(*store) == 0);
}

void a_write_inside_a_write_is_refused(Backend& backend) {
  const auto store = backend.open();
  REQUIRE(store->write([&](WriteSession& session) -> Result<Outcome> {
    insert_in(session, 1);
    const Result<void> inner = insert_item(*store, 2);
    REQUIRE_FALSE(inner);
    CHECK(inner.error().code == codes::internal);
    return Outcome::commit;
  }));
  CHECK(count_items(*store) == 1);
}

void a_replayed_job_has_the_same_effect(Backend& backend) {
  const auto store = backend.open();
  testing::ReplayingStore replaying(*store);
  int runs = 0;
  REQUIRE(replaying.write([&](WriteSession& session) -> Result<Outcome> {
    ++runs;
    insert_in(session, 1);
    return Outcome::commit;
  }));
  CHECK(runs == 2);
  CHECK(count_items(replaying) == 1);
}

}  // namespace hub::conformance
