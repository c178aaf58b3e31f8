#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>

#include "builtin.h"
#include "errors.h"
#include "flags.h"
#include "help.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/cli/cli.h"
#include "run_operation.h"
#include "terminal.h"
#include "words.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;

constexpr int usage_status = 2;
constexpr int closed_pipe_status = 141;  // what a shell reports for SIGPIPE

// A file opened later must not become standard input, output or error by chance.
void occupy_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // Writing to what is open for reading only fails, as writing to what is closed would.
    if (::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0) return;
  }
}

// All names, to find the words of a command by; describing them all would cost more than most commands do.
std::vector<CommandInfo> names_only() {
  std::vector<CommandInfo> out;
  for (const operations::Operation& operation : operations::all_operations()) {
    out.emplace_back().name = operation.info.name;
    out.back().summary = operation.info.summary;
  }
  for (const Builtin& builtin : builtins()) {
    out.emplace_back().name = builtin.info.name;
    out.back().summary = builtin.info.summary;
  }
  return out;
}

bool asks_for_help(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (word == "--") return false;
    if (word == "--help" || word == "-h") return true;
  }
  return false;
}

Result<int> show_version(StandardOutput& out) {
  out.write(version_line());
  return 0;
}

// A noun without a verb, or nothing at all: what could follow, which is an error unless it was asked for.
Result<int> run_group(const std::string& group, const std::vector<std::string>& words,
                      std::span<const CommandInfo> commands, const Surroundings& around, StandardOutput& out) {
  CommandInfo any;
  any.name = group;
  const Result<Arguments> arguments = parse_arguments(flags_of(any), words);
  if (!arguments) return arguments.error();
  if (arguments->is_set("version")) return show_version(out);
  const std::string text = group.empty() ? overview(commands) : group_help(group, commands);
  if (arguments->is_set("help")) {
    out.write(text);
    return 0;
  }
  const std::string name = group.empty() ? "hubctl" : "hubctl " + group;
  if (!arguments->unknown.empty() && is_display_name(arguments->unknown.front(), 64)) {
    return usage_error("\"" + name + "\" has no flag " + arguments->unknown.front(), name + " --help lists its flags");
  }
  if (!arguments->unknown.empty() || wants_json_errors(words, around)) {
    return usage_error("\"" + name + "\" needs a command.", name + " --help lists them");
  }
  write_error(text);
  return usage_status;
}

void list_fields(const AnswerShape& shape, StandardOutput& out) {
  std::vector<Entry> entries;
  for (const operations::FieldInfo& field : shape.fields) {
    entries.push_back({std::string(field.name), std::string(field.description)});
  }
  out.write(two_columns(entries, ""));
}

// The command that argv names, with everything that is known about it.
struct Command {
  const operations::Operation* operation = nullptr;
  const Builtin* builtin = nullptr;
  CommandInfo info;
  AnswerShape shape;
};

Command described(const std::string& name) {
  Command out;
  out.builtin = find_builtin(name);
  out.operation = out.builtin == nullptr ? operations::find_operation(name) : nullptr;
  out.info = out.operation != nullptr ? operations::describe(*out.operation) : out.builtin->info;
  out.shape = shape_of(out.info, out.operation != nullptr ? out.operation->info.id : out.builtin->id);
  out.shape.list = out.operation != nullptr ? static_cast<bool>(out.operation->list) : out.builtin->answers_list;
  return out;
}

Result<int> run_command(const std::string& name, const std::vector<std::string>& words, const Surroundings& around,
                        Clock& clock, StandardOutput& out) {
  const Command command = described(name);
  const Result<Arguments> arguments = parse_arguments(flags_of(command.info), words);
  const bool readable = arguments && arguments->unknown.empty();
  if (readable ? arguments->is_set("help") : asks_for_help(words)) {
    out.write(command_help(command.info, all_commands()));
    return 0;
  }
  if (!arguments) return arguments.error();
  if (Result<void> known = check_known(command.info, *arguments); !known) return known.error();
  const Result<Options> options = read_options(command.info, command.shape, *arguments, around);
  if (!options) return options.error();
  if (options->version) return show_version(out);
  if (options->fields_help) {
    list_fields(command.shape, out);
    return 0;
  }
  const Invocation invocation{command.info, command.shape, *arguments, *options, around, clock, out};
  return command.operation != nullptr ? run_operation(*command.operation, invocation)
                                      : command.builtin->run(invocation);
}

Error token_as_argument(const std::string& command) {
  const bool reads_tokens = command == "token verify" || command == "token introspect";
  return usage_error(
      "A token cannot be given as an argument, where every user of the machine can read it.",
      "hubctl " + (reads_tokens ? command : "token inspect") + " < FILE, or paste it there and press Ctrl-D");
}

bool holds_token(const std::string& word) {
  const std::size_t equals = word.find('=');
  return looks_like_token(equals == std::string::npos ? word : word.substr(equals + 1));
}

Result<int> run_words(const std::vector<std::string>& argv, const Surroundings& around, Clock& clock,
                      StandardOutput& out) {
  if (!argv.empty() && argv.front() == "__complete") {
    return complete_words({argv.begin() + 1, argv.end()}, around, clock, out);
  }
  if (!argv.empty() && argv.front() == "__man") return write_man_pages({argv.begin() + 1, argv.end()}, around);

  const std::vector<CommandInfo> names = names_only();
  const Result<Words> words = find_words(argv, names, &takes_value_somewhere);
  if (std::any_of(argv.begin(), argv.end(), &holds_token)) return token_as_argument(words ? words->name : "");
  if (!words) return words.error();
  if (!words->is_command) return run_group(words->name, words->rest, names, around, out);
  return run_command(words->name, words->rest, around, clock, out);
}

// Nothing of what a library threw reaches the user but that it happened.
Result<int> run_guarded(const std::vector<std::string>& argv, const Surroundings& around, Clock& clock,
                        StandardOutput& out) {
  try {
    return run_words(argv, around, clock, out);
  } catch (const std::bad_alloc&) {
    return Error{codes::internal, "There is not enough memory."};
  } catch (const std::exception& exception) {
    return Error{codes::internal, "Something went wrong inside hubctl.", "please report it", "", exception.what()};
  }
}

// What is meant for whoever looks after the machine: it may name files, but never holds a secret.
void tell_cause(const Error& error, const std::vector<std::string>& words) {
  if (error.cause.empty()) return;
  for (const std::string& word : words) {
    if (word == "--") return;
    if (word == "--verbose" || word == "-v") {
      write_error("cause: " + error.cause + "\n");
      return;
    }
  }
}

}  // namespace

int run(int argc, char** argv) {
  occupy_standard_descriptors();
  const SystemClock system_clock;
  SystemClock clock;
  const Surroundings around = system_surroundings(system_clock);
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  StandardOutput out;
  const Result<int> status = run_guarded(words, around, clock, out);
  const bool color = use_color(Color::automatic, around.errors_are_terminal, around);
  if (!status) {
    out.discard();
    write_error(error_text(status.error(), wants_json_errors(words, around), color));
    tell_cause(status.error(), words);
    return exit_status(status.error().code.failure);
  }
  if (out.flush()) return *status;
  if (out.error() == EPIPE) return closed_pipe_status;
  const std::string reason = std::system_category().message(out.error());
  const Error error{codes::internal, "Standard output cannot be written: " + reason + "."};
  write_error(error_text(error, wants_json_errors(words, around), color));
  return exit_status(error.code.failure);
}

}  // namespace hub::cli
