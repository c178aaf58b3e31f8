#include "list_filter.h"

#include "hub/base/text.h"

namespace hub::http::nexus_api {
namespace {

using operations::Modifier;
using store::Comparison;

std::optional<Comparison> comparison_of(const operations::Condition& condition) {
  switch (condition.modifier) {
    case Modifier::equal:
      return condition.is_null ? Comparison::is_null : Comparison::equal;
    case Modifier::ne:
      return condition.is_null ? Comparison::is_not_null : Comparison::not_equal;
    case Modifier::gt:
      return Comparison::greater;
    case Modifier::gte:
      return Comparison::greater_or_equal;
    case Modifier::lt:
      return Comparison::less;
    case Modifier::lte:
      return Comparison::less_or_equal;
    case Modifier::bt:
      return Comparison::between;
    case Modifier::in:
      return Comparison::one_of;
    case Modifier::notin:
      return Comparison::none_of;
    case Modifier::like:
      return Comparison::like;
    case Modifier::notlike:
      return Comparison::not_like;
    case Modifier::concatlike:
      return std::nullopt;
  }
  __builtin_unreachable();
}

// In SQL a backslash escapes whatever follows it; in the query language only the wildcards and itself.
std::string as_pattern(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (c != '\\') continue;
    const char next = at + 1 < text.size() ? text[at + 1] : ' ';
    const bool escapes = next == '%' || next == '_' || next == '\\';
    out += escapes ? next : '\\';
    if (escapes) ++at;
  }
  return out;
}

}  // namespace

std::optional<store::ListFilter::Condition> compile(const operations::Condition& condition, std::size_t column) {
  const std::optional<Comparison> comparison = comparison_of(condition);
  if (!comparison || condition.is_free) return std::nullopt;
  store::ListFilter::Condition out{.column = column, .comparison = *comparison, .values = {}};
  if (condition.is_null) return out;
  const bool is_pattern = comparison == Comparison::like || comparison == Comparison::not_like;
  for (const operations::Operand& operand : condition.operands) {
    if (condition.kind != operations::ValueKind::text) {
      out.values.emplace_back(operand.number);
    } else if (is_clean_utf8(operand.text)) {
      out.values.emplace_back(is_pattern ? as_pattern(operand.text) : operand.text);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace hub::http::nexus_api
