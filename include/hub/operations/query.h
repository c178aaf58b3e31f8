#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/field.h"

namespace hub::operations {

// The list query language of nexus211.md section 5 over the JSON fields of a list and `metadata.<key>`. An unknown field
// or modifier is invalid_query (decisions-week-one.md 33).
struct Condition {
  std::string field;     // "name" or "metadata.kind"
  std::string modifier;  // "", "ne", "gt", "gte", "lt", "lte", "bt", "in", "notin", "like", "notlike"
  std::string value;
};
struct SortKey {
  std::string field;
  bool descending = false;
};
struct ListQuery {
  std::vector<Condition> conditions;
  std::vector<SortKey> sort;  // empty: the order of the operation
  std::optional<std::int64_t> limit;
  std::int64_t skip = 0;

  bool empty() const { return conditions.empty() && sort.empty() && !limit && skip == 0; }
};

// "name=john", "age:gt=5", "status:in=a|b"; also "name!=john" is not part of the language.
Result<Condition> parse_condition(std::string_view text, const std::vector<FieldInfo>& fields);
// "-created_at,name"
Result<std::vector<SortKey>> parse_sort(std::string_view text, const std::vector<FieldInfo>& fields);

bool matches(const Json& row, const Condition& condition, const std::vector<FieldInfo>& fields);
bool sorts_before(const Json& a, const Json& b, const std::vector<SortKey>& keys);  // null after every value when ascending

}  // namespace hub::operations
