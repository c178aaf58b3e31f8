#include "pattern.h"

#include <algorithm>

#include "hub/base/codes.h"

namespace hub::operations {
namespace {

constexpr std::ptrdiff_t most_characters = 256;
constexpr int most_wildcards = 8;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same_letter(char a, char b) { return lower(a) == lower(b); }

std::size_t after_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && is_continuation(text[at])) ++at;
  return at;
}

bool is_escape(std::string_view pattern, std::size_t at) {
  if (pattern[at] != '\\' || at + 1 == pattern.size()) return false;
  const char next = pattern[at + 1];
  return next == '%' || next == '_' || next == '\\';
}

}  // namespace

Result<void> check_search_text(std::string_view text) {
  const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); });
  if (characters > most_characters) return Error{codes::invalid_query, "A pattern has at most 256 characters."};
  return {};
}

Result<void> check_pattern(std::string_view pattern) {
  if (Result<void> fits = check_search_text(pattern); !fits) return fits;
  int wildcards = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (is_escape(pattern, at)) {
      ++at;
    } else if (pattern[at] == '%' || pattern[at] == '_') {
      ++wildcards;
    }
  }
  if (wildcards > most_wildcards) return Error{codes::invalid_query, "A pattern has at most 8 wildcards."};
  return {};
}

bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  // where the last run began: only it ever has to grow, earlier ones have their shortest match already
  std::size_t run_text = 0;
  std::size_t run_pattern = std::string_view::npos;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '%') {
      run_pattern = ++p;
      run_text = t;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '_') {
      t = after_character(text, t);
      ++p;
      continue;
    }
    if (p < pattern.size()) {
      const std::size_t escape = is_escape(pattern, p) ? 1 : 0;
      if (same_letter(pattern[p + escape], text[t])) {
        ++t;
        p += escape + 1;
        continue;
      }
    }
    if (run_pattern == std::string_view::npos) return false;
    run_text = after_character(text, run_text);
    t = run_text;
    p = run_pattern;
  }
  while (p < pattern.size() && pattern[p] == '%') ++p;
  return p == pattern.size();
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same_letter) != text.end() || part.empty();
}

}  // namespace hub::operations
