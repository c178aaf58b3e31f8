#pragma once
#include <string>
#include <string_view>

namespace hub {

// What kind of failure a caller has to deal with. One exhaustive switch per column in error.cpp turns it into the exit
// status of a command, the HTTP status and the OAuth error name.
enum class Failure {
  internal,         // broken machinery or data: report it
  usage,            // the command itself is wrong; nothing was attempted
  not_found,        // no such thing, or none this caller may see
  unauthenticated,  // sign in, or the credential was refused
  forbidden,        // known caller, not allowed
  conflict,         // contradicts what is there
  invalid,          // the input is rejected
  pending,          // wait for a person
  limited,          // too many requests
  unavailable,      // try again later
};

// A stable, documented name and the kind of failure it belongs to. All of them stand in codes.h.
struct Code {
  Failure failure;
  std::string_view name;
  friend bool operator==(const Code& a, const Code& b) { return a.name == b.name; }
};

// An expected failure as a value. `message` is one sentence for a person, `hint` what to do next, `field` the input
// that is at fault; `cause` is for the log only and never sent to a caller. None of them may hold a secret.
struct Error {
  Code code;
  std::string message;
  std::string hint = {};
  std::string field = {};
  std::string cause = {};
};

int exit_status(Failure failure);           // 1-9, the table of `hubctl help exit-codes`
int http_status(Failure failure);           // RFC 9110 status
std::string_view oauth_error(const Code&);  // RFC 6749 section 5.2 and 4.1.2.1 names

}  // namespace hub
