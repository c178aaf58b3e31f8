#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hub::operations {

// Text as man(7) source shows it literally: every '-' a minus that can be copied, no request by accident, ASCII only.
std::string roff_escaped(std::string_view text);
std::string roff_bold(std::string_view text);

// Writes a page of man(7) line by line.
class Roff {
 public:
  void title(std::string_view name, std::string_view date, const std::string& source);
  void section(std::string_view name);
  void subsection(std::string_view name);
  void line(std::string_view source);                             // as it is
  void paragraphs(std::string_view text);                         // apart by empty lines; broken into short lines
  void entry(std::string_view words, std::string_view text);      // `words` is source, `text` is not
  void verbatim(const std::vector<std::string_view>& lines);      // without filling
  void references(const std::vector<std::string>& pages_of_one);  // names of pages in section 1

  const std::string& text() const { return text_; }

 private:
  void filled(std::string_view text);
  std::string text_;
};

}  // namespace hub::operations
