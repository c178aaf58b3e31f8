#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fields.h"
#include "route.h"

// What all forms of the portal share: each is an operation of the table (or two), run in the name of whoever is signed
// in, and shows the line for a shell that does the same.
namespace hub::http {

struct PortalForm {
  std::string name;          // on its page; the ids of its controls begin with it
  std::string action;        // path
  std::string button;        // key of a text
  std::string style = {};    // of the button: "primary", "danger"
  std::string lead = {};     // key of a text above the controls
  std::string summary = {};  // key of the text it is folded under; none: it lies open
  bool is_open = false;
  std::vector<std::pair<std::string, std::string>> hidden = {};  // names and values
  std::optional<std::int64_t> version = {};  // of what it changes: a form that is older than that is refused
  std::vector<Field> fields = {};
  std::vector<std::string> commands = {};  // lines for a shell that do the same
};
// What was sent to a form of the page and refused.
struct Refused {
  std::string form;  // name
  const Parameters& sent;
  const Error& error;
};
// The page, with the status of what was refused, if anything was.
Response show_portal(Exchange& exchange, std::string_view template_name, Json data, const Refused* refused);
// The line for a shell that runs an operation as whoever is signed in; `open`: what the form's controls fill in.
std::string command(const Exchange& exchange, std::string_view operation, const Json& request,
                    std::vector<std::string_view> open = {}, bool keeps_secret = false);
// For templates/command.mustache.
Json commands_as_json(const std::vector<std::string>& commands);
// For templates/portal_form.mustache. A refused form lies open with what was sent and what is wrong with it.
Json as_json(const Exchange& exchange, PortalForm form, const Refused* refused);

// Runs an operation as whoever is signed in; its answer's object. `form`: what was sent, for the version it shows.
// `ensure`: it is fine when it is so already.
Result<Json> run_as_visitor(Exchange& exchange, std::string_view operation, const Json& request,
                            const Parameters* form = nullptr, bool ensure = false);

// A path with the part of the list that the request's own address asks for, so that a form leads back to it.
std::string with_part(const Exchange& exchange, std::string path);

// The scopes that a page showed, for its form, and the field "if_scope" that they become in a request.
std::pair<std::string, std::string> shown_scopes(const std::vector<std::string>& scopes);
void add_shown_scopes(const Parameters& form, Json& request);

// For how long a secret that is replaced goes on working, as durations of the command line.
Field overlap_field(const Exchange& exchange);

// Of a form that wants the name of what it ends, in its field "confirm".
Error not_confirmed(const std::string& name);

// The sentence of "?done=invited" on the page "members": the text "members.done_invited"; "" for anything else.
std::string done_text(const Exchange& exchange, std::string_view page);

}  // namespace hub::http
