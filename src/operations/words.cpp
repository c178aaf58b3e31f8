#include "hub/operations/command.h"

// The words that no operation declares: global flags, nouns and the meanings of exit statuses.
namespace hub::operations {
namespace {

GlobalFlag with_value(std::string_view name, char letter, std::string_view value, std::string_view description,
                      std::string_view environment = "") {
  GlobalFlag flag{{name, description}, letter, value, environment};
  if (value == "FILE") flag.field.reference = "file";
  if (value == "N") flag.field.kind = ValueKind::integer;
  return flag;
}

GlobalFlag with_choice(std::string_view name, char letter, std::string_view value, std::string_view description,
                       std::vector<std::string_view> choices, std::string_view environment = "") {
  GlobalFlag flag = with_value(name, letter, value, description, environment);
  flag.field.choices = std::move(choices);
  return flag;
}

GlobalFlag one_switch(std::string_view name, char letter, std::string_view description,
                      std::string_view environment = "") {
  GlobalFlag flag{{name, description}, letter, "", environment};
  flag.field.kind = ValueKind::boolean;
  return flag;
}

GlobalFlag repeated(GlobalFlag flag) {
  flag.field.repeated = true;
  return flag;
}

GlobalFlag of_lists(GlobalFlag flag) {
  flag.lists_only = true;
  return flag;
}

std::vector<GlobalFlag> make_global_flags() {
  GlobalFlag actor =
      with_value("actor", '\0', "REF", "Act with the rights of this person: person:jane@acme.test.", "HUBCTL_ACTOR");
  actor.field.reference = "actor";
  GlobalFlag timeout = with_value("timeout", '\0', "DURATION", "Give up on a remote hub after this; default 60s.");
  timeout.field.kind = ValueKind::duration;
  return {
      with_value("store", 's', "FILE", "Store to work on.", "HUBCTL_STORE"),
      with_value("master_key_file", '\0', "FILE", "File with the store's master key.", "HUBCTL_MASTER_KEY_FILE"),
      with_value("remote", '\0', "URL|NAME", "Hub to act on over HTTP, by its address or a context.", "HUBCTL_REMOTE"),
      with_value("context", 'c', "NAME", "Hub to act on, as logged in; \"local\" is the store.", "HUBCTL_CONTEXT"),
      with_choice("output", 'o', "FORMAT", "How the answer is written.",
                  {"table", "wide", "json", "jsonl", "yaml", "csv", "tsv", "id", "env", "raw", "none", "header"},
                  "HUBCTL_OUTPUT"),
      one_switch("json", '\0', "Short for --output json."),
      one_switch("quiet", 'q', "Ids only, no notices."),
      with_value("fields", '\0', "A,B", "Fields to show, in this order; \"help\" lists them."),
      one_switch("no_headers", '\0', "Tables without a line of headings."),
      one_switch("utc", '\0', "Times of tables in UTC instead of the local zone."),
      with_choice("color", '\0', "WHEN", "When to use colours.", {"auto", "always", "never"}),
      of_lists(repeated(with_value("filter", '\0', "EXPR", "Rows that match only: name=value, name:like=%press%."))),
      of_lists(with_value("sort", '\0', "FIELDS", "Order of the rows: -created,name.")),
      of_lists(with_value("limit", '\0', "N", "At most this many rows.")),
      of_lists(with_value("skip", '\0', "N", "Leave out the first rows.")),
      one_switch("yes", 'y', "Answer yes to questions."),
      with_value("confirm", '\0', "NAME", "Name of the thing, to confirm that it may go."),
      one_switch("no_input", '\0', "Never ask; fail instead.", "HUBCTL_NO_INPUT"),
      one_switch("dry_run", 'n', "Check everything, change nothing."),
      one_switch("print_request", '\0', "Print the HTTP request instead of doing anything."),
      timeout,
      actor,
      with_value("reason", '\0', "TEXT", "Why; kept in the audit trail."),
      repeated(one_switch("verbose", 'v', "Say more on stderr.")),
      one_switch("help", 'h', "Show help and stop."),
      one_switch("version", 'V', "Show the version and stop."),
  };
}

}  // namespace

const std::vector<GlobalFlag>& global_flags() {
  static const std::vector<GlobalFlag> flags = make_global_flags();
  return flags;
}

const std::vector<NounInfo>& nouns() {
  static const std::vector<NounInfo> all{
      {"org", "orgs", "Organizations, the tenants of the hub"},
      {"person", "people", "People who can sign in"},
      {"session", "sessions", "Browsers in which people are signed in"},
      {"member", "members", "People and service accounts in organizations, with their roles"},
      {"role", "roles", "Roles of members and their bits in tokens"},
      {"app", "apps", "Applications that use the hub"},
      {"credential", "credentials", "Client credentials of applications"},
      {"scope", "scopes", "Scopes that applications provide and desire"},
      {"connection", "connections", "Applications installed by organizations and people"},
      {"authorization", "authorizations", "Applications allowed to act in organizations that do not own them"},
      {"code", "codes", "Authorization codes, which applications redeem for tokens"},
      {"device", "devices", "Devices that wait until somebody lets them in"},
      {"token", "tokens", "Access tokens and refresh tokens"},
      {"key", "keys", "Signing keys of the hub"},
      {"audit", "audits", "The audit trail"},
      {"context", "contexts", "Hubs that commands act on over HTTP"},
  };
  return all;
}

const std::vector<ExitMeaning>& exit_meanings() {
  static const std::vector<ExitMeaning> all{
      {0, "Done; yes; nothing to change."},
      {1, "Failed: a damaged or foreign store, the key file, or a bug."},
      {2, "Usage error; nothing was attempted."},
      {3, "Not found."},
      {4, "Not signed in, or a credential was refused."},
      {5, "Refused."},
      {6, "Conflict with what is there."},
      {7, "Input rejected."},
      {8, "Not yet: somebody has to approve first."},
      {9, "Try again later."},
      {10, "The check says no."},
      {11, "The token has expired."},
      {12, "The token was revoked."},
      {13, "The token's signature is bad or its key is unknown."},
      {14, "The token's claims are wrong."},
  };
  return all;
}

}  // namespace hub::operations
