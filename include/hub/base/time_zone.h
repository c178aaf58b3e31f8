#pragma once
#include <string>
#include <string_view>

#include "hub/base/time.h"

// Time zones of the IANA database as the machine has it (TZif files, RFC 9636). A zone is read once, when it is first
// asked for. Safe to use from several threads.
namespace hub {

// Names one of the database, such as "Europe/Berlin"; aliases count. "Etc/UTC" is always there.
bool is_time_zone(std::string_view name);
// What clocks there are ahead of UTC at that moment; zero for an unknown zone.
Seconds utc_offset(std::string_view zone, Instant at);
// RFC 3339 with milliseconds and the zone's offset: "2026-07-01T10:30:00.000+02:00", "Z" in UTC and in unknown zones.
std::string to_rfc3339_ms(Instant at, std::string_view zone);

}  // namespace hub
