#include "hub/base/bytes.h"

#include <array>

namespace hub {
namespace {

constexpr std::string_view base64url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < base64url_digits.size(); ++i) {
    values[static_cast<unsigned char>(base64url_digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> base64url_values = make_values();

}  // namespace

std::string base64url(std::string_view octets) {
  std::string out((octets.size() * 4 + 2) / 3, '\0');
  char* next = out.data();
  const auto* at = reinterpret_cast<const unsigned char*>(octets.data());
  std::size_t left = octets.size();
  for (; left >= 3; left -= 3, at += 3) {
    const std::uint32_t bits = (std::uint32_t{at[0]} << 16) | (std::uint32_t{at[1]} << 8) | at[2];
    *next++ = base64url_digits[bits >> 18];
    *next++ = base64url_digits[(bits >> 12) & 63U];
    *next++ = base64url_digits[(bits >> 6) & 63U];
    *next++ = base64url_digits[bits & 63U];
  }
  if (left == 0) return out;
  const std::uint32_t bits = (std::uint32_t{at[0]} << 16) | (left == 2 ? std::uint32_t{at[1]} << 8 : 0);
  *next++ = base64url_digits[bits >> 18];
  *next++ = base64url_digits[(bits >> 12) & 63U];
  if (left == 2) *next = base64url_digits[(bits >> 6) & 63U];
  return out;
}

bool decode_base64url(std::string_view text, Bytes& out) {
  if (text.size() % 4 == 1) return false;
  out.assign(text.size() * 3 / 4, '\0');
  char* next = out.data();
  const auto value = [&](std::size_t i) -> std::uint32_t {
    return base64url_values[static_cast<unsigned char>(text[i])];
  };
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) {
    const std::uint32_t a = value(at), b = value(at + 1), c = value(at + 2), d = value(at + 3);
    if ((a | b | c | d) > 63) return false;  // no_digit has the bits that no digit has
    const std::uint32_t bits = (a << 18) | (b << 12) | (c << 6) | d;
    *next++ = static_cast<char>(bits >> 16);
    *next++ = static_cast<char>((bits >> 8) & 255U);
    *next++ = static_cast<char>(bits & 255U);
  }
  if (at == text.size()) return true;
  const bool two = at + 3 == text.size();  // octets are left, or one
  const std::uint32_t a = value(at), b = value(at + 1), c = two ? value(at + 2) : 0;
  if ((a | b | c) > 63) return false;
  const std::uint32_t bits = (a << 18) | (b << 12) | (c << 6);
  *next++ = static_cast<char>(bits >> 16);
  if (two) *next = static_cast<char>((bits >> 8) & 255U);
  return (bits & (two ? 255U : 65535U)) == 0;
}

std::string hex(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(octets.size() * 2);
  for (const char c : octets) {
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

}  // namespace hub
