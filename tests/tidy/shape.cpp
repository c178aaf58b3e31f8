#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "rules.h"

namespace hub::tidy {
namespace {

constexpr std::size_t longest_line = 120;
constexpr std::size_t longest_file = 400;
constexpr std::size_t longest_function = 70;

// Split, so that this file keeps the rule that it checks.
constexpr std::array unfinished{
    "to"
    "do",
    "fix"
    "me",
    "x"
    "xx",
    "not "
    "implemented",
    "for "
    "now"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return out;
}

// Characters, not octets: the limit is about what an editor shows.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void check_line(const Source& source, std::size_t index, std::vector<Offence>& out) {
  const std::string& text = source.lines[index].text;
  const auto add = [&](std::string sentence) { out.push_back({source.path, index + 1, std::move(sentence)}); };
  if (width(text) > longest_line) add("a line has at most 120 characters");
  if (text.find('\t') != std::string::npos) add("blanks, not tabs");
  if (text.find('\r') != std::string::npos) add("a line ends with a line feed alone");
  if (text.ends_with(' ')) add("no blanks at the end of a line");
  const std::string words = lower(text);
  for (const std::string_view word : unfinished) {
    if (find_word(words, word) != std::string::npos)
      add("finish it: \"" + std::string(word) + "\" marks unfinished work");
  }
}

std::size_t indentation(std::string_view code) { return std::min(code.find_first_not_of(' '), code.size()); }

// The body of what opens here, if it is a function: formatted code closes it at the indentation where it was begun.
std::optional<std::size_t> end_of_function(const Source& source, std::size_t start) {
  const std::string& code = source.lines[start].code;
  const std::size_t indent = indentation(code);
  const std::string_view rest = std::string_view(code).substr(indent);
  if (indent == code.size() || indent > 2 || rest.find('(') == std::string_view::npos) return std::nullopt;
  for (const std::string_view other : {"namespace", "#", "}", "return", "if", "for", "while", "switch", ":"}) {
    if (rest.starts_with(other)) return std::nullopt;
  }
  bool opened = false;
  for (std::size_t i = start; i < source.lines.size(); ++i) {
    const std::string_view line = source.lines[i].code;
    const std::size_t depth = indentation(line);
    if (depth == line.size()) continue;
    if (opened && depth == indent && line.substr(depth).starts_with('}')) return i;
    if (!opened && i > start && depth <= indent) return std::nullopt;
    const std::size_t last = line.find_last_not_of(' ');
    if (!opened && line[last] == ';') return std::nullopt;
    if (line[last] == '{') opened = true;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Offence> check_shape(const Source& source) {
  std::vector<Offence> out;
  for (std::size_t i = 0; i < source.lines.size(); ++i) check_line(source, i, out);
  if (source.header() && (source.lines.empty() || source.lines.front().text != "#pragma once")) {
    out.push_back({source.path, 1, "a header begins with #pragma once"});
  }
  if (source.lines.size() > longest_file) {
    out.push_back({source.path, source.lines.size(), "a file has at most 400 lines; split it by what it is about"});
  }
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    // The table of a test may be as long as its cases.
    const std::optional<std::size_t> end = source.below("tests/") ? std::nullopt : end_of_function(source, i);
    if (!end) continue;
    if (*end - i + 1 > longest_function) {
      out.push_back({source.path, i + 1, "a function has at most 70 lines, this one " + std::to_string(*end - i + 1)});
    }
  }
  return out;
}

std::vector<Offence> check_case_names(const Source& source) {
  std::vector<Offence> out;
  std::size_t previous_line = 0;
  for (const Literal& literal : source.literals) {
    const bool first = std::exchange(previous_line, literal.line) != literal.line;
    if (!first || !source.lines[literal.line - 1].code.starts_with("TEST_CASE")) continue;
    if (literal.text.find_first_of(",;[]") != std::string::npos) {
      out.push_back(
          {source.path, literal.line, "the name of a test case has no , ; [ ] so that it can be run by its name"});
    }
  }
  return out;
}

}  // namespace hub::tidy
