#include "terminal.h"

#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "hub/base/codes.h"

namespace hub::cli {
namespace {

// Turns the echo off for as long as it lives. Signals that would end the process in between wait until it is on again.
class Silence {
 public:
  Silence() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) sigaddset(&ending, signal);
    ::sigprocmask(SIG_BLOCK, &ending, &before_);
    changed_ = ::tcgetattr(STDIN_FILENO, &shown_) == 0;
    if (!changed_) return;
    termios silent = shown_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);  // Ctrl-C arrives as a character instead
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_);
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios shown_{};
  sigset_t before_{};
  bool changed_ = false;
};

constexpr char interrupt = '\x03';

// One line from standard input, octet by octet so that nothing behind it is lost; false at its end.
bool read_line(std::string& line, bool& interrupted) {
  for (;;) {
    char c = 0;
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return !line.empty();
    if (c == '\n') return true;
    if (c == interrupt) return interrupted = true, false;
    line += c;
  }
}

Error no_answer() { return {codes::usage, "Nothing was typed.", "give the value by its flag"}; }

}  // namespace

bool use_color(Color color, bool is_terminal, const Surroundings& around) {
  if (color != Color::automatic) return color == Color::always;
  if (around.variable("NO_COLOR")) return false;
  if (around.variable("FORCE_COLOR")) return true;
  if (around.variable("CLICOLOR_FORCE").value_or("0") != "0") return true;
  return is_terminal && around.variable("TERM").value_or("") != "dumb";
}

void write_error(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

Result<std::string> prompt_line(const std::string& question) {
  write_error(question);
  std::string line;
  bool interrupted = false;
  if (!read_line(line, interrupted)) return no_answer();
  return line;
}

Result<Secret> prompt_secret(const std::string& question) {
  write_error(question);
  std::string line;
  bool interrupted = false;
  bool typed = false;
  {
    const Silence silence;
    typed = read_line(line, interrupted);
  }
  write_error("\n");
  if (interrupted) std::raise(SIGINT);
  Secret secret(std::move(line));
  if (!typed || secret.empty()) return no_answer();
  return secret;
}

}  // namespace hub::cli
