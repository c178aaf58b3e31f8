#pragma once
#include <cstddef>
#include <string>
#include <string_view>

// Character classes that no locale can change, and how offending text is shown in an error.
namespace hub::domain {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// Every character passes `allowed`, and there are at least `least` of them.
template <class Allowed>
constexpr bool consists_of(std::string_view text, std::size_t least, Allowed allowed) {
  if (text.size() < least) return false;
  for (const char c : text)
    if (!allowed(c)) return false;
  return true;
}

// In double quotes, cut to about 80 bytes, without anything that could disturb a terminal or a JSON writer.
std::string quoted(std::string_view text);

}  // namespace hub::domain
