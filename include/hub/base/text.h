#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hub {

// The UTF-8 gate (claim IN-01): well-formed, no overlong forms, no surrogates, no NUL, no non-characters.
bool is_clean_utf8(std::string_view text);

// A name that may be shown to people: 1 to `most` bytes of clean UTF-8 without control, bidi or zero-width characters
// and not only white space (claim AC-06).
bool is_display_name(std::string_view text, std::size_t most);

// The comparison form of an address or login name: ASCII lower case, nothing else folded (claim AC-05).
std::string comparison_form(std::string_view text);

// An address that mail could be sent to: one @, 3-254 bytes, no white space, nothing that needs quotes, a host of
// letters, digits, dots and dashes.
bool is_email(std::string_view text);

std::vector<std::string_view> split(std::string_view text, char separator);  // keeps empty parts; "" gives one
std::vector<std::string_view> split_words(std::string_view text);            // on runs of white space; no empty parts
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trim(std::string_view text);

// The candidate nearest to `word` by edits, or "" when none is near enough to be what was meant.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace hub
