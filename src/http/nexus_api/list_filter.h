#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "hub/core/nexus_profile.h"
#include "hub/operations/query.h"

// From a list query to what the store can filter and order by, through the fixed table of an entity.
namespace hub::http::nexus_api {

template <class Column>
struct AttributeColumn {
  std::string_view attribute;
  Column column;
};
template <class Column>
using Columns = std::vector<AttributeColumn<Column>>;

template <class Column>
struct Compiled {
  store::FilterOn<Column> filter;
  bool is_whole = true;  // otherwise the filter leaves every row that matches, and others
};

// One condition, unless SQL cannot compare exactly as the query language does.
std::optional<store::ListFilter::Condition> compile(const operations::Condition& condition, std::size_t column);

template <class Column>
Compiled<Column> compile(const std::vector<operations::Condition>& conditions,
                         const std::vector<operations::SortKey>& order, const Columns<Column>& columns) {
  const auto column_of = [&](std::string_view name) -> std::optional<std::size_t> {
    for (const AttributeColumn<Column>& known : columns) {
      if (known.attribute == name) return static_cast<std::size_t>(known.column);
    }
    return std::nullopt;
  };
  Compiled<Column> out;
  std::size_t values = 0;
  for (const operations::Condition& condition : conditions) {
    const auto column = condition.fields.size() == 1 ? column_of(condition.fields.front()) : std::nullopt;
    auto compiled = column ? compile(condition, *column) : std::nullopt;
    // One of each is left to core.
    const bool fits = compiled && out.filter.conditions.size() + 1 < store::ListFilter::conditions_most &&
                      values + compiled->values.size() < store::ListFilter::values_most;
    out.is_whole = out.is_whole && fits;
    if (!fits) continue;
    values += compiled->values.size();
    out.filter.conditions.push_back(std::move(*compiled));
  }
  for (const operations::SortKey& key : order) {
    const auto column = column_of(key.field);
    out.is_whole = out.is_whole && column;
    if (column) out.filter.order.push_back({*column, key.descending});
  }
  return out;
}

}  // namespace hub::http::nexus_api
