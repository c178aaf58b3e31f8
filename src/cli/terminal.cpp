#include "terminal.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "hub/base/codes.h"

namespace hub::cli {
namespace {

constexpr std::array<int, 4> ending_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
volatile std::sig_atomic_t caught_signal = 0;
void catch_signal(int signal) { caught_signal = signal; }

// Turns the echo off for as long as it lives. A signal that ends the process interrupts the reading and is raised again
// when the echo is on as before.
class Silence {
 public:
  Silence() {
    caught_signal = 0;
    struct sigaction action {};
    action.sa_handler = &catch_signal;  // no SA_RESTART: read() has to return
    for (std::size_t i = 0; i < ending_signals.size(); ++i) ::sigaction(ending_signals[i], &action, &before_[i]);
    changed_ = ::tcgetattr(STDIN_FILENO, &shown_) == 0;
    if (!changed_) return;
    termios silent = shown_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_);
    for (std::size_t i = 0; i < ending_signals.size(); ++i) ::sigaction(ending_signals[i], &before_[i], nullptr);
    if (caught_signal != 0) std::raise(caught_signal);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios shown_{};
  std::array<struct sigaction, ending_signals.size()> before_{};
  bool changed_ = false;
};

// One line from standard input, octet by octet so that nothing behind it is lost; false at its end.
bool read_line(std::string& line) {
  for (;;) {
    char c = 0;
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count < 0 && errno == EINTR && caught_signal == 0) continue;
    if (count <= 0) return !line.empty();
    if (c == '\n') return true;
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
  if (!read_line(line)) return no_answer();
  return line;
}

Result<Secret> prompt_secret(const std::string& question) {
  write_error(question);
  std::string line;
  bool typed = false;
  {
    const Silence silence;
    typed = read_line(line);
  }
  write_error("\n");
  Secret secret(std::move(line));
  if (!typed || secret.empty()) return no_answer();
  return secret;
}

}  // namespace hub::cli
