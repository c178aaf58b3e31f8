// transcript_runner [--update] FILE: plays a transcript in a fresh directory; prints the difference and fails if the
// answers are not those in the file. --update writes the answers into the file instead.
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/placeholders.h"
#include "cli/shell.h"
#include "cli/transcript.h"
#include "support/temporary_directory.h"

namespace {

using namespace hub::testing;

void write_file(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string user_name() {
  const passwd* user = ::getpwuid(::geteuid());
  return user == nullptr ? std::to_string(::geteuid()) : user->pw_name;
}

bool has_commands_of_its_source(const Transcript& transcript) {
  if (transcript.commands_of.empty()) return true;
  const auto expected = console_commands(read_file(HUBCTL_SOURCE_DIR "/" + transcript.commands_of));
  bool same = expected.size() == transcript.steps.size();
  for (std::size_t i = 0; same && i < expected.size(); ++i) {
    same = transcript.steps[i].command.size() == 1 && transcript.steps[i].command[0] == expected[i];
    if (!same) std::fprintf(stderr, "%s says: %s\n", transcript.commands_of.c_str(), expected[i].c_str());
  }
  if (!same) std::fprintf(stderr, "the commands are not those of %s\n", transcript.commands_of.c_str());
  return same;
}

int run(const std::string& path, bool update) {
  const auto text = read_file(path);
  const auto transcript = parse_transcript(text);
  if (transcript.steps.empty()) {
    std::fprintf(stderr, "%s: no commands\n", path.c_str());
    return 2;
  }
  if (!has_commands_of_its_source(transcript)) return 1;
  const TemporaryDirectory home;
  const Shell shell(home.path(), HUBCTL_BINARY);
  Placeholders placeholders(shell.directory(), user_name());
  const auto page = play(transcript, shell, placeholders);
  if (page == text) return 0;
  if (update) {
    write_file(path, page);
    return 0;
  }
  write_file(home.file("page"), page);
  std::fflush(stdout);
  std::fputs(shell.run("diff -U4 --label expected --label answered '" + path + "' " + home.file("page")).out.c_str(),
             stdout);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const bool update = argc == 3 && std::string(argv[1]) == "--update";
  if (argc != (update ? 3 : 2)) {
    std::fputs("Usage: transcript_runner [--update] FILE\n", stderr);
    return 2;
  }
  return run(std::filesystem::absolute(argv[argc - 1]), update);
}
