#include <algorithm>
#include <array>
#include <charconv>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/operations/query.h"
#include "pattern.h"
#include "query_time.h"

namespace hub::operations {
namespace {

struct ModifierName {
  std::string_view name;
  Modifier modifier;
};
constexpr std::array<ModifierName, 11> modifier_names{{{"ne", Modifier::ne},
                                                       {"gt", Modifier::gt},
                                                       {"gte", Modifier::gte},
                                                       {"lt", Modifier::lt},
                                                       {"lte", Modifier::lte},
                                                       {"bt", Modifier::bt},
                                                       {"in", Modifier::in},
                                                       {"notin", Modifier::notin},
                                                       {"like", Modifier::like},
                                                       {"notlike", Modifier::notlike},
                                                       {"concatlike", Modifier::concatlike}}};

constexpr std::size_t most_choices = 1000;  // claim IN-04: what a row is compared with is bounded
constexpr std::string_view metadata = "metadata";
constexpr std::string_view metadata_prefix = "metadata.";

Error refuse(std::string message, std::string hint = {}) {
  return {codes::invalid_query, std::move(message), std::move(hint)};
}

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view near = nearest(word, known);
  return near.empty() ? std::string() : "did you mean " + in_quotes(near) + "?";
}

// A field as a query sees it.
struct Attribute {
  ValueKind kind = ValueKind::text;
  bool repeated = false;
  bool is_free = false;
};

Result<Attribute> find_attribute(std::string_view name, const std::vector<FieldInfo>& fields) {
  std::vector<std::string_view> names;
  for (const FieldInfo& field : fields) {
    if (field.kind == ValueKind::secret) continue;  // comparing would tell it bit by bit
    if (field.name == name) return Attribute{field.kind, field.repeated, false};
    const bool has_keys = field.name == metadata && field.kind == ValueKind::object;
    if (has_keys && name.starts_with(metadata_prefix) && name.size() > metadata_prefix.size()) {
      return Attribute{ValueKind::text, false, true};
    }
    names.push_back(field.name);
  }
  const std::string shown = is_display_name(name, 64) ? ' ' + in_quotes(name) : " of that name";
  return refuse("This list has no field" + shown + '.', did_you_mean(name, names));
}

Result<Modifier> find_modifier(std::string_view name) {
  std::vector<std::string_view> names;
  for (const ModifierName& known : modifier_names) {
    if (known.name == name) return known.modifier;
    names.push_back(known.name);
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "known are ne gt gte lt lte bt in notin like notlike concatlike";
  const std::string shown = is_display_name(name, 64) ? ' ' + in_quotes(name) : " of that name";
  return refuse("There is no modifier" + shown + '.', std::move(hint));
}

bool is_ordering(Modifier modifier) {
  switch (modifier) {
    case Modifier::gt:
    case Modifier::gte:
    case Modifier::lt:
    case Modifier::lte:
    case Modifier::bt:
      return true;
    default:
      return false;
  }
}

bool is_pattern(Modifier modifier) { return modifier == Modifier::like || modifier == Modifier::notlike; }

Result<void> check_fits(const Attribute& attribute, Modifier modifier, std::string_view name) {
  if (attribute.repeated && (is_ordering(modifier) || is_pattern(modifier))) {
    return refuse(in_quotes(name) + " holds several values; it knows =, ne, in and notin only.");
  }
  if (attribute.kind == ValueKind::object) {
    return refuse(in_quotes(name) + " can only be compared with null.", "ask for one key, as in metadata.kind=printer");
  }
  if (attribute.kind == ValueKind::boolean && is_ordering(modifier)) {
    return refuse(in_quotes(name) + " is true or false and has no order.");
  }
  if (attribute.kind != ValueKind::text && is_pattern(modifier)) {
    return refuse(in_quotes(name) + " is no text; like and notlike need one.");
  }
  return {};
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [stopped, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || stopped != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> read_number(ValueKind kind, std::string_view text) {
  switch (kind) {
    case ValueKind::text:
    case ValueKind::secret:
    case ValueKind::object:
      return 0;
    case ValueKind::integer:
      return read_integer(text);
    case ValueKind::boolean:
      if (text == "true" || text == "1") return 1;
      if (text == "false" || text == "0") return 0;
      return std::nullopt;
    case ValueKind::time:
      return read_time(text);
    case ValueKind::duration: {
      const std::optional<Seconds> duration = parse_duration(text);
      return duration ? std::optional<std::int64_t>(duration->count()) : std::nullopt;
    }
  }
  __builtin_unreachable();
}

std::string_view expected(ValueKind kind) {
  switch (kind) {
    case ValueKind::integer:
      return "a whole number";
    case ValueKind::boolean:
      return "true, false, 1 or 0";
    case ValueKind::time:
      return "a time like 2026-11-22T09:30:00Z";
    case ValueKind::duration:
      return "a duration like 90s, 15m, 8h or 7d";
    case ValueKind::text:
    case ValueKind::secret:
    case ValueKind::object:
      return "text";
  }
  __builtin_unreachable();
}

// At pipes; a backslash makes a pipe part of the value and is itself literal everywhere else.
std::vector<std::string> split_choices(std::string_view text) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '|') {
      parts.back() += text[++at];
    } else if (text[at] == '|') {
      parts.emplace_back();
    } else {
      parts.back() += text[at];
    }
  }
  return parts;
}

Result<void> read_operands(Condition& condition, std::string_view value) {
  std::vector<std::string> parts;
  if (condition.modifier == Modifier::in || condition.modifier == Modifier::notin) {
    parts = split_choices(value);
  } else if (condition.modifier == Modifier::bt) {
    const std::vector<std::string_view> bounds = split(value, ',');
    if (bounds.size() != 2) return refuse("bt takes two values with a comma between them.", "age:bt=3,5");
    parts.assign(bounds.begin(), bounds.end());
  } else {
    parts.emplace_back(value);
  }
  if (parts.size() > most_choices) {
    return refuse("in and notin take at most " + std::to_string(most_choices) + " values.");
  }
  for (std::string& part : parts) {
    const std::optional<std::int64_t> number = read_number(condition.kind, part);
    if (!number) {
      return refuse(in_quotes(condition.fields.front()) + " is compared with " + std::string(expected(condition.kind)) +
                    '.');
    }
    condition.operands.push_back({std::move(part), *number});
  }
  const bool are_choices = condition.modifier == Modifier::in || condition.modifier == Modifier::notin;
  if (are_choices) std::ranges::sort(condition.operands, {}, &Operand::text);
  return {};
}

Result<Condition> parse_search(std::string_view names, std::string_view value, const std::vector<FieldInfo>& fields) {
  Condition condition{.fields = {}, .modifier = Modifier::concatlike};
  for (const std::string_view name : split(names, ',')) {
    const Result<Attribute> attribute = find_attribute(name, fields);
    if (!attribute) return attribute.error();
    const bool named = name == "first_name" || name == "last_name" || name == "firstName" || name == "lastName";
    if (!attribute->is_free && !named) {
      return refuse("concatlike searches first_name, last_name and keys of metadata only.");
    }
    condition.fields.emplace_back(name);
  }
  if (Result<void> fits = check_search_text(value); !fits) return fits.error();
  condition.operands.push_back({std::string(value)});
  return condition;
}

}  // namespace

Result<Condition> parse_condition(std::string_view text, const std::vector<FieldInfo>& fields) {
  const std::size_t equals = text.find('=');
  if (!is_clean_utf8(text) || equals == std::string_view::npos) {
    return refuse("A filter looks like name=value or name:modifier=value.", "name:like=%press%");
  }
  const std::string_view value = text.substr(equals + 1);
  std::string_view name = text.substr(0, equals);
  std::string_view modifier_name;
  const std::size_t colon = name.rfind(':');
  const bool has_modifier = colon != std::string_view::npos;
  if (has_modifier) {
    modifier_name = name.substr(colon + 1);
    name = name.substr(0, colon);
  }
  if (modifier_name == "concatlike") return parse_search(name, value, fields);
  const Result<Attribute> attribute = find_attribute(name, fields);
  if (!attribute) return attribute.error();
  Condition condition{.fields = {std::string(name)}, .kind = attribute->kind, .is_free = attribute->is_free};
  if (has_modifier) {
    const Result<Modifier> modifier = find_modifier(modifier_name);
    if (!modifier) return modifier.error();
    condition.modifier = *modifier;
  }
  const bool compares_null = condition.modifier == Modifier::equal || condition.modifier == Modifier::ne;
  if (compares_null && value == "null") {
    condition.is_null = true;
    return condition;
  }
  if (Result<void> fits = check_fits(*attribute, condition.modifier, name); !fits) return fits.error();
  if (is_pattern(condition.modifier)) {
    if (Result<void> bounded = check_pattern(value); !bounded) return bounded.error();
  }
  if (Result<void> read = read_operands(condition, value); !read) return read.error();
  return condition;
}

Result<std::vector<SortKey>> parse_sort(std::string_view text, const std::vector<FieldInfo>& fields) {
  std::vector<SortKey> keys;
  for (std::string_view name : split(text, ',')) {
    const bool descending = name.starts_with('-');
    if (descending) name.remove_prefix(1);
    const Result<Attribute> attribute = find_attribute(name, fields);
    if (!attribute) return attribute.error();
    if (attribute->repeated || attribute->kind == ValueKind::object) {
      return refuse(in_quotes(name) + " has no order to sort by.");
    }
    keys.push_back({std::string(name), attribute->kind, descending});
  }
  return keys;
}

}  // namespace hub::operations
