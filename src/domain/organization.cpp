#include "hub/domain/organization.h"

#include <algorithm>
#include <array>

#include "text_rules.h"

namespace hub {
namespace {

constexpr std::size_t slug_bytes = 63;

constexpr std::array<std::string_view, 8> kinds{"printer",  "supplier",  "machine_vendor",     "brand_owner",
                                                "designer", "publisher", "software_developer", "other"};

// U+00C0 to U+00FF without their marks; the two signs among them separate words.
constexpr std::array<std::string_view, 64> latin_letters{
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  //
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  //
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};

bool is_slug_letter(char c) { return domain::is_lower(c) || domain::is_digit(c); }

// What the character at `at` becomes in a slug ("" separates words); moves `at` behind it.
std::string_view slug_letters(std::string_view name, std::size_t& at) {
  static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  const auto byte = static_cast<unsigned char>(name[at]);
  if (byte == 0xC3 && at + 1 < name.size()) {
    const auto second = static_cast<unsigned char>(name[at + 1]);
    if (second >= 0x80 && second <= 0xBF) {
      at += 2;
      return latin_letters[second - 0x80U];
    }
  }
  const auto found = alphabet.find(domain::lower(name[at++]));
  return found == std::string_view::npos ? std::string_view{} : alphabet.substr(found, 1);
}

}  // namespace

std::string make_slug(std::string_view name) {
  std::string slug;
  bool word_ended = false;
  for (std::size_t at = 0; at < name.size();) {
    const auto letters = slug_letters(name, at);
    if (letters.empty()) {
      word_ended = !slug.empty();
      continue;
    }
    if (slug.size() + (word_ended ? 1 : 0) + letters.size() > slug_bytes) break;
    if (word_ended) slug += '-';
    word_ended = false;
    slug += letters;
  }
  return slug;
}

bool is_slug(std::string_view text) {
  return text.size() <= slug_bytes &&
         domain::consists_of(text, 1, [](char c) { return is_slug_letter(c) || c == '-'; }) && text.front() != '-' &&
         text.back() != '-';
}

std::vector<std::string_view> organization_kinds() { return {kinds.begin(), kinds.end()}; }

bool is_organization_kind(std::string_view kind) { return std::ranges::find(kinds, kind) != kinds.end(); }

bool is_country_code(std::string_view code) {
  return code.size() == 2 && domain::consists_of(code, 2, domain::is_upper);
}

}  // namespace hub
