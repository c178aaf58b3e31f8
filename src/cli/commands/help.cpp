#include "help.h"

#include <nlohmann/json.hpp>

#include "builtin.h"
#include "errors.h"
#include "hub/base/text.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;

// The command or group that words name, aliases included; nothing if they name none.
std::optional<std::string> meant(std::span<const CommandInfo> commands, const std::vector<std::string>& words) {
  std::string path;
  for (const std::string& word : words) {
    const std::string_view next = operations::meant_word(commands, path, word);
    if (next.empty()) return std::nullopt;
    path += (path.empty() ? "" : " ") + std::string(next);
  }
  return path;
}

Error nothing_known(std::span<const CommandInfo> commands, const std::string& asked) {
  std::vector<std::string_view> known = topics();
  for (const CommandInfo& command : commands) known.push_back(command.name);
  for (const operations::NounInfo& noun : operations::nouns()) known.push_back(noun.name);
  const std::string_view near = nearest(asked, known);
  std::string all;
  for (const std::string_view topic : topics()) all += (all.empty() ? "" : ", ") + std::string(topic);
  return usage_error("There is no help on that.",
                     near.empty() ? "topics are " + all : "did you mean \"" + std::string(near) + "\"?");
}

Result<int> run_help(const Invocation& invocation) {
  const std::vector<CommandInfo> commands = all_commands();
  const std::vector<std::string>& words = invocation.arguments.positionals;
  if (words.empty()) {
    invocation.out.write(overview(commands));
    return 0;
  }
  const std::string asked = join(words, " ");
  if (const std::string text = topic_help(asked); !text.empty()) {
    invocation.out.write(text);
    return 0;
  }
  const std::optional<std::string> name = meant(commands, words);
  if (!name) return nothing_known(commands, asked);
  const CommandInfo* command = operations::find_command(commands, *name);
  invocation.out.write(command != nullptr ? command_help(*command, commands) : group_help(*name, commands));
  return 0;
}

}  // namespace

Builtin help_command() {
  CommandInfo info;
  info.name = "help";
  info.summary = "Explain a command or a topic";
  operations::FieldInfo topic;
  topic.name = "topic";
  topic.description = "A command, or exit-codes, environment, formatting, filters, scopes or secrets.";
  topic.repeated = true;
  topic.reference = "command";
  info.request = {topic};
  info.arguments = {"topic"};
  info.examples = {"hubctl help token verify", "hubctl help exit-codes"};
  return {std::move(info), "", &run_help};
}

}  // namespace hub::cli
