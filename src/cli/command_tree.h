#pragma once
#include <map>
#include <string>
#include <vector>

#include "hub/base/result.h"

namespace hub::cli {

// A flag as argv spells it.
struct Flag {
  std::string name;         // without dashes
  char letter = '\0';       // short form
  bool takes_value = true;  // a flag without one may still be given as --name=false
};

// What argv said, flag by flag, in order.
struct Arguments {
  std::map<std::string, std::vector<std::string>> flags;
  std::vector<std::string> positionals;
  std::vector<std::string> unknown;  // flags that do not exist, without a value that was attached to them

  bool has(const std::string& name) const { return flags.count(name) != 0; }
  // The last value given; nullptr if there was none.
  const std::string* value(const std::string& name) const;
  bool is_set(const std::string& name) const;  // a flag without value that was not set to false
};

// Splits the words that follow a command into flags and positionals. Flags may stand anywhere, "--" ends them, a value
// may look like anything ("-2h", "-", "--"). `usage` if a flag lacks its value.
Result<Arguments> parse_arguments(const std::vector<Flag>& flags, const std::vector<std::string>& words);

}  // namespace hub::cli
