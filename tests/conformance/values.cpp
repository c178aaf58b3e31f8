#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include "hub/base/codes.h"
#include "store_conformance.h"

namespace hub::conformance {

using store::Octets;
using store::Outcome;
using store::Row;
using store::Session;
using store::WriteSession;

namespace {

// Runs `job` in a write that must succeed.
template <class Job>
void change(store::Store& store, Job&& job) {
  const Result<void> outcome = store.write([&](WriteSession& session) -> Result<Outcome> {
    job(session);
    return Outcome::commit;
  });
  REQUIRE_MESSAGE(outcome, (outcome ? "" : outcome.error().cause));
}

// Runs `job` in a read and returns what became of it.
template <class Job>
Result<void> look(store::Store& store, Job&& job) {
  return store.read([&](Session& session) -> Result<void> {
    job(session);
    return {};
  });
}

constexpr auto nothing = [](const Row&) { return true; };

}  // namespace

void whole_numbers_come_back_exactly(Backend& backend) {
  const auto store = backend.open();
  const std::vector<std::int64_t> numbers = {0, -1, (std::int64_t{1} << 53) + 1,
                                             std::numeric_limits<std::int64_t>::min(),
                                             std::numeric_limits<std::int64_t>::max()};
  change(*store, [&](WriteSession& session) {
    for (const std::int64_t number : numbers) session.execute("INSERT INTO item (id) VALUES ($1)", {number});
  });
  for (const std::int64_t number : numbers) {
    std::vector<std::int64_t> found;
    REQUIRE(look(*store, [&](Session& session) {
      session.query("SELECT id FROM item WHERE id = $1", {number}, [&](const Row& row) {
        found.push_back(row.integer(0));
        return true;
      });
    }));
    CHECK(found == std::vector{number});
  }
}

void text_and_octets_come_back_exactly(Backend& backend) {
  const auto store = backend.open();
  const std::vector<std::string> values = {
      "", "0", "1e3", "Grüße, 世界 🎉", "line\nbreak 'quote' \"double\" $1 ?", std::string(100'000, 'x')};
  const std::vector<std::string> octets = {"", std::string("a\0b\0", 4), "\xff\xfe\x80", "123"};
  change(*store, [&](WriteSession& session) {
    std::int64_t id = 0;
    for (const std::string& value : values) {
      session.execute("INSERT INTO item (id, label) VALUES ($1, $2)", {id++, value});
    }
    id = 100;
    for (const std::string& value : octets) {
      session.execute("INSERT INTO item (id, data) VALUES ($1, $2)", {id++, Octets{value}});
    }
  });
  std::vector<std::string> found;
  std::vector<std::string> found_octets;
  REQUIRE(look(*store, [&](Session& session) {
    session.query("SELECT label FROM item WHERE id < 100 ORDER BY id", {}, [&](const Row& row) {
      found.push_back(row.string(0));
      return true;
    });
    session.query("SELECT data FROM item WHERE id >= 100 ORDER BY id", {}, [&](const Row& row) {
      found_octets.emplace_back(row.octets(0));
      return true;
    });
  }));
  CHECK(found == values);
  CHECK(found_octets == octets);
}

void null_is_neither_empty_nor_zero(Backend& backend) {
  const auto store = backend.open();
  change(*store, [](WriteSession& session) {
    session.execute("INSERT INTO item (id, label, data, taken_by) VALUES ($1, $2, $3, $4)",
                    {1, nullptr, std::optional<Octets>(), std::optional<std::int64_t>()});
    session.execute("INSERT INTO item (id, label, data, taken_by) VALUES ($1, $2, $3, $4)",
                    {2, std::string_view(), Octets{}, 0});
  });
  int rows = 0;
  REQUIRE(look(*store, [&](Session& session) {
    session.query("SELECT id, label, data, taken_by FROM item ORDER BY id", {}, [&](const Row& row) {
      const bool is_null = row.integer(0) == 1;
      for (const int column : {1, 2, 3}) CHECK(row.is_null(column) == is_null);
      CHECK(row.optional_string(1).has_value() == !is_null);
      ++rows;
      return true;
    });
  }));
  CHECK(rows == 2);
}

void ids_times_and_booleans_come_back(Backend& backend) {
  const auto store = backend.open();
  const AppId id = *AppId::parse("0190163d-8694-739b-aea5-966c26f8ad91");
  const Instant at = from_unix_microseconds(1'800'000'000'123'456);
  change(*store, [&](WriteSession& session) {
    session.execute("INSERT INTO item (id, label, is_flag, taken_by) VALUES ($1, $2, $3, $4)", {1, id, true, at});
    session.execute("INSERT INTO item (id, label, is_flag) VALUES ($1, $2, $3)", {2, std::optional(id), false});
  });
  int rows = 0;
  REQUIRE(look(*store, [&](Session& session) {
    session.query("SELECT label, is_flag, taken_by, id FROM item WHERE label = $1 ORDER BY id", {id},
                  [&](const Row& row) {
                    CHECK(row.id<AppId>(0) == id);
                    CHECK(row.boolean(1) == (rows == 0));
                    CHECK(row.optional_instant(2) == (rows == 0 ? std::optional(at) : std::nullopt));
                    ++rows;
                    return true;
                  });
    session.query("SELECT COUNT(*) FROM item WHERE is_flag = true", {}, [](const Row& row) {
      CHECK(row.integer(0) == 1);
      return true;
    });
  }));
  CHECK(rows == 2);
}

void placeholders_go_by_their_number(Backend& backend) {
  const auto store = backend.open();
  change(*store, [](WriteSession& session) {
    session.execute("INSERT INTO item (label, taken_by, id) VALUES ($3, $2, $1)", {1, 2, "three"});
    session.execute("INSERT INTO item (id, taken_by) VALUES ($2, $1)", {9, 8});
    session.execute("INSERT INTO item (id, label, taken_by) SELECT $2 + 1, $1, $2 WHERE $2 > 40", {"again", 50});
  });
  std::string seen;
  REQUIRE(look(*store, [&](Session& session) {
    session.query("SELECT id, taken_by, COALESCE(label, '-') FROM item ORDER BY id", {}, [&](const Row& row) {
      seen += std::to_string(row.integer(0)) + ' ' + std::to_string(row.integer(1)) + ' ' + row.string(2) + '\n';
      return true;
    });
  }));
  CHECK(seen == "1 2 three\n8 9 -\n51 50 again\n");
}

void wrong_placeholders_are_refused(Backend& backend) {
  const auto store = backend.open();
  const auto refused = [&](std::string_view sql, store::Values values) {
    const Result<void> outcome = look(*store, [&](Session& session) { session.query(sql, values, nothing); });
    return !outcome && outcome.error().code == codes::internal;
  };
  CHECK(refused("SELECT id FROM item WHERE id = $1", {}));
  CHECK(refused("SELECT id FROM item WHERE id = $1", {1, 2}));
  CHECK(refused("SELECT id FROM item WHERE id = $2", {1}));
  CHECK(refused("SELECT id FROM item WHERE id = $2", {1, 2}));
  CHECK(refused("SELECT id FROM item WHERE label = \"text\"", {}));
  CHECK(refused("SELECT id FROM item; SELECT id FROM item", {}));
  CHECK(refused("SELECT nowhere FROM item", {}));
}

void columns_are_never_converted(Backend& backend) {
  const auto store = backend.open();
  change(*store, [](WriteSession& session) {
    session.execute("INSERT INTO item (id, label, data) VALUES ($1, $2, $3)", {1, "1", Octets{"1"}});
  });
  const auto code_of = [&](auto&& access) {
    const Result<void> outcome = look(*store, [&](Session& session) {
      session.query("SELECT id, label, data, taken_by FROM item", {}, [&](const Row& row) {
        access(row);
        return true;
      });
    });
    return outcome ? std::string("fine") : std::string(outcome.error().code.name);
  };
  CHECK(code_of([](const Row& row) { row.text(1); }) == "fine");
  CHECK(code_of([](const Row& row) { row.text(0); }) == "store_damaged");
  CHECK(code_of([](const Row& row) { row.integer(1); }) == "store_damaged");
  CHECK(code_of([](const Row& row) { row.octets(1); }) == "store_damaged");
  CHECK(code_of([](const Row& row) { row.text(2); }) == "store_damaged");
  CHECK(code_of([](const Row& row) { row.integer(3); }) == "store_damaged");
  CHECK(code_of([](const Row& row) { row.text(3); }) == "store_damaged");
  CHECK(code_of([](const Row& row) { row.is_null(4); }) == "internal");
  CHECK(code_of([](const Row& row) { row.integer(-1); }) == "internal");
}

void a_visitor_may_stop_early(Backend& backend) {
  const auto store = backend.open();
  for (std::int64_t id = 0; id < 5; ++id) REQUIRE(insert_item(*store, id));
  for (int round = 0; round < 2; ++round) {
    int seen = 0;
    REQUIRE(look(*store, [&](Session& session) {
      session.query("SELECT id FROM item ORDER BY id", {}, [&](const Row& row) {
        CHECK(row.integer(0) == seen);
        return ++seen < 3;
      });
    }));
    CHECK(seen == 3);
  }
}

void a_statement_may_run_inside_itself(Backend& backend) {
  const auto store = backend.open();
  for (std::int64_t id = 1; id <= 3; ++id) REQUIRE(insert_item(*store, id));
  std::string seen;
  REQUIRE(look(*store, [&](Session& session) {
    constexpr std::string_view sql = "SELECT id FROM item WHERE id > $1 ORDER BY id";
    session.query(sql, {0}, [&](const Row& outer) {
      seen += std::to_string(outer.integer(0)) + ':';
      session.query(sql, {outer.integer(0)}, [&](const Row& inner) {
        seen += std::to_string(inner.integer(0));
        return true;
      });
      seen += ' ';
      return true;
    });
  }));
  CHECK(seen == "1:23 2:3 3: ");
}

void execute_counts_changed_rows(Backend& backend) {
  const auto store = backend.open();
  change(*store, [](WriteSession& session) {
    const std::string_view insert = "INSERT INTO item (id) VALUES ($1) ON CONFLICT DO NOTHING";
    CHECK(session.execute(insert, {1}) == 1);
    CHECK(session.execute(insert, {1}) == 0);
    CHECK(session.execute(insert, {2}) == 1);
    CHECK(session.execute("UPDATE item SET label = $1", {"both"}) == 2);
    CHECK(session.execute("UPDATE item SET label = $1 WHERE id = $2", {"none", 7}) == 0);
    CHECK(session.execute("CREATE TABLE other (id BIGINT)", {}) == 0);
    CHECK(session.execute("INSERT INTO item (id) VALUES (2) ON CONFLICT (id) DO UPDATE SET label = excluded.label",
                          {}) == 1);
    CHECK(session.execute("DELETE FROM item", {}) == 2);
  });
}

void returning_takes_effect_even_if_not_read_to_the_end(Backend& backend) {
  const auto store = backend.open();
  int seen = 0;
  change(*store, [&](WriteSession& session) {
    session.query("INSERT INTO item (id, label) VALUES (1, 'a'), (2, 'b'), (3, 'c') RETURNING label", {},
                  [&](const Row& row) {
                    CHECK(row.text(0) == "a");
                    ++seen;
                    return false;
                  });
  });
  CHECK(seen == 1);
  CHECK(count_items(*store) == 3);
}

}  // namespace hub::conformance
