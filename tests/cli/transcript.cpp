#include "cli/transcript.h"

#include <algorithm>
#include <sstream>

namespace hub::testing {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool begins_with(const std::string& line, const char* sign) { return line.rfind(sign, 0) == 0; }

bool is_sign(const std::string& line) {
  constexpr const char* signs[] = {"$ ", "> ", "# ", "! ", "@commands ", "@local ", "[exit ", "\\"};
  return std::any_of(std::begin(signs), std::end(signs), [&](const char* sign) { return begins_with(line, sign); });
}

bool is_prose(const std::string& line) { return line == "#" || begins_with(line, "# ") || begins_with(line, "@"); }

void add_output(std::string& page, const std::string& text, const std::string& sign) {
  auto lines = lines_of(text);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  for (const auto& line : lines) {
    page += sign.empty() && is_sign(line) ? "\\" : sign;
    page += line + '\n';
  }
}

}  // namespace

Transcript parse_transcript(const std::string& text) {
  Transcript transcript;
  std::vector<std::string> prose;
  bool in_output = false;
  for (const auto& line : lines_of(text)) {
    if (begins_with(line, "$ ")) {
      const bool new_section = std::any_of(prose.begin(), prose.end(), &is_prose);
      const bool was_local = !transcript.steps.empty() && transcript.steps.back().local;
      const bool says_local =
          std::any_of(prose.begin(), prose.end(), [](const auto& one) { return begins_with(one, "@local "); });
      transcript.steps.push_back({std::move(prose), {line.substr(2)}, new_section ? says_local : was_local});
      prose.clear();
      in_output = true;
    } else if (begins_with(line, "> ") && in_output) {
      transcript.steps.back().command.push_back(line.substr(2));
    } else if (is_prose(line) || !in_output) {
      if (begins_with(line, "@commands ")) transcript.commands_of = line.substr(10);
      prose.push_back(line);
      in_output = false;
    } else if (line.empty()) {
      prose.push_back(line);
    } else {
      prose.clear();  // the blank lines were part of the output
    }
  }
  transcript.last_prose = std::move(prose);
  return transcript;
}

std::string play(const Transcript& transcript, const std::function<Ran(const Step&, const std::string&)>& run,
                 Placeholders& placeholders) {
  std::string page;
  for (const auto& step : transcript.steps) {
    for (const auto& line : step.prose) page += line + '\n';
    std::string command;
    for (const auto& line : step.command) {
      page += (command.empty() ? "$ " : "> ") + line + '\n';
      command += line + '\n';
    }
    const auto ran = run(step, command);
    add_output(page, placeholders.replace(ran.out), "");
    add_output(page, placeholders.replace(ran.err), "! ");
    if (ran.status != 0) page += "[exit " + std::to_string(ran.status) + "]\n";
  }
  for (const auto& line : transcript.last_prose) page += line + '\n';
  return page;
}

std::vector<std::string> console_commands(const std::string& markdown) {
  std::vector<std::string> commands;
  bool inside = false;
  for (const auto& line : lines_of(markdown)) {
    if (begins_with(line, "```")) {
      inside = line == "```console";
    } else if (inside && begins_with(line, "$ ")) {
      commands.push_back(line.substr(2));
    }
  }
  return commands;
}

}  // namespace hub::testing
