#include "source.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace hub::tidy {
namespace {

// Goes through a text once and tells code from comments and literals.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), code_(text) {}

  void read() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        blank_until("\n", 0);
      } else if (starts("/*")) {
        blank_until("*/", 2);
      } else if (starts("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) {
        raw_literal();
      } else if (text_[at_] == '"') {
        literal();
      } else if (text_[at_] == '\'' && (at_ == 0 || !is_word(text_[at_ - 1]))) {  // not the 1'000 of a number
        character();
      } else {
        code_character();
      }
    }
  }

  std::string_view code() const { return code_; }
  std::vector<Literal> literals() && { return std::move(literals_); }

 private:
  bool starts(std::string_view mark) const { return text_.substr(at_).starts_with(mark); }

  void blank(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (code_[i] != '\n') code_[i] = ' ';
    }
  }

  void blank_until(std::string_view mark, std::size_t length) {
    const std::size_t found = text_.find(mark, at_ + 2);
    const std::size_t end = found == std::string_view::npos ? text_.size() : found + length;
    blank(at_, end);
    at_ = end;
  }

  std::size_t end_of_quotes(char quote) const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    return std::min(end, text_.size());
  }

  void literal() {
    const std::size_t end = end_of_quotes('"');
    keep(at_, at_ + 1, end);
    at_ = std::min(end + 1, text_.size());
  }

  void raw_literal() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return code_character();
    const std::string mark = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const std::size_t close = std::min(text_.find(mark, open), text_.size());
    keep(at_, open + 1, close);
    blank(open, std::min(close + mark.size() - 1, text_.size()));
    at_ = std::min(close + mark.size(), text_.size());
  }

  void character() {
    const std::size_t end = end_of_quotes('\'');
    blank(at_ + 1, end);
    at_ = std::min(end + 1, text_.size());
    last_ = '\'';
    joined_ = false;
  }

  void keep(std::size_t start, std::size_t from, std::size_t to) {
    if (!joined_) literals_.push_back({line_of(start), "", last_, ' '});
    literals_.back().text += text_.substr(from, to - from);
    joined_ = true;
    blank(from, to);
  }

  void code_character() {
    const char c = text_[at_++];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) return;
    if (joined_) literals_.back().after = c;
    joined_ = false;
    last_ = c;
  }

  std::size_t line_of(std::size_t position) {
    lines_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                  text_.begin() + static_cast<std::ptrdiff_t>(position), '\n'));
    counted_ = position;
    return lines_;
  }

  std::string_view text_;
  std::string code_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;
  std::size_t lines_ = 1;
  std::vector<Literal> literals_;
  char last_ = ' ';
  bool joined_ = false;  // nothing but blanks since the last literal
};

}  // namespace

Source read_source(std::string path, std::string_view text) {
  Source source{.path = std::move(path)};
  Reader reader(text);
  reader.read();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    source.lines.push_back({std::string(text.substr(at, end - at)), std::string(reader.code().substr(at, end - at))});
    at = end + 1;
  }
  source.literals = std::move(reader).literals();
  return source;
}

std::vector<Source> read_tree(const std::string& root) {
  std::vector<Source> sources;
  for (const char* folder : {"include", "src", "tests", "bench"}) {
    const std::filesystem::path top = std::filesystem::path(root) / folder;
    if (!std::filesystem::exists(top)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
      const std::string kind = entry.path().extension().string();
      if (!entry.is_regular_file() || (kind != ".h" && kind != ".cpp")) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      sources.push_back(read_source(std::filesystem::relative(entry.path(), root).generic_string(), text));
    }
  }
  std::sort(sources.begin(), sources.end(), [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

std::vector<Include> includes_of(const Source& source) {
  std::vector<Include> out;
  for (std::size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& text = source.lines[i].text;
    if (!source.lines[i].code.starts_with("#include ")) continue;
    const std::size_t open = text.find_first_of("\"<");
    if (open == std::string::npos) continue;
    const std::size_t close = text.find_first_of("\">", open + 1);
    if (close == std::string::npos) continue;
    out.push_back({i + 1, text.substr(open + 1, close - open - 1), text[open] == '"'});
  }
  return out;
}

std::string function_at(const Source& source, std::size_t line) {
  for (std::size_t i = std::min(line, source.lines.size()); i > 0; --i) {
    const std::string& code = source.lines[i - 1].code;
    if (code.starts_with('}') && i < line) return "";
    if (code.empty() || (!is_word(code.front()) && code.front() != '[') || code.starts_with("namespace")) continue;
    const std::size_t open = code.find('(');
    if (open == std::string::npos) continue;
    std::size_t start = open;
    while (start > 0 && is_word(code[start - 1])) --start;
    return code.substr(start, open - start);
  }
  return "";
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t find_word(std::string_view code, std::string_view word, std::size_t from) {
  for (std::size_t at = code.find(word, from); at != std::string_view::npos; at = code.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word(code[at - 1]);
    if (starts && (end == code.size() || !is_word(code[end]))) return at;
  }
  return std::string_view::npos;
}

std::string report(const std::vector<Offence>& offences) {
  std::string out;
  for (const Offence& offence : offences) {
    out += "\n" + offence.path + ":" + std::to_string(offence.line) + ": " + offence.sentence;
  }
  return out;
}

}  // namespace hub::tidy
