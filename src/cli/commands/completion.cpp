#include "hub/operations/completion.h"

#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "executor.h"
#include "request.h"

namespace hub::cli {
namespace {

constexpr std::chrono::milliseconds patience{50};  // a completion that takes longer is worse than none

struct Listing {
  std::string_view kind;
  std::string_view operation;
  std::string_view field;
};
constexpr std::array<Listing, 6> listings = {{{"org", "org list", "slug"},
                                              {"app", "app list", "name"},
                                              {"person", "person list", "email"},
                                              {"scope", "scope list", "scope"},
                                              {"key", "key list", "kid"},
                                              {"credential", "credential list", "client_id"}}};

// The flags among the words that say which hub is meant.
Options places(const std::vector<std::string>& words) {
  Options out;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i] == "--store" || words[i] == "-s") out.store = words[i + 1];
    if (words[i] == "--remote") out.remote = words[i + 1];
    if (words[i] == "--context" || words[i] == "-c") out.context = words[i + 1];
  }
  out.timeout = Seconds(1);
  return out;
}

// What the hub has of a kind, as far as it can be read at once; never an error.
class HubNames {
 public:
  HubNames(const std::vector<std::string>& words, const Surroundings& around, Clock& clock)
      : options_(places(words)), around_(around), clock_(clock) {}

  std::vector<std::string> of(std::string_view kind) {
    std::vector<std::string> out;
    for (const Listing& listing : listings) {
      if (listing.kind != kind) continue;
      const operations::Operation* operation = operations::find_operation(listing.operation);
      if (operation != nullptr && open()) read(*operation, listing.field, out);
    }
    return out;
  }

 private:
  bool open() {
    if (executor_) return true;
    Result<std::unique_ptr<Executor>> executor = open_executor(options_, around_, clock_, operations::Effect::read);
    if (!executor) return false;
    executor_ = std::move(*executor);
    return true;
  }

  void read(const operations::Operation& operation, std::string_view field, std::vector<std::string>& out) {
    const auto end = std::chrono::steady_clock::now() + patience;
    const operations::Emit emit = [&](Json& row) {
      const auto found = row.find(std::string(field));
      if (found != row.end() && found->is_string()) out.push_back(found->get<std::string>());
      return std::chrono::steady_clock::now() < end;
    };
    if (!executor_->run_list(operation, Json::object(), emit)) out.clear();
  }

  Options options_;
  const Surroundings& around_;
  Clock& clock_;
  std::unique_ptr<Executor> executor_;
};

Result<int> run_completion(const Invocation& invocation) {
  Json body;
  const Result<Request> request = build_request(invocation.command, invocation.command.request, invocation.arguments,
                                                invocation.options, invocation.around, body);
  if (!request) return request.error();
  const std::string_view script = operations::completion_script(invocation.arguments.positionals.front());
  if (script.empty()) return usage_error("There is completion for bash, zsh and fish.", "hubctl completion bash");
  invocation.out.write(script);
  return 0;
}

}  // namespace

int complete_words(const std::vector<std::string>& words, const Surroundings& around, Clock& clock,
                   StandardOutput& out) {
  std::vector<std::string> before = words;
  std::string current;
  if (!before.empty()) {
    current = before.back();
    before.pop_back();
  }
  HubNames names(before, around, clock);
  const std::vector<operations::CommandInfo> commands = all_commands();
  const operations::Completion completion =
      operations::complete(commands, before, current, [&](std::string_view kind) { return names.of(kind); });
  out.write(operations::completion_lines(completion));
  return 0;
}

Builtin completion_command() {
  operations::CommandInfo info;
  info.name = "completion";
  info.summary = "Print the completion script of a shell";
  operations::FieldInfo shell;
  shell.name = "shell";
  shell.description = "Shell to complete in.";
  shell.required = true;
  shell.choices = {"bash", "zsh", "fish"};
  info.request = {shell};
  info.arguments = {"shell"};
  info.examples = {"hubctl completion bash > /usr/share/bash-completion/completions/hubctl",
                   "hubctl completion fish | source"};
  return {std::move(info), "", &run_completion};
}

}  // namespace hub::cli
