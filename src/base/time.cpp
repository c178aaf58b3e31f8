#include "hub/base/time.h"

#include <array>
#include <charconv>
#include <utility>

namespace hub {
namespace {

using std::chrono::days;
using std::chrono::microseconds;

void append_digits(std::string& out, std::int64_t value, std::size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

std::string to_seconds_text(Instant at) {
  const auto day = std::chrono::floor<days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<Seconds>(at - day));
  std::string out;
  out.reserve(24);
  append_digits(out, static_cast<int>(date.year()), 4);
  append_digits(out += '-', static_cast<unsigned>(date.month()), 2);
  append_digits(out += '-', static_cast<unsigned>(date.day()), 2);
  append_digits(out += 'T', time.hours().count(), 2);
  append_digits(out += ':', time.minutes().count(), 2);
  append_digits(out += ':', time.seconds().count(), 2);
  return out;
}

// Reads a text from the left; every function takes what it read.
struct Reader {
  std::string_view rest;

  bool literal(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }

  // Exactly `count` digits, a number between `least` and `most`.
  bool digits(std::size_t count, int least, int most, int& value) {
    if (rest.size() < count) return false;
    value = 0;
    for (const char c : rest.substr(0, count)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest.remove_prefix(count);
    return value >= least && value <= most;
  }

  // A fraction of a second, cut off (not rounded) after microseconds.
  bool fraction(microseconds& value) {
    std::int64_t unit_us = 100'000;
    std::size_t count = 0;
    std::int64_t us = 0;
    for (; count < rest.size() && rest[count] >= '0' && rest[count] <= '9'; ++count, unit_us /= 10) {
      us += (rest[count] - '0') * unit_us;
    }
    rest.remove_prefix(count);
    value = microseconds(us);
    return count > 0;
  }

  bool offset(std::chrono::minutes& value) {
    if (literal('Z') || literal('z')) return true;
    const bool west = literal('-');
    if (!west && !literal('+')) return false;
    int hours = 0;
    int minutes = 0;
    if (!digits(2, 0, 23, hours) || !literal(':') || !digits(2, 0, 59, minutes)) return false;
    value = std::chrono::minutes((west ? -1 : 1) * (hours * 60 + minutes));
    return true;
  }
};

bool read_date(Reader& reader, std::chrono::sys_days& date) {
  int year = 0;
  int month = 0;
  int day = 0;
  const bool shaped = reader.digits(4, 0, 9999, year) && reader.literal('-') && reader.digits(2, 1, 12, month) &&
                      reader.literal('-') && reader.digits(2, 1, 31, day);
  if (!shaped) return false;
  const std::chrono::year_month_day ymd(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                        std::chrono::day(static_cast<unsigned>(day)));
  date = std::chrono::sys_days(ymd);
  return ymd.ok();
}

struct Unit {
  char name;
  std::int64_t seconds;
};
constexpr std::array<Unit, 4> units{{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
constexpr std::uint64_t longest_duration_s = 36525ULL * 86400;  // 100 years

}  // namespace

Instant SystemClock::now() const { return std::chrono::floor<microseconds>(std::chrono::system_clock::now()); }

std::string to_rfc3339(Instant at) { return to_seconds_text(at) + 'Z'; }

std::string to_rfc3339_ms(Instant at) {
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(at) - std::chrono::floor<Seconds>(at);
  std::string out = to_seconds_text(at);
  append_digits(out += '.', ms.count(), 3);
  return out += 'Z';
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  Reader reader{text};
  std::chrono::sys_days date;
  if (!read_date(reader, date)) return std::nullopt;
  Instant at = date;
  if (!reader.rest.empty()) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    microseconds fraction{0};
    std::chrono::minutes offset{0};
    if (!reader.literal('T') && !reader.literal('t')) return std::nullopt;
    const bool shaped = reader.digits(2, 0, 23, hour) && reader.literal(':') && reader.digits(2, 0, 59, minute) &&
                        reader.literal(':') && reader.digits(2, 0, 60, second);
    if (!shaped || (reader.literal('.') && !reader.fraction(fraction))) return std::nullopt;
    if (!reader.offset(offset) || !reader.rest.empty()) return std::nullopt;
    at += std::chrono::hours(hour) + std::chrono::minutes(minute) + Seconds(second) + fraction - offset;
    // a leap second only ever ends a UTC day; it counts as the first second of the next one
    if (second == 60 && std::chrono::floor<Seconds>(at) != std::chrono::floor<days>(at)) return std::nullopt;
  }
  constexpr std::chrono::sys_days least = std::chrono::year(1970) / 1 / 1;
  constexpr std::chrono::sys_days end = std::chrono::year(10000) / 1 / 1;
  if (at < least || at >= end) return std::nullopt;
  return at;
}

std::optional<Seconds> parse_duration(std::string_view text) {
  if (text == "0") return Seconds(0);
  if (text.size() < 2) return std::nullopt;
  for (const Unit& unit : units) {
    if (text.back() != unit.name) continue;
    std::uint64_t count = 0;
    const char* end = text.data() + text.size() - 1;
    const auto [stopped, failed] = std::from_chars(text.data(), end, count);
    if (failed != std::errc() || stopped != end) return std::nullopt;
    if (count > longest_duration_s / static_cast<std::uint64_t>(unit.seconds)) return std::nullopt;
    return Seconds(static_cast<std::int64_t>(count) * unit.seconds);
  }
  return std::nullopt;
}

std::string to_text(Seconds duration) {
  const std::int64_t s = duration.count();
  if (s == 0) return "0";
  for (const Unit& unit : units) {
    if (s % unit.seconds == 0) return std::to_string(s / unit.seconds) + unit.name;
  }
  return std::to_string(s) + "s";
}

}  // namespace hub
