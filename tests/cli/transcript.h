#pragma once
#include <string>
#include <vector>

#include "cli/placeholders.h"
#include "cli/shell.h"

namespace hub::testing {

// A transcript: what somebody types and what they see.
//
//   # prose
//   $ hubctl org show nobody       a line of bash; `> ` continues it
//   stdout, line by line
//   ! standard error, line by line
//   [exit 3]                       when it is not 0
//
// Blank lines before the next command are layout. A line of output that begins like one of these signs has a `\`
// before.
// `@commands FILE` in the prose: the commands are those of FILE's console blocks, no more and no less.
struct Step {
  std::vector<std::string> prose;    // lines before the command, blank ones too
  std::vector<std::string> command;  // the command and its continuations, without their signs
};

struct Transcript {
  std::vector<Step> steps;
  std::vector<std::string> last_prose;
  std::string commands_of;  // FILE of `@commands`
};

Transcript parse_transcript(const std::string& text);

// The text of the transcript as it is when every command is run now.
std::string play(const Transcript& transcript, const Shell& shell, Placeholders& placeholders);

// The commands in the ```console blocks of a Markdown text.
std::vector<std::string> console_commands(const std::string& markdown);

}  // namespace hub::testing
