#pragma once
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace hub::testing {

// What a run of the binary left behind. status: of the exit, or the negative number of the signal that ended it.
struct Ran {
  int status = -1;
  std::string out, err;
};

// The real binary in a process of its own; ended by force if it is still there at the end.
class Program {
 public:
  // `input` is its standard input. `starting_line`: a descriptor it takes an octet from
  // before it begins.
  explicit Program(const std::vector<std::string>& arguments, const std::string& input = "", int starting_line = -1);
  Program(Program&& other) noexcept;
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  Ran wait();

 private:
  int process_ = 0, out_ = -1, err_ = -1;
};

// Starts one process for each list of arguments at the same moment and waits for all.
std::vector<Ran> race(const std::vector<std::vector<std::string>>& commands, const std::string& input = "");

// A hub made by the commands that a person would type: organization acme with the app shop, connected and with a
// credential, and north, which has authorized nothing.
class CommandHub {
 public:
  CommandHub();

  std::string store() const { return directory_.file("hub.db"); }
  std::string file(const std::string& name) const { return directory_.file(name); }
  std::vector<std::string> command(std::vector<std::string> words) const;  // with --store
  Ran run(const std::vector<std::string>& words, const std::string& input = "") const;
  Ran must(const std::vector<std::string>& words, const std::string& input = "") const;
  std::vector<std::string> column(const std::string& sql) const;  // the first column of what a query answers

  // integrity_check, foreign_key_check, the audit chain, and one successor at most for each refresh token.
  void check_sound() const;

 private:
  TemporaryDirectory directory_;
};

inline const std::vector<std::string>& token_command() {
  static const std::vector<std::string> words{
      "token", "issue", "--app", "shop", "--for", "org:acme", "--scope", "zaikio.organization.r", "-o", "json"};
  return words;
}

}  // namespace hub::testing
