#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hub {

// A moment, in microseconds since 1970-01-01 UTC; the unit of every stored time.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Seconds = std::chrono::seconds;

// The only way to learn the time. A Hub owns one and each transaction asks it once.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

inline std::int64_t unix_microseconds(Instant at) { return at.time_since_epoch().count(); }
inline Instant from_unix_microseconds(std::int64_t us) { return Instant(std::chrono::microseconds(us)); }
inline std::int64_t unix_seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}
inline Instant from_unix_seconds(std::int64_t s) { return Instant(std::chrono::seconds(s)); }

// RFC 3339 in UTC: whole seconds ("2026-11-22T09:30:00Z") or with milliseconds, as both contracts want in their JSON.
std::string to_rfc3339(Instant at);
std::string to_rfc3339_ms(Instant at);
// Accepts any RFC 3339 offset and fraction; a date alone is midnight UTC. Years 1970-9999.
std::optional<Instant> parse_rfc3339(std::string_view text);

// "90s", "15m", "8h", "7d" or a plain "0"; nothing negative, at most 100 years.
std::optional<Seconds> parse_duration(std::string_view text);
std::string to_text(Seconds duration);  // the shortest of the forms above that is exact

}  // namespace hub
