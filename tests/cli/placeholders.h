#pragma once
#include <map>
#include <string>
#include <string_view>

namespace hub::testing {

// Replaces what differs from run to run by numbered names: ids, key ids, secrets, tokens, times and the directory of
// the run. The same value gets the same number, so that relations stay visible: <uuid:1> is one thing everywhere.
class Placeholders {
 public:
  Placeholders(std::string directory, std::string user);

  std::string replace(std::string_view text);

 private:
  std::string named(const char* kind, std::string_view value);
  // The placeholder for what begins at `at` and how many octets it covers; 0 octets: nothing to replace.
  std::size_t found(std::string_view text, std::size_t at, std::string& name);
  std::size_t found_word(std::string_view text, std::size_t at, std::string& name);

  std::string directory_;
  std::string user_;
  std::map<std::string, std::string, std::less<>> names_;
  std::map<std::string, int> counts_;
};

}  // namespace hub::testing
