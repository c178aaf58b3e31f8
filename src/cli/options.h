#pragma once
#include <optional>
#include <string>
#include <vector>

#include "command_tree.h"
#include "hub/base/result.h"
#include "hub/operations/command.h"
#include "hub/operations/query.h"
#include "output/writer.h"
#include "surroundings.h"
#include "terminal.h"

namespace hub::cli {

// What the global flags and their variables say.
struct Options {
  Format format = Format::table;
  bool format_is_chosen = false;  // by a flag, not by a variable or by where the output goes
  bool quiet = false;             // no notices
  bool help = false;
  bool version = false;
  bool fields_help = false;
  Layout layout;
  Color color = Color::automatic;
  bool yes = false;
  bool may_ask = false;  // a person is there and --no-input was not given
  bool ensure = false;
  bool dry_run = false;
  bool verbose = false;
  std::optional<std::int64_t> if_version;
  std::optional<std::string> reason;
  std::optional<std::string> actor;
  std::optional<std::string> store;
  std::optional<std::string> master_key_file;
  std::optional<std::string> remote;   // URL or name of a context
  std::optional<std::string> context;  // name of a context
  std::optional<Seconds> timeout;      // of one request to a remote hub
  bool print_request = false;
  std::optional<std::string> secret_out;
  operations::ListQuery query;
  std::vector<std::string> filters;  // and the order, as typed
  std::optional<std::string> sort;
};

// The flags of a command that are not members of its request. `usage` for formats that the command cannot give.
Result<Options> read_options(const operations::CommandInfo& command, const AnswerShape& shape,
                             const Arguments& arguments, const Surroundings& around);

// Whether a failure is to be told in JSON, as far as argv can be understood at all.
bool wants_json_errors(const std::vector<std::string>& argv, const Surroundings& around);

}  // namespace hub::cli
