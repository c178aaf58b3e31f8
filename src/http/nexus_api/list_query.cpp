#include "list_query.h"

#include <atomic>
#include <limits>

#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/text.h"

namespace hub::http::nexus_api {
namespace {

constexpr std::int64_t limit_most = 1000;
constexpr std::size_t conditions_most = 100;
constexpr std::size_t order_most = 20;
constexpr std::string_view metadata_prefix = "metadata.";
constexpr std::string_view concatlike = "concatlike";

Error refuse(std::string message) { return {codes::invalid_query, std::move(message)}; }

// Digits and nothing else; what is too large to count is the largest number there is.
Result<std::int64_t> read_count(std::string_view name, std::string_view text) {
  std::int64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return refuse(std::string(name) + " is a whole number that is not negative.");
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    number = number > (most - 9) / 10 ? most : number * 10 + (c - '0');
  }
  if (text.empty()) return refuse(std::string(name) + " has no value.");
  return number;
}

const operations::FieldInfo* find_attribute(const Attributes& attributes, std::string_view name) {
  for (const operations::FieldInfo& attribute : attributes) {
    if (attribute.name == name) return &attribute;
    const bool keyed = attribute.name == "metadata" && name.starts_with(metadata_prefix);
    if (keyed && name.size() > metadata_prefix.size()) return &attribute;
  }
  return nullptr;
}

// Every id is compared in the form that answers have.
std::string as_hash_ids(std::string_view value) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(value, '|')) {
    const std::optional<Uuid> uuid = Uuid::parse(part);
    parts.push_back(uuid ? uuid->hash_id() : std::string(part));
  }
  return join(parts, "|");
}

Result<void> read_filter(const Parameter& parameter, const Attributes& attributes, ListQuery& query) {
  const std::string_view whole = parameter.name;
  const std::size_t colon = whole.rfind(':');
  const bool modified = colon != std::string_view::npos;
  const std::string_view modifier = modified ? whole.substr(colon + 1) : std::string_view();
  std::vector<std::string> known;
  const std::vector<std::string_view> names = split(whole.substr(0, colon), ',');
  const operations::FieldInfo* attribute = nullptr;
  for (const std::string_view name : names) {
    const operations::FieldInfo* const found = find_attribute(attributes, name);
    if (found == nullptr || name.find('=') != std::string_view::npos) continue;
    attribute = found;
    known.emplace_back(name);
  }
  if (known.empty()) return {};
  if (names.size() > 1 && modifier != concatlike) return refuse("Only concatlike takes several attributes.");
  std::string value = parameter.value.value_or("");
  if (!attribute->reference.empty()) value = as_hash_ids(value);
  const std::string text = join(known, ",") + (modified ? ":" + std::string(modifier) : "") + "=" + value;
  Result<operations::Condition> condition = operations::parse_condition(text, attributes);
  if (!condition) return condition.error();
  query.conditions.push_back(std::move(*condition));
  return {};
}

Result<bool> is_descending(const std::vector<std::string_view>& words) {
  const std::string direction = words.size() > 1 ? comparison_form(words[1]) : "asc";
  if (words.size() <= 2 && (direction == "asc" || direction == "desc")) return direction == "desc";
  return refuse("$order takes attributes with asc or desc.");
}

Result<void> read_order(std::string_view text, const Attributes& attributes, ListQuery& query) {
  query.order.clear();
  bool has_id = false;
  for (const std::string_view part : split(text, ',')) {
    const std::vector<std::string_view> words = split_words(part);
    if (words.empty()) continue;
    const Result<bool> descending = is_descending(words);
    if (!descending) return descending.error();
    const operations::FieldInfo* const attribute = find_attribute(attributes, words[0]);
    const bool keyed = words[0].starts_with(metadata_prefix);
    const bool sortable =
        attribute != nullptr && !attribute->repeated && (keyed || attribute->kind != operations::ValueKind::object);
    if (!sortable) continue;
    has_id = has_id || words[0] == "id";
    const operations::ValueKind kind = keyed ? operations::ValueKind::text : attribute->kind;
    query.order.push_back({std::string(words[0]), kind, *descending});
    if (query.order.size() > order_most) return refuse("$order takes at most 20 attributes.");
  }
  if (!query.order.empty() && !has_id) query.order.push_back({.field = "id"});
  return {};
}

Result<void> read_control(const Parameter& parameter, const Attributes& attributes, ListQuery& query) {
  const std::string value = parameter.value.value_or("");
  if (parameter.name == "$limit" || parameter.name == "$skip") {
    const Result<std::int64_t> number = read_count(parameter.name, value);
    if (!number) return number.error();
    if (parameter.name == "$skip") query.page.skip = *number;
    if (parameter.name == "$limit") query.page.limit = std::min(*number, limit_most);
  } else if (parameter.name == "$order") {
    return read_order(value, attributes, query);
  } else if (parameter.name == "$with") {
    for (const std::string_view name : split(value, ',')) query.with.emplace_back(trim(name));
  }
  return {};
}

}  // namespace

bool ListQuery::expands(std::string_view name) const { return std::find(with.begin(), with.end(), name) != with.end(); }

bool ListQuery::filters_on(std::string_view attribute) const {
  return std::any_of(conditions.begin(), conditions.end(), [&](const operations::Condition& condition) {
    return condition.fields.size() == 1 && condition.fields.front() == attribute;
  });
}

bool ListQuery::names(std::string_view attribute) const {
  const auto is_it = [&](std::string_view name) {
    if (!name.starts_with(attribute)) return false;
    return name.size() == attribute.size() || (attribute == "metadata" && name[attribute.size()] == '.');
  };
  return std::any_of(conditions.begin(), conditions.end(),
                     [&](const operations::Condition& one) {
                       return std::any_of(one.fields.begin(), one.fields.end(), is_it);
                     }) ||
         std::any_of(order.begin(), order.end(), [&](const operations::SortKey& key) { return is_it(key.field); });
}

std::optional<std::string> ListQuery::value_of(std::string_view attribute) const {
  for (const operations::Condition& condition : conditions) {
    const bool equal = condition.modifier == operations::Modifier::equal && !condition.is_null;
    if (equal && condition.fields.front() == attribute) return condition.operands.front().text;
  }
  return std::nullopt;
}

Result<ListQuery> read_list_query(std::string_view query, const Attributes& attributes) {
  const Result<std::vector<Parameter>> parameters = parse_form(query);
  if (!parameters) return refuse("The query cannot be read.");
  ListQuery out;
  for (const Parameter& parameter : *parameters) {
    const bool control = parameter.name.starts_with('$');
    const Result<void> read =
        control ? read_control(parameter, attributes, out) : read_filter(parameter, attributes, out);
    if (!read) return read.error();
    if (out.conditions.size() > conditions_most) return refuse("A list has at most 100 filters.");
  }
  return out;
}

namespace {

constexpr int scans_most = 4;
std::atomic<int> scans{0};

}  // namespace

bool Scan::begin() { return ++scans <= scans_most; }
void Scan::end() { --scans; }

Result<void> Scan::check_depth(const ListQuery& query, std::int64_t total) {
  const bool deep = !query.order.empty() && query.page.skip > deepest && total > query.page.skip;
  if (!deep) return {};
  return Error{codes::invalid_query, "An ordered list begins at row " + std::to_string(deepest) + " at most.",
               "filter it", "$skip"};
}

Result<void> Scan::check() const {
  if (is_one_of_few_) return {};
  return Error{codes::overloaded, "Too many lists are being searched.", "try again in a moment"};
}

}  // namespace hub::http::nexus_api
