#include "list_statement.h"

#include <array>
#include <utility>

#include "fault.h"
#include "hub/base/codes.h"

namespace hub::store {
namespace {

struct ComparisonSql {
  std::string_view before, after, between_values, end;  // of the column and its values
};
// By the number of the comparison.
constexpr std::array<ComparisonSql, 13> comparisons{{
    {"", " IS NULL", "", ""},
    {"", " IS NOT NULL", "", ""},
    {"", " = ", "", ""},
    {"", " <> ", "", ""},
    {"", " > ", "", ""},
    {"", " >= ", "", ""},
    {"", " < ", "", ""},
    {"", " <= ", "", ""},
    {"", " BETWEEN ", " AND ", ""},
    {"", " IN (", ", ", ")"},
    {"", " NOT IN (", ", ", ")"},
    {"lower(", ") LIKE ", "", " ESCAPE '\\'"},
    {"lower(", ") NOT LIKE ", "", " ESCAPE '\\'"},
}};
static_assert(comparisons.size() == static_cast<std::size_t>(Comparison::not_like) + 1);

[[noreturn]] void refuse() { throw StoreFault(Error{codes::internal, "A list has a filter that is none."}); }

bool fits(Comparison comparison, std::size_t values) {
  switch (comparison) {
    case Comparison::is_null:
    case Comparison::is_not_null:
      return values == 0;
    case Comparison::between:
      return values == 2;
    case Comparison::one_of:
    case Comparison::none_of:
      return values > 0;
    default:
      return values == 1;
  }
}

class Assembly {
 public:
  Assembly(const ListTable& table, std::string_view head, const std::string& tenant) : table_(table) {
    out_.sql = head;
    out_.values.emplace_back(tenant);
  }

  void where(const ListFilter& filter) {
    std::size_t values = 0;
    for (const ListFilter::Condition& condition : filter.conditions) {
      values += condition.values.size();
      if (!fits(condition.comparison, condition.values.size()) || values > ListFilter::values_most) refuse();
      add(condition);
    }
    if (filter.conditions.size() > ListFilter::conditions_most) refuse();
  }

  void order(const ListFilter& filter) {
    if (filter.order.size() > ListFilter::keys_most) refuse();
    out_.sql += " ORDER BY ";
    for (const ListFilter::Key& key : filter.order) {
      const std::string_view direction = key.descending ? " DESC" : "";
      if (&key != &filter.order.front()) out_.sql += ", ";
      for (const std::string_view end : {" IS NULL", ""}) {
        column(key.column);
        out_.sql += end;
        out_.sql += direction;
        if (!end.empty()) out_.sql += ", ";
      }
    }
    if (filter.order.empty()) {
      out_.sql += table_.creation;
      out_.sql += ", ";
      column(0);
    }
  }

  void order_by_id() { out_.sql += " ORDER BY id"; }
  void between(const std::string& from, const std::string& end) {
    out_.sql += " AND id >= ";
    bind(from);
    out_.sql += " AND id < ";
    bind(end);
  }

  void page(const Page& page) {
    out_.sql += " LIMIT ";
    bind(page.limit);
    out_.sql += " OFFSET ";
    bind(page.skip);
  }

  ListStatement finish() { return std::move(out_); }
  ListStatement finish(const ListFilter& filter) {
    if (!filter.conditions.empty() || !filter.order.empty()) out_.sql += list_mark;
    return finish();
  }

 private:
  void add(const ListFilter::Condition& condition) {
    const ComparisonSql& sql = comparisons[static_cast<std::size_t>(condition.comparison)];
    out_.sql += " AND ";
    out_.sql += sql.before;
    column(condition.column);
    out_.sql += sql.after;
    for (const FilterValue& value : condition.values) {
      if (&value != &condition.values.front()) out_.sql += sql.between_values;
      bind(value);
    }
    out_.sql += sql.end;
  }
  void column(std::size_t number) {
    if (number >= table_.columns.size()) refuse();
    out_.sql += table_.columns[number];
  }
  void bind(FilterValue value) {
    out_.values.push_back(std::move(value));
    out_.sql += '$';
    out_.sql += std::to_string(out_.values.size());
  }

  const ListTable& table_;
  ListStatement out_;
};

Value as_value(const FilterValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  return std::get<std::string>(value);
}

constexpr std::size_t values_most = ListFilter::values_most + 3;  // with the tenant and the page

template <std::size_t... index>
void query(Session& session, const ListStatement& statement, const Visitor& visit, std::index_sequence<index...>) {
  const std::string_view sql = statement.sql;
  session.query(sql, {as_value(statement.values[index])...}, visit);
}

// How many values there are is part of the type of a list of them.
template <std::size_t size = 1>
void query(Session& session, const ListStatement& statement, const Visitor& visit) {
  if constexpr (size > values_most) {
    refuse();
  } else {
    if (statement.values.size() != size) return query<size + 1>(session, statement, visit);
    query(session, statement, visit, std::make_index_sequence<size>());
  }
}

}  // namespace

ListStatement page_statement(const ListTable& table, const std::string& tenant, const ListFilter& filter,
                             const Page& page) {
  Assembly assembly(table, table.page_head, tenant);
  assembly.where(filter);
  assembly.order(filter);
  assembly.page(page);
  return assembly.finish(filter);
}

ListStatement all_by_id(const ListTable& table, const std::string& tenant, const ListFilter& filter) {
  Assembly assembly(table, table.page_head, tenant);
  assembly.where(filter);
  assembly.order_by_id();
  return assembly.finish(filter);
}

ListStatement page_by_id(const ListTable& table, const std::string& tenant, const Page& page) {
  Assembly assembly(table, table.page_head, tenant);
  assembly.order_by_id();
  assembly.page(page);
  return assembly.finish();
}

ListStatement between_ids(const ListTable& table, const std::string& tenant, const std::string& from,
                          const std::string& end) {
  Assembly assembly(table, table.page_head, tenant);
  assembly.between(from, end);
  assembly.order_by_id();
  return assembly.finish();
}

ListStatement count_statement(const ListTable& table, const std::string& tenant, const ListFilter& filter) {
  Assembly assembly(table, table.count_head, tenant);
  assembly.where(filter);
  return assembly.finish(filter);
}

void run(Session& session, const ListStatement& statement, const Visitor& visit) { query(session, statement, visit); }

}  // namespace hub::store
