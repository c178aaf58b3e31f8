#include "query_time.h"

#include <algorithm>
#include <string>

#include "hub/base/time.h"

namespace hub::operations {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes `groups` of two digits with `between` in front of all but the first, or without it anywhere.
std::optional<std::string> take_groups(std::string_view& rest, int least, int most, char between) {
  std::string out;
  bool apart = false;
  for (int group = 0; group < most; ++group) {
    std::string_view at = rest;
    if (group == 1) apart = at.starts_with(between);
    if (group > 0 && apart) {
      if (!at.starts_with(between)) break;
      at.remove_prefix(1);
    }
    if (at.size() < 2 || !is_digit(at[0]) || !is_digit(at[1])) {
      if (group < least || at.data() != rest.data()) return std::nullopt;
      break;
    }
    out += (group > 0 ? std::string(1, between) : "") + std::string(at.substr(0, 2));
    at.remove_prefix(2);
    rest = at;
  }
  return out;
}

std::string take_fraction(std::string_view& rest) {
  if (!rest.starts_with('.')) return "";
  const auto end = std::find_if_not(rest.begin() + 1, rest.end(), is_digit);
  const auto size = static_cast<std::size_t>(end - rest.begin());
  std::string out(rest.substr(0, size));
  rest.remove_prefix(size);
  return out;
}

std::optional<std::string> take_zone(std::string_view rest) {
  if (rest.empty() || rest == "Z" || rest == "z") return "Z";
  const char sign = rest.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  rest.remove_prefix(1);
  const std::optional<std::string> offset = take_groups(rest, 1, 2, ':');
  if (!offset || !rest.empty()) return std::nullopt;
  return sign + *offset + (offset->size() == 2 ? ":00" : "");
}

// The same time as RFC 3339 writes it; none when it does not have the form.
std::optional<std::string> as_rfc3339(std::string_view text) {
  if (text.size() < 4 || !std::all_of(text.begin(), text.begin() + 4, is_digit)) return std::nullopt;
  std::string out(text.substr(0, 4));
  text.remove_prefix(4);
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::optional<std::string> day = take_groups(text, 2, 2, '-');
  if (!day) return std::nullopt;
  out += '-' + *day;
  if (text.empty()) return out;
  if (text.front() != 'T' && text.front() != 't') return std::nullopt;
  text.remove_prefix(1);
  const std::optional<std::string> clock = take_groups(text, 2, 3, ':');
  if (!clock) return std::nullopt;
  out += 'T' + *clock + (clock->size() == 5 ? ":00" : take_fraction(text));
  const std::optional<std::string> zone = take_zone(text);
  return zone ? std::optional(out + *zone) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> read_time(std::string_view text) {
  std::optional<std::string> full = as_rfc3339(text);
  if (!full) return std::nullopt;
  const bool is_early = *full < "1970";
  if (is_early) full->replace(0, 4, "1972");  // a leap year, whose days are looked at all the same
  const std::optional<Instant> at = parse_rfc3339(*full);
  if (!at) return std::nullopt;
  return is_early ? -1 : unix_microseconds(*at);
}

}  // namespace hub::operations
