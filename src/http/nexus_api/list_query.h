#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/json.h"
#include "hub/core/nexus_profile.h"
#include "hub/operations/query.h"
#include "list_filter.h"

// The list query language of nexus211.md section 5: what it says on top of the comparisons that operations know.
namespace hub::http::nexus_api {

// The attributes that queries know of an entity. A `reference` marks an id, which is accepted as UUID too.
using Attributes = std::vector<operations::FieldInfo>;

// One member of an entity's JSON, by itself: lists look at those that their query names and at no others.
template <class Row>
struct Member {
  operations::FieldInfo info;
  Json (*value)(const Row& row);
  bool is_attribute = true;
};
template <class Row>
using Members = std::vector<Member<Row>>;

// Some members of a row; there is one for each kind of row (render.cpp).
template <class Row>
Json project(const std::vector<const Member<Row>*>& members, const Row& row);

template <class Row>
Attributes attributes_of(const Members<Row>& members) {
  Attributes out;
  for (const Member<Row>& member : members) {
    if (member.is_attribute) out.push_back(member.info);
  }
  return out;
}

struct ListQuery {
  core::Page page{.skip = 0, .limit = 100};
  std::vector<operations::Condition> conditions;
  std::vector<operations::SortKey> order;  // ends with the id; empty: the order of creation
  std::vector<std::string> with;

  bool plain() const { return conditions.empty() && order.empty(); }
  bool expands(std::string_view name) const;
  bool filters_on(std::string_view attribute) const;
  // Has a filter or the order something to do with this attribute, or with a key of it?
  bool names(std::string_view attribute) const;
  // The value that an attribute has to be equal to.
  std::optional<std::string> value_of(std::string_view attribute) const;
};
// invalid_query. Unknown attributes, expansions and $ parameters are ignored.
Result<ListQuery> read_list_query(std::string_view query, const Attributes& attributes);

template <class Row>
struct Listed {
  std::vector<Row> rows;   // of the page
  std::int64_t total = 0;  // matches before $skip and $limit
};

// One of the few lists at a time that look at every row.
class Scan {
 public:
  Scan() : is_one_of_few_(begin()) {}
  Scan(const Scan&) = delete;
  Scan& operator=(const Scan&) = delete;
  ~Scan() { end(); }
  Result<void> check() const;
  // Once it is known how many rows match.
  static Result<void> check_depth(const ListQuery& query, std::int64_t total);
  static constexpr std::int64_t deepest = 10'000;  // row that an ordered page can begin at

 private:
  static bool begin();
  static void end();
  const bool is_one_of_few_;
};

// Takes rows in the order of creation and keeps the page that a query asks for, never much more than that.
template <class Row>
class Selection {
 public:
  Selection(const ListQuery& query, const Members<Row>& members) : query_(query) {
    for (const Member<Row>& member : members) {
      if (query.names(member.info.name)) members_.push_back(&member);
    }
  }

  void take(const Row& row) {
    auto json = project(members_, row);
    const auto holds = [&](const operations::Condition& condition) { return operations::matches(json, condition); };
    if (!std::all_of(query_.conditions.begin(), query_.conditions.end(), holds)) return;
    ++total_;
    if (query_.order.empty() && (total_ <= query_.page.skip || full())) return;
    kept_.emplace_back(std::move(json), row);
    if (!query_.order.empty() && kept_.size() > 2 * most() + slack) sort();
  }

  Listed<Row> finish() {
    if (!query_.order.empty()) sort();
    const std::size_t skip = query_.order.empty() ? 0 : static_cast<std::size_t>(query_.page.skip);
    Listed<Row> out{.rows = {}, .total = total_};
    for (std::size_t i = skip; i < kept_.size() && !reached(out.rows.size()); ++i) {
      out.rows.push_back(std::move(kept_[i].second));
    }
    return out;
  }

 private:
  static constexpr std::size_t slack = 1000;

  bool reached(std::size_t rows) const { return rows >= static_cast<std::size_t>(query_.page.limit); }
  bool full() const { return reached(kept_.size()); }
  // How many rows of an ordered list can still be on the page.
  std::size_t most() const {
    return static_cast<std::size_t>(std::min(query_.page.skip, Scan::deepest) + query_.page.limit);
  }
  void sort() {
    std::stable_sort(kept_.begin(), kept_.end(), [&](const auto& a, const auto& b) {
      return operations::sorts_before(a.first, b.first, query_.order);
    });
    if (kept_.size() > most()) kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(most()), kept_.end());
  }

  const ListQuery& query_;
  std::vector<const Member<Row>*> members_;  // those that decide
  std::vector<std::pair<Json, Row>> kept_;
  std::int64_t total_ = 0;
};

// The page of a list. `list` is core's: Result<std::int64_t>(core::ListRequest, each), with a page the rows of that
// page and how many there are, without one all that the filter leaves or that are sought.
//
// What is compiled to SQL as a whole is taken as the store gives it. Otherwise the rows are compared here, with what of
// the query is compiled making them fewer; then an ordered page cannot begin deeper than `deepest`: invalid_query.
// Lists that are filtered or ordered may look at every row of the organization, so only a few run at a time and no
// worker waits for one (claim IN-04): overloaded. Of lists in which something is sought by an index that is not so.
template <class Row, class Column, class List>
Result<Listed<Row>> run_list(const ListQuery& query, const core::Sought& sought, const Members<Row>& members,
                             const Columns<Column>& columns, const List& list) {
  const bool is_sought = sought.id || sought.email || sought.organization || sought.client_id;
  std::optional<Scan> scan;
  if (!is_sought && !query.plain()) scan.emplace();
  if (Result<void> may = scan ? scan->check() : Result<void>(); !may) return may.error();
  Compiled<Column> compiled = compile(query.conditions, query.order, columns);
  if (compiled.is_whole && !is_sought) {
    Listed<Row> out;
    const Result<std::int64_t> total =
        list({.page = query.page, .sought = {}, .filter = std::move(compiled.filter)}, [&](const Row& row) {
          out.rows.push_back(row);
          return true;
        });
    if (!total) return total.error();
    out.total = *total;
    return out;
  }
  compiled.filter.order.clear();
  Selection<Row> selection(query, members);
  const Result<std::int64_t> seen =
      list({.page = {}, .sought = sought, .filter = std::move(compiled.filter)}, [&](const Row& row) {
        selection.take(row);
        return true;
      });
  if (!seen) return seen.error();
  Listed<Row> out = selection.finish();
  if (Result<void> deep = Scan::check_depth(query, out.total); !deep) return deep.error();
  return out;
}

}  // namespace hub::http::nexus_api
