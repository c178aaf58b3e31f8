#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hub/operations/completion.h"
#include "support/temporary_directory.h"

using namespace hub;
using namespace hub::operations;

// The adaptors are run by real shells against a stand-in that speaks the protocol.
namespace {

constexpr const char* stand_in = R"script(#!/bin/sh
[ "$1" = __complete ] || exit 1
for last; do :; done
case "$last" in
  --for=*) printf '%s\n' '--for=org:acme' '--for=org:north211' ':2' ;;
  org:*) printf '%s\n' 'org:acme' 'org:north211' ':2' ;;
  evil*) printf '%s\n' 'evil$(touch pwned)' ':2' ;;
  there*|--file=*) printf ':4\n' ;;
  *) printf 'list\tList things\nshow\tShow the thing of "%s"\n:2\n' "$2" ;;
esac
)script";

constexpr const char* bash_driver = R"script(
source /usr/share/bash-completion/bash_completion
source ./script
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE="$LINE"
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9
_hubctl 2>/dev/null
printf '<%s>' "${COMPREPLY[@]}"
)script";

class Shell {
 public:
  explicit Shell(const char* name) : name_(name) {
    std::ofstream(directory_.file("hubctl")) << stand_in;
    std::filesystem::permissions(directory_.file("hubctl"), std::filesystem::perms::owner_all);
    std::ofstream(directory_.file("there-it-is"));
    std::ofstream(directory_.file("script")) << completion_script(name);
    std::ofstream(directory_.file("driver")) << bash_driver;
  }

  bool is_installed() const {
    if (std::system(("command -v " + name_ + " >/dev/null").c_str()) == 0) return true;
    MESSAGE(name_ << " is not installed");
    return false;
  }

  // What a command says on stdout, run in the directory of the script.
  std::string says(const std::string& command) const {
    const std::string line = "cd '" + directory_.path() + "' && export HOME=\"$PWD\" PATH=\"$PWD:$PATH\" && " + command;
    std::FILE* const pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string out;
    std::array<char, 512> part{};
    while (const std::size_t got = std::fread(part.data(), 1, part.size(), pipe)) out.append(part.data(), got);
    ::pclose(pipe);
    return out;
  }

  bool has(const std::string& file) const { return std::filesystem::exists(directory_.file(file)); }

 private:
  testing::TemporaryDirectory directory_;
  std::string name_;
};

}  // namespace

TEST_CASE("completion in bash: values are what readline has to put in") {
  const Shell bash("bash");
  if (!bash.is_installed() || !std::filesystem::exists("/usr/share/bash-completion/bash_completion")) return;
  const auto completed = [&](const std::string& line, const std::string& words) {
    return bash.says("LINE='" + line + "' bash --norc driver " + words);
  };
  CHECK(completed("hubctl org ", "hubctl org ''") == "<list><show>");
  // readline breaks words at '=' and ':' and replaces only what comes after
  CHECK(completed("hubctl x --for=org:a", "hubctl x --for = org : a") == "<acme><north211>");
  CHECK(completed("hubctl x --for org:", "hubctl x --for org :") == "<acme><north211>");
  CHECK(completed("hubctl there", "hubctl there") == "<there-it-is>");
  CHECK(completed("hubctl --file=there", "hubctl --file = there") == "<there-it-is>");
  CHECK(completed("hubctl evil", "hubctl evil") == R"(<evil\$\(touch\ pwned\)>)");
  CHECK_FALSE(bash.has("pwned"));
}

TEST_CASE("completion in fish: values come with their descriptions") {
  const Shell fish("fish");
  if (!fish.is_installed()) return;
  const auto completed = [&](const std::string& line) {
    return fish.says("fish --no-config -c 'source ./script; complete -C \"" + line + "\"'");
  };
  CHECK(completed("hubctl org ") == "list\tList things\nshow\tShow the thing of \"org\"\n");
  CHECK(completed("hubctl x --for=org:") == "--for=org:acme\n--for=org:north211\n");
  CHECK(completed("hubctl x --for org:n") == "org:north211\n");
  CHECK(completed("hubctl there") == "there-it-is\n");
  CHECK(completed("hubctl --file=there") == "--file=there-it-is\n");
}

TEST_CASE("completion in zsh: the script is well-formed") {
  const Shell zsh("zsh");
  if (!zsh.is_installed()) return;
  CHECK(zsh.says("zsh -f -n script && echo fine") == "fine\n");
}
