// transcript_runner [--update | --server] FILE: plays a transcript in a fresh directory; prints the difference and
// fails if the answers are not those in the file. --update writes the answers into the file instead. --server plays it
// against a served hub, whose answers must be the same to the letter.
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "cli/placeholders.h"
#include "cli/served_hub.h"
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

// The operator of a served hub is known by a token, the one of a store by the operating system.
std::string as_local(std::string text, const std::string& user) {
  const std::string token = "admin:" + user, local = "local:" + user;
  for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at)) {
    text.replace(at, token.size(), local);
  }
  return text;
}

enum class Mode { compare, update, server };

int run(const std::string& path, Mode mode) {
  const auto text = read_file(path);
  const auto transcript = parse_transcript(text);
  if (transcript.steps.empty()) {
    std::fprintf(stderr, "%s: no commands\n", path.c_str());
    return 2;
  }
  if (!has_commands_of_its_source(transcript)) return 1;
  if (mode == Mode::server && transcript.steps.front().local) {
    std::fprintf(stderr, "%s is about the store of this machine\n", path.c_str());
    return 2;
  }
  const TemporaryDirectory home;
  Shell shell(home.path(), HUBCTL_BINARY);
  const std::string user = user_name();
  Placeholders placeholders(shell.directory(), user);
  std::optional<ServedHub> hub;
  if (mode == Mode::server) hub.emplace(shell, HUBCTL_BINARY, user);
  const auto run_one = [&](const Step& step, const std::string& command) {
    if (!hub) return shell.run(command);
    if (step.local) return shell.run("unset HUBCTL_REMOTE HUBCTL_TOKEN_FILE\n" + command);
    Ran ran = shell.run(without_init(command));
    ran.out = as_local(std::move(ran.out), user);
    return ran;
  };
  const auto page = play(transcript, run_one, placeholders);
  if (page == text) return 0;
  if (mode == Mode::update) {
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
  const std::string flag = argc == 3 ? argv[1] : "";
  if (argc != (flag == "--update" || flag == "--server" ? 3 : 2)) {
    std::fputs("Usage: transcript_runner [--update | --server] FILE\n", stderr);
    return 2;
  }
  const Mode mode = flag == "--update" ? Mode::update : flag == "--server" ? Mode::server : Mode::compare;
  return run(std::filesystem::absolute(argv[argc - 1]), mode);
}
