#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/field.h"

// The list query language of nexus211.md section 5 over the JSON fields of a list and `metadata.<key>`. An unknown
// field or modifier is invalid_query (decisions-week-one.md 33).
namespace hub::operations {

enum class Modifier { equal, ne, gt, gte, lt, lte, bt, in, notin, like, notlike, concatlike };

// A value to compare with, read as the field's kind: `number` holds integers, booleans, seconds and microseconds.
struct Operand {
  std::string text;
  std::int64_t number = 0;
};

// One parsed and checked condition.
struct Condition {
  std::vector<std::string> fields;  // one; several with concatlike only
  ValueKind kind = ValueKind::text;
  bool is_free = false;  // a key of metadata: its type shows in each row
  Modifier modifier = Modifier::equal;
  bool is_null = false;                // `=null` and `:ne=null`
  std::vector<Operand> operands = {};  // of in and notin: sorted by text
};
struct SortKey {
  std::string field;
  ValueKind kind = ValueKind::text;
  bool descending = false;
};
struct ListQuery {
  std::vector<Condition> conditions;
  std::vector<SortKey> sort;  // empty: the order of the operation
  std::optional<std::int64_t> limit;
  std::int64_t skip = 0;

  bool empty() const { return conditions.empty() && sort.empty() && !limit && skip == 0; }
};

// "name=john", "age:gt=5", "status:in=a|b", "name=null"; `fields` are those of the list's rows.
Result<Condition> parse_condition(std::string_view text, const std::vector<FieldInfo>& fields);
// "-created_at,name"
Result<std::vector<SortKey>> parse_sort(std::string_view text, const std::vector<FieldInfo>& fields);

bool matches(const Json& row, const Condition& condition);
// Null comes after every value when ascending, before when descending.
bool sorts_before(const Json& a, const Json& b, const std::vector<SortKey>& keys);

}  // namespace hub::operations
