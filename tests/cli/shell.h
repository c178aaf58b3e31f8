#pragma once
#include <string>
#include <vector>

namespace hub::testing {

struct Ran {
  std::string out;
  std::string err;
  int status = 0;  // as a shell gives it: 128 + N for signal N
};

// Runs lines of bash in `home`/run, a fresh directory, with an environment that is the same on every machine: the
// folder of `binary` first in PATH, a store of its own, UTC, no locale, umask 022. A command that takes longer than
// `limit_s` is ended together with its children.
class Shell {
 public:
  Shell(std::string home, const std::string& binary, int limit_s = 120);

  Ran run(const std::string& command) const;
  const std::string& directory() const { return directory_; }
  const std::string& home() const { return home_; }
  // A variable that commands see from now on.
  void set(const std::string& name, const std::string& value) { more_.push_back(name + '=' + value); }

 private:
  [[noreturn]] void become(const std::string& command) const;

  std::string home_;
  std::string directory_;
  std::string path_;
  int limit_s_;
  std::vector<std::string> more_;
};

std::string read_file(const std::string& path);

}  // namespace hub::testing
