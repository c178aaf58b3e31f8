#include "posix_zone.h"

#include <algorithm>

namespace hub {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// The day of a change: the `week`th (5: the last) `weekday` of the month, `at` seconds after its midnight.
struct Change {
  int month = 0, week = 0, weekday = 0;
  Seconds at{7200};
};

struct Reader {
  std::string_view rest;

  bool literal(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool number(int most, int& value) {
    value = 0;
    std::size_t count = 0;
    for (; count < rest.size() && count < 4 && is_digit(rest[count]); ++count) value = value * 10 + (rest[count] - '0');
    rest.remove_prefix(count);
    return count > 0 && value <= most;
  }
  bool name() {
    const bool quoted = literal('<');
    const auto* const end = std::ranges::find_if_not(
        rest, [&](char c) { return is_letter(c) || (quoted && (is_digit(c) || c == '+' || c == '-')); });
    const auto count = static_cast<std::size_t>(end - rest.begin());
    rest.remove_prefix(count);
    return count >= 3 && (!quoted || literal('>'));
  }
  // "-1", "5:45", "02:00:00".
  bool clock(Seconds& value) {
    const bool minus = literal('-');
    if (!minus) literal('+');
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (!number(167, hours)) return false;
    if (literal(':') && !number(59, minutes)) return false;
    if (literal(':') && !number(59, seconds)) return false;
    value = Seconds((minus ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds));
    return true;
  }
  bool change(Change& value) {
    const bool shaped = literal(',') && literal('M') && number(12, value.month) && literal('.') &&
                        number(5, value.week) && literal('.') && number(6, value.weekday);
    if (!shaped || value.month < 1 || value.week < 1) return false;
    return !literal('/') || clock(value.at);
  }
};

// In local time before the change.
sys_seconds moment_of(const Change& change, std::chrono::year year) {
  const std::chrono::year_month month = year / change.month;
  const std::chrono::weekday weekday(static_cast<unsigned>(change.weekday));
  const sys_days day = change.week == 5 ? sys_days(month / weekday[std::chrono::last])
                                        : sys_days(month / weekday[static_cast<unsigned>(change.week)]);
  return sys_seconds(day) + change.at;
}

}  // namespace

std::optional<Seconds> offset_by_rule(std::string_view rule, std::int64_t unix_s) {
  Reader reader{rule};
  Seconds west{0};
  if (!reader.name() || !reader.clock(west)) return std::nullopt;
  const Seconds standard = -west;
  if (reader.rest.empty()) return standard;
  if (!reader.name()) return std::nullopt;
  Seconds summer = standard + Seconds(3600);
  if (!reader.rest.empty() && reader.rest.front() != ',') {
    if (!reader.clock(west)) return std::nullopt;
    summer = -west;
  }
  Change to_summer;
  Change to_standard;
  if (!reader.change(to_summer) || !reader.change(to_standard) || !reader.rest.empty()) return std::nullopt;
  const sys_seconds now{Seconds(unix_s)};
  const auto year = std::chrono::year_month_day(std::chrono::floor<days>(now + standard)).year();
  const sys_seconds begin = moment_of(to_summer, year) - standard;
  const sys_seconds end = moment_of(to_standard, year) - summer;
  // South of the equator summer lies around the turn of the year.
  const bool is_summer = begin < end ? now >= begin && now < end : now >= begin || now < end;
  return is_summer ? summer : standard;
}

}  // namespace hub
