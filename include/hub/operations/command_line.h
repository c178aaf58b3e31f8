#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/operation.h"

namespace hub::operations {

// What a line for a shell says besides the request.
struct ShellLine {
  std::vector<std::string_view> open = {};  // fields that are still to be filled in, shown by what they take
  std::string actor = "";                   // address of the person it acts for; "" for an operator
  bool keeps_secret = false;                // the answer's secret goes to a file
};
// The line that runs an operation with this request (as for run(), without secrets), as pages show it beside their
// forms: "hubctl member invite jane@acme.test --org acme --role ROLE --actor person:joe@acme.test".
std::string in_shell(std::string_view operation, const Json& request, const ShellLine& line = {});

}  // namespace hub::operations
