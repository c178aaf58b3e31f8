#include "when.h"

#include <array>
#include <chrono>

#include "hub/base/time_zone.h"

namespace hub::http {
namespace {

constexpr std::array<std::string_view, 12> english{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 12> german{"Jan.", "Feb.", "März",  "Apr.", "Mai",  "Juni",
                                                  "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."};

Instant local(const Exchange& exchange, Instant at) {
  const auto& signed_in = exchange.visit->signed_in;
  if (!signed_in || !signed_in->person.time_zone) return at;
  return at + utc_offset(*signed_in->person.time_zone, at);
}

std::string two_digits(long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string day_of(const Exchange& exchange, Instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  const std::size_t month = static_cast<unsigned>(day.month()) - 1;
  const std::string number = std::to_string(static_cast<unsigned>(day.day()));
  const std::string year = std::to_string(static_cast<int>(day.year()));
  if (exchange.visit->language == "de") return number + ". " + std::string(german[month]) + " " + year;
  return number + " " + std::string(english[month]) + " " + year;
}

}  // namespace

std::string day_text(const Exchange& exchange, Instant at) { return day_of(exchange, local(exchange, at)); }

std::string moment_text(const Exchange& exchange, Instant at) {
  const Instant here = local(exchange, at);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(here - std::chrono::floor<std::chrono::days>(here));
  const auto& signed_in = exchange.visit->signed_in;
  const bool utc = !signed_in || !signed_in->person.time_zone;
  return day_of(exchange, here) + ", " + two_digits(minutes.count() / 60) + ":" + two_digits(minutes.count() % 60) +
         (utc ? " UTC" : "");
}

}  // namespace hub::http
