#include <array>

#include "help.h"
#include "hub/base/codes.h"

namespace hub::cli {
namespace {

std::string exit_codes() {
  std::vector<Entry> entries;
  for (const operations::ExitMeaning& meaning : operations::exit_meanings()) {
    std::string codes;
    for (const Code& code : all_codes()) {
      if (exit_status(code.failure) == meaning.status) codes += (codes.empty() ? "" : ", ") + std::string(code.name);
    }
    entries.push_back({std::to_string(meaning.status), std::string(meaning.meaning)});
    if (!codes.empty()) entries.push_back({"", codes});
  }
  return "Exit statuses, with the error codes that lead to them:\n\n" + two_columns(entries, "  ") +
         "\n10 to 14 are answers: standard output carries them as usual. With -o json a failure leaves standard "
         "output\n"
         "empty and is one line of JSON on standard error: {\"error\":{\"code\",\"message\",\"hint\",\"exit\"}}.\n";
}

std::string environment() {
  std::vector<Entry> entries;
  for (const operations::GlobalFlag& flag : operations::global_flags()) {
    if (flag.environment.empty()) continue;
    entries.push_back({std::string(flag.environment), "Stands in for --" + operations::flag_name(flag.field) + "."});
  }
  const std::array<Entry, 9> more = {
      {{"HUBCTL_PASSWORD_FILE", "Stands in for --password-file. The environment carries paths, never secrets."},
       {"HUBCTL_TOKEN_FILE", "Stands in for --token-file; with a remote hub, the file with its admin token."},
       {"XDG_CONFIG_HOME", "Where hubctl/contexts lies, which login writes; default ~/.config."},
       {"XDG_DATA_HOME", "Where hubctl/hub.db lies when no store is named."},
       {"CREDENTIALS_DIRECTORY", "Its file master-key is the master key, as systemd passes it on."},
       {"CI", "When set, nothing is ever asked."},
       {"NO_COLOR", "When set, nothing is coloured."},
       {"FORCE_COLOR", "When set, colours whatever standard output is; so does CLICOLOR_FORCE."},
       {"TERM", "No colours when it is dumb."}}};
  entries.insert(entries.end(), more.begin(), more.end());
  return "Environment variables; a flag wins over its variable:\n\n" + two_columns(entries, "  ");
}

constexpr std::string_view formatting = R"(Output formats (-o FORMAT, --json is short for -o json):

  table    on a terminal the default: columns with headings; an object is a line per field
  wide     table with more columns
  tsv      in a pipe the default: columns without headings, tab between, times RFC 3339 in UTC
  csv      the same as RFC 4180 has it, with a line of names
  json     a list is an array, a change {"changed","kind","name","object"}
  jsonl    the same, one object per line
  yaml     the same in YAML
  id       only the id that other commands take; -q does this and is quiet
  env      NAME=value for a shell or a .env file
  raw      the one secret or token of the answer and nothing else
  header   "Authorization: Bearer ..." for curl -H @-
  none     nothing; the exit status is the answer

--fields A,B chooses fields and their order, --fields help lists them. --no-headers leaves the headings out, --utc keeps
times of tables in UTC. New columns are only ever added at the end.
)";

constexpr std::string_view filters =
    R"(Lists show everything unless told otherwise. The flags work on the fields that -o json shows:

  --filter name=acme             equal; several filters must all hold
  --filter members:gt=5          ne gt gte lt lte
  --filter 'created_at:bt=2026-01-01|2026-06-30'
  --filter 'state:in=active|pending'     and notin
  --filter 'name:like=%press%'   % stands for any text; notlike
  --filter country_code=null     without a value
  --filter metadata.kind=printer a key of metadata
  --sort -created_at,name        by these fields, - for the largest first
  --limit 10 --skip 20           a part of it
)";

constexpr std::string_view scopes =
    R"(A scope is APP.ENTITY.ACCESS: "warehouse.items.r" lets a client read the items of the app warehouse.
Access is r, w or rw.

An app provides scopes (scope provide) and desires those of others (scope desired add). A token carries a scope when the
app desires it, when the organization or person that the token is for has granted it (connection install, authorization
grant), and when that subject is connected to the app that provides it.

Whom a token is for is said by flags, never inside the scope:

  --for org:acme                            for an organization
  --for person:jane@acme.test               for a person
  --as person:jane@acme.test --for org:acme a person on behalf of an organization

"hubctl scope explain" puts a scope into words, "hubctl scope check" says whether a token would get it and if not, why.
)";

constexpr std::string_view secrets =
    R"(Secrets in: from a file (--password-file FILE), from standard input (--password-file -), from a descriptor
(/dev/fd/3), or typed at a prompt without echo. Never as an argument, where every user of the machine can read it; the
environment carries paths only (HUBCTL_PASSWORD_FILE). A file must belong to you and be closed to others.

Secrets out: shown once by create and rotate, in json, env and raw or on a terminal; or written to a new file of mode
0600 with --secret-out FILE and then not shown. A command whose secret would be lost is refused before it does anything.

Tokens in: from standard input or --token-file. hubctl token inspect < FILE
)";

constexpr std::string_view remote =
    R"(The same commands act on the store of this machine or on a hub that "hubctl serve" offers over HTTP, with the
same answers and exit statuses. Which one is said by, in this order:

  --store FILE, --remote URL|NAME, --context NAME    one of them
  HUBCTL_REMOTE, HUBCTL_CONTEXT, HUBCTL_STORE
  the context that "hubctl login" or "hubctl context use" made current; "local" stands for the store

A URL is https://HOST, unix:/PATH, or http:// to this machine: a token is not sent where others can read it. A hub takes
admin tokens, which "hubctl token issue-admin NAME --role full" makes on its machine; without --role they only read.

  hubctl login https://hub.example --token-file admin.token
  hubctl org list
  hubctl --remote https://hub.example org list       with the token of the file that HUBCTL_TOKEN_FILE names
  hubctl whoami; hubctl logout

An unreachable hub is exit status 9. --actor acts with the rights of a person there too. A refresh token needs the
secret of its client there, and private keys do not leave the machine of their store. Every operation is described at
/docs and /openapi.json of the hub; --print-request shows the request of a command, "hubctl api" sends any.
)";

constexpr std::array<std::string_view, 7> all_topics = {"exit-codes", "environment", "formatting", "filters",
                                                        "scopes",     "secrets",     "remote"};

}  // namespace

std::vector<std::string_view> topics() { return {all_topics.begin(), all_topics.end()}; }

std::string topic_help(std::string_view topic) {
  if (topic == "exit-codes") return exit_codes();
  if (topic == "environment") return environment();
  if (topic == "formatting") return std::string(formatting);
  if (topic == "filters") return std::string(filters);
  if (topic == "scopes") return std::string(scopes);
  if (topic == "secrets") return std::string(secrets);
  if (topic == "remote") return std::string(remote);
  return "";
}

}  // namespace hub::cli
