#include "hub/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace hub {
namespace {

constexpr std::string_view ascii_white_space = " \t\n\v\f\r";

constexpr bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// Takes one code point off the front. False for anything that is not well-formed (Unicode 15, table 3-7).
bool take_code_point(std::string_view& text, char32_t& code_point) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t length = 0;
  char32_t least = 0;
  if (lead < 0x80) {
    code_point = lead;
    text.remove_prefix(1);
    return true;
  } else if (lead >= 0xc2 && lead < 0xe0) {
    length = 2, least = 0x80, code_point = lead & 0x1fU;
  } else if (lead >= 0xe0 && lead < 0xf0) {
    length = 3, least = 0x800, code_point = lead & 0x0fU;
  } else if (lead >= 0xf0 && lead < 0xf5) {
    length = 4, least = 0x10000, code_point = lead & 0x07U;
  } else {
    return false;
  }
  if (text.size() < length) return false;
  for (const char c : text.substr(1, length - 1)) {
    const auto octet = static_cast<unsigned char>(c);
    if ((octet & 0xc0U) != 0x80U) return false;
    code_point = code_point << 6 | (octet & 0x3fU);
  }
  text.remove_prefix(length);
  const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  return code_point >= least && code_point <= 0x10ffff && !surrogate;
}

constexpr bool is_non_character(char32_t c) { return (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffeU) == 0xfffeU; }

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t Size>
constexpr bool is_in(const std::array<Range, Size>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.last; });
}

// What makes a name look like another one or breaks the line it stands in.
constexpr std::array<Range, 10> unprintable{{
    {0x00, 0x1f},      // C0 controls
    {0x7f, 0x9f},      // delete, C1 controls
    {0x061c, 0x061c},  // Arabic letter mark
    {0x200b, 0x200d},  // zero width
    {0x200e, 0x200f},  // direction marks
    {0x2028, 0x2029},  // line and paragraph separator
    {0x202a, 0x202e},  // embeddings, overrides
    {0x2060, 0x2060},  // word joiner
    {0x2066, 0x2069},  // isolates
    {0xfeff, 0xfeff},  // zero width no-break space
}};

constexpr std::array<Range, 7> spaces{{
    {0x20, 0x20},
    {0xa0, 0xa0},
    {0x1680, 0x1680},
    {0x2000, 0x200a},
    {0x202f, 0x202f},
    {0x205f, 0x205f},
    {0x3000, 0x3000},
}};

// How many characters from the front on are ASCII without NUL, in steps of eight.
std::size_t plain_prefix(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t highs = 0x8080808080808080;
  std::size_t at = 0;
  for (; text.size() - at >= sizeof(std::uint64_t); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    // the subtraction borrows into the high bit of an octet that is zero
    if (((word | (word - ones)) & highs) != 0) break;
  }
  return at;
}

bool is_host(std::string_view host) {
  if (host.empty()) return false;
  for (const std::string_view label : split(host, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    const bool plain = std::all_of(label.begin(), label.end(),
                                   [](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '-'; });
    if (!plain) return false;
  }
  return true;
}

bool is_mailbox(std::string_view local) {
  if (!is_display_name(local, local.size())) return false;
  // these need quotes (RFC 5322 section 3.2.3), and quoted names are a way to smuggle header fields
  if (local.find_first_of("()<>[],;:\\\"") != std::string_view::npos) return false;
  while (!local.empty()) {
    char32_t c = 0;
    if (!take_code_point(local, c) || is_in(spaces, c)) return false;
  }
  return true;
}

// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t edits(std::string_view from, std::string_view to) {
  std::vector<std::size_t> before_last(to.size() + 1);
  std::vector<std::size_t> last(to.size() + 1);
  std::vector<std::size_t> row(to.size() + 1);
  for (std::size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (from[i - 1] == to[j - 1] ? 0U : 1U);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[to.size()];
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
  while (!text.empty()) {
    text.remove_prefix(plain_prefix(text));
    if (text.empty()) break;
    char32_t c = 0;
    if (!take_code_point(text, c) || c == 0 || is_non_character(c)) return false;
  }
  return true;
}

bool is_display_name(std::string_view text, std::size_t most) {
  if (text.empty() || text.size() > most) return false;
  bool visible = false;
  while (!text.empty()) {
    char32_t c = 0;
    if (!take_code_point(text, c) || is_non_character(c) || is_in(unprintable, c)) return false;
    visible = visible || !is_in(spaces, c);
  }
  return visible;
}

std::string comparison_form(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_email(std::string_view text) {
  if (text.size() < 3 || text.size() > 254) return false;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) return false;
  return is_mailbox(text.substr(0, at)) && is_host(text.substr(at + 1));
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (;;) {
    const std::size_t start = text.find_first_not_of(ascii_white_space);
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    const std::size_t end = std::min(text.find_first_of(ascii_white_space), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const std::size_t start = text.find_first_not_of(ascii_white_space);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(ascii_white_space) - start + 1);
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::size_t near_enough = std::min<std::size_t>(3, std::max<std::size_t>(1, word.size() / 3));
  std::size_t least = near_enough + 1;
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (longer - shorter > near_enough) continue;  // the lengths alone take more edits
    const std::size_t distance = edits(word, candidate);
    if (distance < least) least = distance, best = candidate;
  }
  return best;
}

}  // namespace hub
