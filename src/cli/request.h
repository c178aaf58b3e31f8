#pragma once
#include <string>
#include <vector>

#include "command_tree.h"
#include "hub/base/json.h"
#include "hub/operations/field.h"
#include "invocation.h"
#include "options.h"

namespace hub::cli {

// What a request asks for besides its members.
struct Request {
  std::string
      batch_field;  // the reference that was given as "-": each line of standard input is one; "" if there is none
  bool confirm_each = false;  // --yes: the reference of each line stands for its confirmation

  bool is_batch() const { return !batch_field.empty(); }
};

// Makes the request of a command out of its flags and positionals and puts its members into `body`. `fields` are the
// members of the request, without those that only the command line has. Reads secrets from files or asks for them; asks
// for the confirmation that a request requires. `usage` if something is missing that nobody can be asked for.
Result<Request> build_request(const operations::CommandInfo& command, const std::vector<operations::FieldInfo>& fields,
                              const Arguments& arguments, const Options& options, const Surroundings& around,
                              Json& body);

// The same for a command that is no operation: its request as the struct that the fields describe.
Result<void> fill_request(const Invocation& invocation, const operations::FieldList& fields, void* request);
template <class S>
Result<S> request_of(const Invocation& invocation, const operations::Fields<S>& fields) {
  S request{};
  if (Result<void> filled = fill_request(invocation, fields, &request); !filled) return filled.error();
  return request;
}

}  // namespace hub::cli
