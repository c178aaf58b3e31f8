#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/list_filter.h"

// The one place where SQL is put together: out of literals in tables, chosen by number. Nothing of a request is part of
// the text but how many values there are.
namespace hub::store {

struct ListTable {
  std::string_view page_head, count_head;     // to the WHERE, whose first condition is the tenant, $1
  std::string_view creation;                  // the default order, with the id
  std::span<const std::string_view> columns;  // by the number of the column; the first is the id
};

struct ListStatement {
  std::string sql;
  std::vector<FilterValue> values;  // of $1 and so on
};
ListStatement page_statement(const ListTable& table, const std::string& tenant, const ListFilter& filter,
                             const Page& page);
// In the order of ids, which is nearly that of creation: all, a page, and those from one id to before another.
ListStatement all_by_id(const ListTable& table, const std::string& tenant, const ListFilter& filter);
ListStatement page_by_id(const ListTable& table, const std::string& tenant, const Page& page);
ListStatement between_ids(const ListTable& table, const std::string& tenant, const std::string& from,
                          const std::string& end);
ListStatement count_statement(const ListTable& table, const std::string& tenant, const ListFilter& filter);

// Ends texts that depend on a filter. Connections forget these statements after use: there are too many different ones
// to keep.
inline constexpr std::string_view list_mark = " /* list */";

void run(Session& session, const ListStatement& statement, const Visitor& visit);

}  // namespace hub::store
