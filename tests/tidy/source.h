#pragma once
#include <string>
#include <string_view>
#include <vector>

// What the rules look at: a file as text, and as code without its comments and without what stands in quotes.
namespace hub::tidy {

struct Line {
  std::string text;  // as it stands in the file
  std::string code;  // same length; comments and the content of literals are blanks
};

// String literals that stand next to each other and are one text to the compiler.
struct Literal {
  std::size_t line = 0;  // of the first of them, counted from 1
  std::string text;      // without quotes; escapes as they stand in the file
  char before = ' ';     // the code that stands before and after it, blanks left out
  char after = ' ';
};

struct Source {
  std::string path;  // from the root of the tree: src/core/issue.cpp
  std::vector<Line> lines;
  std::vector<Literal> literals;

  bool header() const { return path.ends_with(".h"); }
  bool below(std::string_view folder) const { return path.starts_with(folder); }
};

struct Offence {
  std::string path;
  std::size_t line = 0;
  std::string sentence;  // what is allowed
};

struct Include {
  std::size_t line = 0;
  std::string target;  // hub/base/text.h, openssl/evp.h
  bool quoted = false;
};

Source read_source(std::string path, std::string_view text);
// All .h and .cpp files below include/, src/, tests/ and bench/ of `root`, in order of their paths.
std::vector<Source> read_tree(const std::string& root);

std::vector<Include> includes_of(const Source& source);
// The name of the function that a line belongs to; formatted code starts each at the left margin. Empty outside of one.
std::string function_at(const Source& source, std::size_t line);

bool is_word(char c);  // may be part of an identifier
// Where `word` stands in `code` as a word of its own, from `from` on; npos if nowhere.
std::size_t find_word(std::string_view code, std::string_view word, std::size_t from = 0);

// One line for each: "src/core/issue.cpp:7: core may not include …".
std::string report(const std::vector<Offence>& offences);

}  // namespace hub::tidy
