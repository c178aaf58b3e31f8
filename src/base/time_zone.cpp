#include "hub/base/time_zone.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "hub/base/file.h"
#include "posix_zone.h"

namespace hub {
namespace {

constexpr std::string_view database = "/usr/share/zoneinfo/", utc = "Etc/UTC";
constexpr std::size_t name_bytes = 64, file_bytes = 64 * 1024;

struct Transition {
  std::int64_t unix_s = 0;
  Seconds offset{0};  // from then on
};
struct Zone {
  Seconds before{0};  // the first transition
  std::vector<Transition> transitions;
  std::string rule;  // for times after the last
};

// Reads big-endian numbers from the left.
class Octets {
 public:
  explicit Octets(std::string_view text) : rest_(text) {}

  bool take(std::size_t count, std::string_view& out) {
    if (rest_.size() < count) return false;
    out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return true;
  }
  bool skip(std::size_t count) {
    std::string_view ignored;
    return take(count, ignored);
  }
  template <class Number>
  bool number(Number& out) {
    std::string_view octets;
    if (!take(sizeof(Number), octets)) return false;
    std::uint64_t value = 0;
    for (const char c : octets) value = value << 8U | static_cast<unsigned char>(c);
    out = static_cast<Number>(value);
    return true;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// The counts in the header of a data block (RFC 9636 section 3.1).
struct Header {
  char version = '\0';
  std::uint32_t ut_flags = 0, standard_flags = 0, leaps = 0, times = 0, types = 0, letters = 0;

  std::size_t block_bytes(std::size_t time_bytes) const {
    return std::size_t{times} * (time_bytes + 1) + std::size_t{types} * 6 + letters +
           std::size_t{leaps} * (time_bytes + 4) + standard_flags + ut_flags;
  }
};

bool read_header(Octets& octets, Header& header) {
  std::string_view magic;
  std::string_view version;
  constexpr std::uint32_t most = 100'000;
  const bool read = octets.take(4, magic) && magic == "TZif" && octets.take(1, version) && octets.skip(15) &&
                    octets.number(header.ut_flags) && octets.number(header.standard_flags) &&
                    octets.number(header.leaps) && octets.number(header.times) && octets.number(header.types) &&
                    octets.number(header.letters);
  if (!read) return false;
  header.version = version.front();
  return header.types > 0 && std::max({header.times, header.types, header.letters, header.leaps}) <= most;
}

bool read_block(Octets& octets, const Header& header, Zone& zone) {
  zone.transitions.resize(header.times);
  for (Transition& transition : zone.transitions) {
    if (!octets.number(transition.unix_s)) return false;
  }
  std::string_view indexes;
  std::string_view ignored;
  if (!octets.take(header.times, indexes)) return false;
  std::vector<Seconds> offsets;
  for (std::uint32_t i = 0; i < header.types; ++i) {
    std::int32_t offset_s = 0;
    if (!octets.number(offset_s) || !octets.take(2, ignored)) return false;
    offsets.emplace_back(offset_s);
  }
  zone.before = offsets.front();
  for (std::size_t i = 0; i < zone.transitions.size(); ++i) {
    const auto index = static_cast<unsigned char>(indexes[i]);
    if (index >= offsets.size()) return false;
    zone.transitions[i].offset = offsets[index];
  }
  return octets.skip(std::size_t{header.letters} + std::size_t{header.leaps} * 12 + header.standard_flags +
                     header.ut_flags);
}

// Only the second block, which has 64-bit times; every file of this century has it.
std::shared_ptr<const Zone> parse_zone(std::string_view file) {
  Octets octets(file);
  Header header;
  if (!read_header(octets, header) || header.version < '2' || !octets.skip(header.block_bytes(4))) return nullptr;
  Zone zone;
  if (!read_header(octets, header) || !read_block(octets, header, zone)) return nullptr;
  std::string_view footer = octets.rest();
  if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') return nullptr;
  footer.remove_prefix(1);
  zone.rule = footer.substr(0, footer.find('\n'));
  return std::make_shared<const Zone>(std::move(zone));
}

// Nothing that leads out of the database, nor into the copies of it that count otherwise.
bool is_zone_name(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '+' || c == '-';
  });
  return plain && !name.empty() && name.size() <= name_bytes && name.front() >= 'A' && name.front() <= 'Z' &&
         name.find("//") == std::string_view::npos && name.back() != '/';
}

std::shared_ptr<const Zone> load_zone(std::string_view name) {
  if (!is_zone_name(name)) return nullptr;
  const std::string path = std::string(database) + std::string(name);
  std::error_code failed;
  if (std::filesystem::is_regular_file(path, failed)) {
    if (const Result<std::string> file = read_file(path, file_bytes)) return parse_zone(*file);
  }
  return name == utc ? std::make_shared<const Zone>() : nullptr;
}

// Zones never change while the process runs; what is no zone is not remembered.
std::shared_ptr<const Zone> find_zone(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Zone>, std::less<>> zones;
  {
    const std::scoped_lock lock(mutex);
    if (const auto known = zones.find(name); known != zones.end()) return known->second;
  }
  auto zone = load_zone(name);
  if (zone == nullptr) return nullptr;
  const std::scoped_lock lock(mutex);
  return zones.emplace(std::string(name), std::move(zone)).first->second;
}

Seconds offset_in(const Zone& zone, std::int64_t unix_s) {
  const auto after = std::ranges::upper_bound(zone.transitions, unix_s, {}, &Transition::unix_s);
  if (after == zone.transitions.end()) {
    if (const auto ruled = offset_by_rule(zone.rule, unix_s)) return *ruled;
  }
  return after == zone.transitions.begin() ? zone.before : std::prev(after)->offset;
}

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

bool is_utc(std::string_view zone) {
  return zone == utc || zone == "UTC" || zone == "Etc/UCT" || zone == "UCT" || zone == "Zulu" || zone == "Etc/Zulu" ||
         zone == "Universal" || zone == "Etc/Universal";
}

}  // namespace

bool is_time_zone(std::string_view name) { return find_zone(name) != nullptr; }

Seconds utc_offset(std::string_view zone, Instant at) {
  const auto found = find_zone(zone);
  return found == nullptr ? Seconds(0) : offset_in(*found, unix_seconds(at));
}

std::string to_rfc3339_ms(Instant at, std::string_view zone) {
  if (zone.empty() || is_utc(zone) || !is_time_zone(zone)) return to_rfc3339_ms(at);
  // RFC 3339 has no seconds in an offset; those of the 19th century are cut off.
  const auto offset = std::chrono::duration_cast<std::chrono::minutes>(utc_offset(zone, at));
  std::string out = to_rfc3339_ms(at + offset);
  out.back() = offset.count() < 0 ? '-' : '+';
  const std::int64_t minutes = std::abs(offset.count());
  return out + two_digits(minutes / 60) + ":" + two_digits(minutes % 60);
}

}  // namespace hub
