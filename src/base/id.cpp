#include "hub/base/id.h"

#include <algorithm>

namespace hub {
namespace {

// One bit pattern per octet of the text form that a hyphen stands before.
constexpr bool hyphen_before(std::size_t octet) { return octet == 4 || octet == 6 || octet == 8 || octet == 10; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Uuid Uuid::make(Instant now, Random& random) {
  Uuid uuid;
  random.fill(std::span(uuid.octets_).subspan(6));
  auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(unix_microseconds(now) / 1000, 0));
  for (std::size_t i = 6; i-- > 0; ms >>= 8) uuid.octets_[i] = static_cast<unsigned char>(ms & 255U);
  uuid.octets_[6] = static_cast<unsigned char>(0x70U | (uuid.octets_[6] & 0x0fU));  // version
  uuid.octets_[8] = static_cast<unsigned char>(0x80U | (uuid.octets_[8] & 0x3fU));  // variant
  return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  std::size_t at = 0;
  for (std::size_t i = 0; i < uuid.octets_.size(); ++i) {
    if (hyphen_before(i) && text[at++] != '-') return std::nullopt;
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    uuid.octets_[i] = static_cast<unsigned char>(high * 16 + low);
    at += 2;
  }
  return uuid;
}

std::optional<Uuid> Uuid::from_octets(std::string_view octets) {
  Uuid uuid;
  if (octets.size() != uuid.octets_.size()) return std::nullopt;
  std::transform(octets.begin(), octets.end(), uuid.octets_.begin(),
                 [](char c) { return static_cast<unsigned char>(c); });
  return uuid;
}

std::string Uuid::text() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(36, '-');
  std::size_t at = 0;
  for (std::size_t i = 0; i < octets_.size(); ++i) {
    if (hyphen_before(i)) ++at;
    out[at++] = digits[octets_[i] >> 4];
    out[at++] = digits[octets_[i] & 15U];
  }
  return out;
}

std::string Uuid::octets() const { return {octets_.begin(), octets_.end()}; }

std::string Uuid::hash_id() const {
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  constexpr std::uint64_t half = 62ULL * 62 * 62 * 62 * 62 * 62;  // six of the twelve characters
  __extension__ using Wide = unsigned __int128;

  // RFC 9562 section 5.7: rand_a is 12 bits after the version, rand_b 62 bits after the variant
  Wide random_bits = (octets_[6] & 0x0fU) << 8 | octets_[7];
  random_bits = random_bits << 6 | (octets_[8] & 0x3fU);
  for (std::size_t i = 9; i < octets_.size(); ++i) random_bits = random_bits << 8 | octets_[i];

  std::uint64_t low = static_cast<std::uint64_t>(random_bits % half);
  std::uint64_t high = static_cast<std::uint64_t>(random_bits / half % half);
  std::string out(12, '0');
  for (std::size_t i = 6; i-- > 0; high /= 62, low /= 62) {
    out[i] = digits[high % 62];
    out[i + 6] = digits[low % 62];
  }
  return out;
}

bool is_hash_id(std::string_view text) {
  return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

}  // namespace hub
