#include "list_statement.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <array>

#include "sqlite/connection.h"
#include "sqlite_backend.h"

namespace hub::conformance {
namespace {

using store::Comparison;
using store::FilterValue;
using store::ListFilter;
using store::ListStatement;
using store::ListTable;

constexpr std::array<std::string_view, 3> columns{"id", "lower(label)", "taken_by"};
constexpr ListTable items{.page_head = "SELECT id, label FROM item WHERE label = $1",
                          .count_head = "SELECT count(*) FROM item WHERE label = $1",
                          .creation = "taken_by",
                          .columns = columns};
const std::string hostile = "'; DROP TABLE item; --";

std::string condition_sql(Comparison comparison, const std::vector<FilterValue>& values) {
  ListFilter filter;
  filter.conditions.push_back({1, comparison, values});
  const std::string sql = count_statement(items, "tenant", filter).sql;
  REQUIRE(sql.starts_with(items.count_head));
  REQUIRE(sql.ends_with(store::list_mark));
  return sql.substr(items.count_head.size(), sql.size() - items.count_head.size() - store::list_mark.size());
}

TEST_CASE("a list statement is made of fixed pieces and its values are bound") {
  struct Expected {
    Comparison comparison;
    std::size_t values;
    const char* sql;
  };
  constexpr std::array all{
      Expected{Comparison::is_null, 0, " AND lower(label) IS NULL"},
      Expected{Comparison::is_not_null, 0, " AND lower(label) IS NOT NULL"},
      Expected{Comparison::equal, 1, " AND lower(label) = $2"},
      Expected{Comparison::not_equal, 1, " AND lower(label) <> $2"},
      Expected{Comparison::greater, 1, " AND lower(label) > $2"},
      Expected{Comparison::greater_or_equal, 1, " AND lower(label) >= $2"},
      Expected{Comparison::less, 1, " AND lower(label) < $2"},
      Expected{Comparison::less_or_equal, 1, " AND lower(label) <= $2"},
      Expected{Comparison::between, 2, " AND lower(label) BETWEEN $2 AND $3"},
      Expected{Comparison::one_of, 3, " AND lower(label) IN ($2, $3, $4)"},
      Expected{Comparison::none_of, 1, " AND lower(label) NOT IN ($2)"},
      Expected{Comparison::like, 1, " AND lower(lower(label)) LIKE $2 ESCAPE '\\'"},
      Expected{Comparison::not_like, 1, " AND lower(lower(label)) NOT LIKE $2 ESCAPE '\\'"},
  };
  for (const Expected& one : all) {
    CHECK(condition_sql(one.comparison, std::vector<FilterValue>(one.values, hostile)) == one.sql);
  }
}

TEST_CASE("a list statement begins with the tenant and ends with the page") {
  ListFilter filter;
  filter.conditions.push_back({2, Comparison::equal, {std::int64_t{7}}});
  filter.order = {{1, true}, {0, false}};
  const ListStatement statement = page_statement(items, hostile, filter, {.skip = 20, .limit = 10});
  CHECK(statement.sql ==
        "SELECT id, label FROM item WHERE label = $1 AND taken_by = $2 ORDER BY lower(label) IS NULL DESC, "
        "lower(label) DESC, id IS NULL, id LIMIT $3 OFFSET $4 /* list */");
  CHECK(statement.values == std::vector<FilterValue>{hostile, std::int64_t{7}, std::int64_t{10}, std::int64_t{20}});
  CHECK(page_statement(items, "t", {}, {}).sql ==
        "SELECT id, label FROM item WHERE label = $1 ORDER BY taken_by, id LIMIT $2 OFFSET $3");
}

TEST_CASE("a list statement is bounded and knows its columns") {
  const auto refused = [](const ListFilter& filter) {
    CHECK_THROWS_AS(count_statement(items, "t", filter), store::StoreFault);
  };
  const FilterValue one = std::int64_t{1};
  for (const auto& [comparison, values] :
       {std::pair{Comparison::equal, 0}, std::pair{Comparison::between, 1}, std::pair{Comparison::one_of, 0},
        std::pair{Comparison::is_null, 1}, std::pair{Comparison::one_of, int{ListFilter::values_most} + 1}}) {
    ListFilter filter;
    filter.conditions.push_back({0, comparison, std::vector<FilterValue>(static_cast<std::size_t>(values), one)});
    refused(filter);
  }
  ListFilter unknown;
  unknown.conditions.push_back({columns.size(), Comparison::equal, {one}});
  refused(unknown);
  ListFilter many;
  many.conditions.assign(ListFilter::conditions_most + 1, {0, Comparison::is_null, {}});
  refused(many);
  ListFilter sorted;
  sorted.order.assign(ListFilter::keys_most + 1, {0});
  CHECK_THROWS_AS(page_statement(items, "t", sorted, {}), store::StoreFault);
}

TEST_CASE("a connection forgets the statements of lists and keeps others") {
  SqliteBackend backend;
  store::sqlite::Connection connection(backend.path(), store::sqlite::Use::read, backend.engine);
  const auto kept = [&] {
    int count = 0;
    for (sqlite3_stmt* one = nullptr; (one = sqlite3_next_stmt(connection.handle(), one)) != nullptr;) ++count;
    return count;
  };
  const auto nothing = [](const store::Row&) { return true; };
  const int before = kept();
  for (std::size_t values = 1; values <= ListFilter::values_most; ++values) {
    ListFilter filter;
    filter.conditions.push_back({1, Comparison::one_of, std::vector<FilterValue>(values, hostile)});
    run(connection, page_statement(items, hostile, filter, {.skip = 0, .limit = 10}), nothing);
    run(connection, count_statement(items, hostile, filter), nothing);
  }
  CHECK(kept() == before);
  run(connection, count_statement(items, hostile, {}), nothing);
  CHECK(kept() == before + 1);
}

}  // namespace
}  // namespace hub::conformance
