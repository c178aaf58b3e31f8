#include "roff.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "hub/base/text.h"

namespace hub::operations {
namespace {

constexpr std::size_t line_bytes = 78;

// Takes a character of clean UTF-8 off the front.
unsigned take_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t length = 1;
  unsigned character = lead;
  if (lead >= 0xf0) {
    length = 4, character = lead & 0x07U;
  } else if (lead >= 0xe0) {
    length = 3, character = lead & 0x0fU;
  } else if (lead >= 0xc0) {
    length = 2, character = lead & 0x1fU;
  }
  for (std::size_t at = 1; at < length && at < text.size(); ++at) {
    character = character << 6U | (static_cast<unsigned char>(text[at]) & 0x3fU);
  }
  text.remove_prefix(std::min(length, text.size()));
  return character;
}

std::string code_point(unsigned character) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), character, 16).ptr;
  std::string hex(digits.begin(), end);
  for (char& c : hex) {
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  }
  if (hex.size() < 4) hex.insert(0, 4 - hex.size(), '0');
  return "\\[u" + hex + ']';
}

}  // namespace

std::string roff_escaped(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  while (!text.empty()) {
    const unsigned character = take_character(text);
    if (character >= 0x80) {
      out += code_point(character);
    } else if (character == '\\') {
      out += "\\e";
    } else if (character == '-') {
      out += "\\-";
    } else if (character == '\'') {
      out += "\\(aq";
    } else if (character == '`') {
      out += "\\(ga";
    } else if (character == '^') {
      out += "\\(ha";
    } else if (character == '~') {
      out += "\\(ti";
    } else {
      out += static_cast<char>(character);
    }
  }
  return out;
}

std::string roff_bold(std::string_view text) { return "\\fB" + roff_escaped(text) + "\\fR"; }

void Roff::title(std::string_view name, std::string_view date, const std::string& source) {
  line(".TH " + roff_escaped(name) + " 1 " + std::string(date) + " \"" + source + "\" \"hubctl manual\"");
}

void Roff::section(std::string_view name) { line(".SH " + std::string(name)); }
void Roff::subsection(std::string_view name) { line(".SS " + roff_escaped(name)); }

void Roff::line(std::string_view source) {
  text_ += source;
  text_ += '\n';
}

void Roff::filled(std::string_view text) {
  std::string row;
  for (const std::string_view word : split_words(text)) {
    std::string next = roff_escaped(word);
    if (!row.empty() && row.size() + 1 + next.size() > line_bytes) {
      line(row);
      row.clear();
    }
    row += row.empty() ? next : ' ' + next;
  }
  if (!row.empty()) line(row);
}

void Roff::paragraphs(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find("\n\n");
    filled(text.substr(0, end));
    if (end == std::string_view::npos) return;
    line(".PP");
    text.remove_prefix(end + 2);
  }
}

void Roff::entry(std::string_view words, std::string_view text) {
  line(".TP");
  line(words);
  filled(text);
}

void Roff::verbatim(const std::vector<std::string_view>& lines) {
  line(".nf");
  for (const std::string_view one : lines) {
    for (const std::string_view part : split(one, '\n')) line(roff_escaped(part));
  }
  line(".fi");
}

void Roff::references(const std::vector<std::string>& pages_of_one) {
  for (const std::string& name : pages_of_one) {
    const bool last = &name == &pages_of_one.back();
    line(".BR " + roff_escaped(name) + (last ? " (1)" : " (1),"));
  }
}

}  // namespace hub::operations
