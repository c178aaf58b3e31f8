#include "hub/base/time_zone.h"

#include <doctest/doctest.h>

namespace hub {
namespace {

std::string at(const char* utc, std::string_view zone) { return to_rfc3339_ms(*parse_rfc3339(utc), zone); }

TEST_CASE("time zone: a moment carries the offset that clocks of the zone had then") {
  CHECK(at("2026-07-01T08:30:00.125Z", "Europe/Berlin") == "2026-07-01T10:30:00.125+02:00");
  CHECK(at("2026-01-01T08:30:00Z", "Europe/Berlin") == "2026-01-01T09:30:00.000+01:00");
  CHECK(at("2026-01-01T03:30:00Z", "America/New_York") == "2025-12-31T22:30:00.000-05:00");
  CHECK(at("2026-07-01T03:30:00Z", "America/St_Johns") == "2026-07-01T01:00:00.000-02:30");
  CHECK(at("2026-07-01T00:00:00Z", "Asia/Kathmandu") == "2026-07-01T05:45:00.000+05:45");
  CHECK(at("2026-07-01T00:00:00Z", "Australia/Sydney") == "2026-07-01T10:00:00.000+10:00");
  CHECK(at("2026-01-01T00:00:00Z", "Australia/Sydney") == "2026-01-01T11:00:00.000+11:00");
  CHECK(at("2026-01-01T00:00:00Z", "Europe/London") == "2026-01-01T00:00:00.000+00:00");
  CHECK(at("1980-07-01T00:00:00Z", "Asia/Tokyo") == "1980-07-01T09:00:00.000+09:00");
}

TEST_CASE("time zone: the offset changes at the very second") {
  CHECK(utc_offset("Europe/Berlin", *parse_rfc3339("2026-03-29T00:59:59.999Z")) == Seconds(3600));
  CHECK(utc_offset("Europe/Berlin", *parse_rfc3339("2026-03-29T01:00:00Z")) == Seconds(7200));
  CHECK(utc_offset("Europe/Berlin", *parse_rfc3339("2026-10-25T00:59:59Z")) == Seconds(7200));
  CHECK(utc_offset("Europe/Berlin", *parse_rfc3339("2026-10-25T01:00:00Z")) == Seconds(3600));
}

TEST_CASE("time zone: after the last change of the file its rule goes on") {
  CHECK(at("2090-07-01T00:00:00Z", "Europe/Berlin") == "2090-07-01T02:00:00.000+02:00");
  CHECK(at("2090-12-01T00:00:00Z", "Europe/Berlin") == "2090-12-01T01:00:00.000+01:00");
  CHECK(at("2090-12-01T00:00:00Z", "Australia/Sydney") == "2090-12-01T11:00:00.000+11:00");
  CHECK(at("2090-07-01T00:00:00Z", "Australia/Sydney") == "2090-07-01T10:00:00.000+10:00");
  CHECK(at("2090-12-01T00:00:00Z", "Asia/Kathmandu") == "2090-12-01T05:45:00.000+05:45");
}

TEST_CASE("time zone: UTC and what is no zone is written with Z") {
  for (const char* zone : {"Etc/UTC", "UTC", "", "Europe/Nowhere", "../../../etc/passwd"}) {
    CAPTURE(zone);
    CHECK(at("2026-07-01T08:30:00Z", zone) == "2026-07-01T08:30:00.000Z");
  }
}

TEST_CASE("time zone: only names of the database are zones") {
  for (const char* name : {"Europe/Berlin", "Etc/UTC", "UTC", "America/Argentina/Ushuaia", "Etc/GMT+5"}) {
    CAPTURE(name);
    CHECK(is_time_zone(name));
  }
  for (const char* name : {"", "Europe", "Europe/", "Europe/Nowhere", "europe/berlin", "/etc/passwd", "Europe//Berlin",
                           "Europe/../UTC", "posix/UTC", "right/UTC", "localtime", "tzdata.zi", "CET-1CEST"}) {
    CAPTURE(name);
    CHECK_FALSE(is_time_zone(name));
  }
}

}  // namespace
}  // namespace hub
