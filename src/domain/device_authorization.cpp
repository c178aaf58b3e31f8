#include "hub/domain/device_authorization.h"

#include <array>

namespace hub {
namespace {

constexpr std::string_view alphabet = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t letters = 8, half = letters / 2;
// The largest multiple of the alphabet's size that an octet can reach: what is above would make some letters likelier.
constexpr unsigned char fair_below = 240;
static_assert(fair_below % alphabet.size() == 0);

std::string with_dash(const std::string& plain) { return plain.substr(0, half) + "-" + plain.substr(half); }

}  // namespace

std::string make_user_code(Random& random) {
  std::string code;
  while (code.size() < letters) {
    std::array<unsigned char, letters> octets{};
    random.fill(octets);
    for (const unsigned char octet : octets) {
      if (octet < fair_below && code.size() < letters) code += alphabet[octet % alphabet.size()];
    }
  }
  return with_dash(code);
}

std::optional<std::string> parse_user_code(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (alphabet.find(upper) == std::string_view::npos || code.size() == letters) return std::nullopt;
    code += upper;
  }
  if (code.size() != letters) return std::nullopt;
  return with_dash(code);
}

}  // namespace hub
