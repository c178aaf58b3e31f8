#include "hub/operations/query.h"

#include <algorithm>
#include <charconv>
#include <compare>
#include <nlohmann/json.hpp>

#include "pattern.h"

namespace hub::operations {
namespace {

constexpr std::string_view metadata_prefix = "metadata.";

// The value of a row that a name in a query means; nullptr for null and for what is not there.
const Json* find_value(const Json& row, std::string_view name) {
  const Json* value = find_member(row, name);
  if (value == nullptr && name.starts_with(metadata_prefix)) {
    value = find_member(row, "metadata");
    if (value != nullptr) value = find_member(*value, name.substr(metadata_prefix.size()));
  }
  return value == nullptr || value->is_null() ? nullptr : value;
}

const std::string* text_of(const Json& value) { return value.get_ptr<const Json::string_t*>(); }

// The number behind a value of a kind that has one.
std::optional<std::int64_t> number_of(const Json& value, ValueKind kind) {
  const std::string* const text = text_of(value);
  if (kind == ValueKind::integer && value.is_number_integer()) return value.get<std::int64_t>();
  if (kind == ValueKind::boolean && value.is_boolean()) return value.get<bool>() ? 1 : 0;
  if (kind == ValueKind::time && text != nullptr) {
    const std::optional<Instant> at = parse_rfc3339(*text);
    if (at) return unix_microseconds(*at);
  }
  if (kind == ValueKind::duration && text != nullptr) {
    const std::optional<Seconds> duration = parse_duration(*text);
    if (duration) return duration->count();
  }
  return std::nullopt;
}

template <class Number>
std::optional<Number> read_whole(std::string_view text) {
  Number number{};
  const auto [stopped, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || stopped != text.data() + text.size()) return std::nullopt;
  return number;
}

using Order = std::optional<std::partial_ordering>;  // none: the two cannot be compared

// Of a key of metadata, whose type is whatever somebody wrote.
Order compare_free(const Json& value, const std::string& asked) {
  if (const std::string* const text = text_of(value)) return *text <=> asked;
  if (value.is_boolean()) {
    const bool is_true = asked == "true" || asked == "1";
    if (!is_true && asked != "false" && asked != "0") return std::nullopt;
    return value.get<bool>() == is_true ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
  }
  if (!value.is_number()) return std::nullopt;
  const std::optional<std::int64_t> whole = read_whole<std::int64_t>(asked);
  if (whole && value.is_number_integer()) return value.get<std::int64_t>() <=> *whole;
  const std::optional<double> number = read_whole<double>(asked);
  if (!number) return std::nullopt;
  return value.get<double>() <=> *number;
}

Order compare(const Json& value, const Condition& condition, const Operand& operand) {
  if (condition.is_free) return compare_free(value, operand.text);
  if (const std::string* const text = text_of(value); text != nullptr && condition.kind == ValueKind::text) {
    return *text <=> operand.text;
  }
  const std::optional<std::int64_t> number = number_of(value, condition.kind);
  if (!number) return std::nullopt;
  return *number <=> operand.number;
}

// Equality with one of the operands; of an array, membership.
bool equals_any(const Json& value, const Condition& condition) {
  if (value.is_array()) {
    return std::any_of(value.begin(), value.end(), [&](const Json& item) { return equals_any(item, condition); });
  }
  // A text among many, which are sorted.
  if (const std::string* const text = text_of(value); text != nullptr && condition.kind == ValueKind::text) {
    return std::ranges::binary_search(condition.operands, *text, {}, &Operand::text);
  }
  return std::any_of(condition.operands.begin(), condition.operands.end(), [&](const Operand& operand) {
    const Order order = compare(value, condition, operand);
    return order && *order == 0;
  });
}

// How a single value reads, or none for arrays and objects.
std::optional<std::string> as_text(const Json& value) {
  if (const std::string* const text = text_of(value)) return *text;
  if (value.is_structured()) return std::nullopt;
  return to_line(value);
}

bool matches_search(const Json& row, const Condition& condition) {
  std::string joined;
  for (const std::string& name : condition.fields) {
    const Json* const value = find_value(row, name);
    const std::optional<std::string> text = value == nullptr ? std::nullopt : as_text(*value);
    if (!text) continue;
    if (!joined.empty()) joined += ' ';
    joined += *text;
  }
  return contains_ignoring_case(joined, condition.operands.front().text);
}

bool matches_pattern(const Json& value, const std::string& pattern, bool wanted) {
  const std::optional<std::string> text = as_text(value);
  return text && is_like(*text, pattern) == wanted;
}

bool matches_value(const Json& value, const Condition& condition) {
  const auto order = [&](std::size_t operand) {
    return compare(value, condition, condition.operands[operand]).value_or(std::partial_ordering::unordered);
  };
  switch (condition.modifier) {
    case Modifier::equal:
    case Modifier::in:
      return equals_any(value, condition);
    case Modifier::ne:
    case Modifier::notin:
      return !equals_any(value, condition);
    case Modifier::gt:
      return order(0) > 0;
    case Modifier::gte:
      return order(0) >= 0;
    case Modifier::lt:
      return order(0) < 0;
    case Modifier::lte:
      return order(0) <= 0;
    case Modifier::bt:
      return order(0) >= 0 && order(1) <= 0;
    case Modifier::like:
      return matches_pattern(value, condition.operands[0].text, true);
    case Modifier::notlike:
      return matches_pattern(value, condition.operands[0].text, false);
    case Modifier::concatlike:
      return false;  // not about one value
  }
  __builtin_unreachable();
}

// Booleans before numbers before texts, where rows differ in type.
int rank(const Json& value) {
  if (value.is_boolean()) return 0;
  if (value.is_number()) return 1;
  return value.is_string() ? 2 : 3;
}

std::partial_ordering compare_rows(const Json& a, const Json& b, ValueKind kind) {
  const std::optional<std::int64_t> a_number = number_of(a, kind);
  const std::optional<std::int64_t> b_number = number_of(b, kind);
  if (a_number && b_number) return *a_number <=> *b_number;
  if (rank(a) != rank(b)) return rank(a) <=> rank(b);
  if (a.is_number()) return a.get<double>() <=> b.get<double>();
  if (a.is_string()) return *text_of(a) <=> *text_of(b);
  return to_line(a) <=> to_line(b);
}

}  // namespace

bool matches(const Json& row, const Condition& condition) {
  if (condition.modifier == Modifier::concatlike) return matches_search(row, condition);
  const Json* const value = find_value(row, condition.fields.front());
  if (condition.is_null) return (value == nullptr) == (condition.modifier == Modifier::equal);
  return value != nullptr && matches_value(*value, condition);
}

bool sorts_before(const Json& a, const Json& b, const std::vector<SortKey>& keys) {
  for (const SortKey& key : keys) {
    const Json* const first = find_value(key.descending ? b : a, key.field);
    const Json* const second = find_value(key.descending ? a : b, key.field);
    if (first == nullptr && second == nullptr) continue;
    if (first == nullptr || second == nullptr) return second == nullptr;
    const std::partial_ordering order = compare_rows(*first, *second, key.kind);
    if (order != 0) return order < 0;
  }
  return false;
}

}  // namespace hub::operations
