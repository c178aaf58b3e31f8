#pragma once
#include <functional>
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
// `@local REASON`: the section up to the next prose is about the store of this machine, and stays so when all others
// are played against a served hub; in front of the first command, the whole transcript.
struct Step {
  std::vector<std::string> prose;    // lines before the command, blank ones too
  std::vector<std::string> command;  // the command and its continuations, without their signs
  bool local = false;
};

struct Transcript {
  std::vector<Step> steps;
  std::vector<std::string> last_prose;
  std::string commands_of;  // FILE of `@commands`
};

Transcript parse_transcript(const std::string& text);

// The text of the transcript as it is when every command is run now; `run` takes one step and its command.
std::string play(const Transcript& transcript, const std::function<Ran(const Step&, const std::string&)>& run,
                 Placeholders& placeholders);

// The commands in the ```console blocks of a Markdown text.
std::vector<std::string> console_commands(const std::string& markdown);

}  // namespace hub::testing
