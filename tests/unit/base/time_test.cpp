#include "hub/base/time.h"

#include <doctest/doctest.h>

#include <limits>

#include "support/manual_clock.h"

using namespace hub;
using namespace std::chrono_literals;

TEST_CASE("RFC 3339 texts with seconds and milliseconds") {
  struct Row {
    std::int64_t us;
    std::string seconds;
    std::string milliseconds;
  };
  const Row rows[] = {
      {0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"},
      {999'999, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.999Z"},
      {1'001'000, "1970-01-01T00:00:01Z", "1970-01-01T00:00:01.001Z"},
      {951'782'400'000'000, "2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"},
      {1'795'339'800'020'400, "2026-11-22T09:30:00Z", "2026-11-22T09:30:00.020Z"},
      {253'402'300'799'999'999, "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z"},
      {-1, "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.999Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.us);
    CHECK(to_rfc3339(from_unix_microseconds(row.us)) == row.seconds);
    CHECK(to_rfc3339_ms(from_unix_microseconds(row.us)) == row.milliseconds);
  }
}

TEST_CASE("RFC 3339 times are read with every offset and fraction") {
  const std::pair<std::string, std::int64_t> rows[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"1970-01-01", 0},
      {"2026-11-22", 1'795'305'600'000'000},
      {"2026-11-22T09:30:00Z", 1'795'339'800'000'000},
      {"2026-11-22t09:30:00z", 1'795'339'800'000'000},
      {"2026-11-22T11:30:00+02:00", 1'795'339'800'000'000},
      {"2026-11-22T04:00:00-05:30", 1'795'339'800'000'000},
      {"2026-11-22T09:30:00+00:00", 1'795'339'800'000'000},
      {"2026-11-22T09:30:00-00:00", 1'795'339'800'000'000},
      {"2026-11-22T09:30:00.5Z", 1'795'339'800'500'000},
      {"2026-11-22T09:30:00.020+00:00", 1'795'339'800'020'000},
      {"2026-11-22T09:30:00.123456Z", 1'795'339'800'123'456},
      {"2026-11-22T09:30:00.123456999999999999999Z", 1'795'339'800'123'456},
      {"2024-02-29T00:00:00Z", 1'709'164'800'000'000},
      {"2016-12-31T23:59:60Z", 1'483'228'800'000'000},
      {"2017-01-01T00:59:60.5+01:00", 1'483'228'800'500'000},
      {"1969-12-31T23:30:00-01:00", 1'800'000'000},
      {"9999-12-31T23:59:59.999999Z", 253'402'300'799'999'999},
  };
  for (const auto& row : rows) {
    const auto& text = row.first;
    const auto& us = row.second;
    CAPTURE(text);
    const auto at = parse_rfc3339(text);
    REQUIRE(at);
    CHECK(unix_microseconds(*at) == us);
  }
}

TEST_CASE("what is no RFC 3339 time is refused") {
  const std::string rows[] = {
      "",
      "now",
      "2026",
      "2026-11",
      "2026-11-2",
      "2026-11-22T",
      "2026-11-22Z",
      "26-11-22",
      "02026-11-22",
      "2026/11/22",
      " 2026-11-22",
      "2026-11-22 ",
      "2026-00-22",
      "2026-13-22",
      "2026-11-00",
      "2026-11-31",
      "2026-02-29",
      "2100-02-29",
      "2026-11-22 09:30:00Z",
      "2026-11-22T09:30Z",
      "2026-11-22T09:30:00",
      "2026-11-22T24:00:00Z",
      "2026-11-22T09:60:00Z",
      "2026-11-22T09:30:61Z",
      "2026-11-22T09:30:60Z",
      "2016-12-31T23:59:60+01:00",
      "2026-11-22T09:30:00.Z",
      "2026-11-22T09:30:00,5Z",
      "2026-11-22T09:30:00+2",
      "2026-11-22T09:30:00+0200",
      "2026-11-22T09:30:00+24:00",
      "2026-11-22T09:30:00+02:60",
      "2026-11-22T09:30:00ZZ",
      "2026-11-22T09:30:00Z\n",
      "2026-11-22T-9:30:00Z",
      "1969-12-31T23:59:59Z",
      "1970-01-01T00:30:00+01:00",
      "9999-12-31T23:59:59-00:01",
      "-2026-11-22T09:30:00Z",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("durations are read and written in their shortest form") {
  struct Row {
    std::string text;
    std::int64_t seconds;
    std::string shortest;
  };
  const Row rows[] = {
      {"0", 0, "0"},
      {"0s", 0, "0"},
      {"0d", 0, "0"},
      {"1s", 1, "1s"},
      {"90s", 90, "90s"},
      {"60s", 60, "1m"},
      {"15m", 900, "15m"},
      {"120m", 7200, "2h"},
      {"8h", 28'800, "8h"},
      {"48h", 172'800, "2d"},
      {"7d", 604'800, "7d"},
      {"007d", 604'800, "7d"},
      {"36525d", 3'155'760'000, "36525d"},
      {"3155760000s", 3'155'760'000, "36525d"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto duration = parse_duration(row.text);
    REQUIRE(duration);
    CHECK(duration->count() == row.seconds);
    CHECK(to_text(*duration) == row.shortest);
  }
}

TEST_CASE("what is no duration is refused") {
  const std::string rows[] = {
      "",
      "5",
      "s",
      "d",
      "-1s",
      "+1s",
      "-0",
      "00",
      "1.5h",
      "1 s",
      " 1s",
      "1s ",
      "1w",
      "1S",
      "1h30m",
      "36526d",
      "3155760001s",
      "9223372036854775807d",
      "9223372036854775808s",
      "18446744073709551616s",
      "99999999999999999999999h",
      "0x1s",
      "1e3s",
      "infs",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("unix times keep their unit and round down") {
  CHECK(unix_seconds(from_unix_microseconds(1'999'999)) == 1);
  CHECK(unix_seconds(from_unix_microseconds(-1)) == -1);
  CHECK(unix_microseconds(from_unix_seconds(7)) == 7'000'000);
}

TEST_CASE("the system clock is past the day this was written and does not stand still at zero") {
  CHECK(SystemClock().now() > from_unix_seconds(1'750'000'000));
}

TEST_CASE("the manual clock moves only when told") {
  testing::ManualClock clock(from_unix_seconds(100));
  CHECK(clock.now() == from_unix_seconds(100));
  clock.advance(90s);
  CHECK(clock.now() == from_unix_seconds(190));
  clock.set(from_unix_seconds(5));
  CHECK(clock.now() == from_unix_seconds(5));
}
